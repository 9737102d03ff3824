#!/usr/bin/env bash
# Runs the tests with what finds misuse of memory: the address sanitizer, and
# Go's checks of pointers that C gets, with the garbage collector at its
# busiest. The race detector is part of `make test`.
set -euo pipefail

cd "$(dirname "$0")/.."
export CGO_ENABLED=1
packages=$(go list ./... | grep -v /examples)
echo "== address sanitizer"
# Go's own allocations that live to the end are no leaks of C. And malloc may
# fail, as it does without the sanitizer, instead of ending the process.
# shellcheck disable=SC2086
ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=2048 go test -asan -timeout 20m $packages
echo "== cgocheck2 and GOGC=1"
# shellcheck disable=SC2086
GOEXPERIMENT=cgocheck2 GOGC=1 go test -timeout 20m $packages
