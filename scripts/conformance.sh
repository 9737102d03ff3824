#!/usr/bin/env bash
# Makes docs/conformance.md: runs the conformance suite on the installed libzmq
# and on the files named in LIBRARIES, separated by spaces.
set -euo pipefail

cd "$(dirname "$0")/.."
mkdir -p build
reports=()
i=0
for library in "" ${LIBRARIES:-}; do
	report=$PWD/build/conformance-$((i++)).json
	echo "== ${library:-the installed libzmq}"
	ZMQ_LIBRARY=$library go test ./libzmq -count=1 -run '^TestConformance$' -conformance "$report"
	reports+=("$report")
done
go run ./zmqtest/table "${reports[@]}" >build/conformance.md
mv build/conformance.md docs/conformance.md
grep '^Tested' docs/conformance.md
