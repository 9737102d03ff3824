#!/usr/bin/env bash
# Sets up and runs every test, the same on a laptop and in CI.
set -euo pipefail

cd "$(dirname "$0")/.."

# part NAME COMMAND... runs one part and says how long it took.
part() {
	local name=$1 began=$SECONDS
	shift
	echo "== $name"
	if ! "$@"; then
		echo "FAILED: $name, after $((SECONDS - began)) s" >&2
		exit 1
	fi
	echo "-- $name: $((SECONDS - began)) s"
}

formatted() {
	local files
	files=$(gofmt -l .)
	[ -z "$files" ] && return
	echo "gofmt would change:" >&2
	echo "$files" >&2
	return 1
}

# The code must compile everywhere, also where no C compiler is.
vet_others() {
	local os arch
	for os in linux darwin windows; do
		for arch in amd64 arm64; do
			echo "GOOS=$os GOARCH=$arch"
			CGO_ENABLED=0 GOOS=$os GOARCH=$arch go vet ./... || return
		done
	done
}

# On a machine that was set up, a test that finds no header or peer must fail
# and not pass for want of it.
test_module() {
	(cd "$1" && GOZMQ_REQUIRE_HEADER=1 GOZMQ_REQUIRE_PYZMQ=1 go test -race -timeout 8m ./...)
}

vet_module() { (cd "$1" && go vet ./...); }

export CGO_ENABLED=1
part "setup" scripts/setup.sh test
part "gofmt" formatted
for module in $(scripts/modules.sh); do
	part "vet $module" vet_module "$module"
done
part "vet without cgo, other systems" vet_others
for module in $(scripts/modules.sh); do
	part "test $module" test_module "$module"
done
# The race detector allocates by itself, so this one goes without.
part "allocations" go test -run 'Alloc' . ./libzmq ./libzmq/capi
part "fuzz, briefly" scripts/fuzz.sh 2s
echo "all parts passed in $SECONDS s"
