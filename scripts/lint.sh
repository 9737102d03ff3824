#!/usr/bin/env bash
# Runs staticcheck, at a version that is the same for everybody, on every module.
set -euo pipefail

staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.6.1

cd "$(dirname "$0")/.."
failed=0
for module in $(scripts/modules.sh); do
	echo "== $module"
	(cd "$module" && go run "$staticcheck" ./...) || failed=1 # see the other modules too
done
exit "$failed"
