#!/usr/bin/env bash
# Runs every fuzz target for a while: scripts/fuzz.sh [time for each, 20s]
set -euo pipefail

time=${1:-20s}
cd "$(dirname "$0")/.."
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Go before 1.27 sometimes calls the end of -fuzztime itself a failure
# (golang/go#75804): the target's own FAIL line, the one line below and nothing
# more. Whatever the target found has a failing input, a panic or a line of
# a test there, and stays a failure.
only_the_end() {
	[ "$(sed -n '/^--- FAIL: /,$p' "$output" | sed -n 2,3p)" = $'    context deadline exceeded\nFAIL' ] &&
		! grep -qiE 'failing input|panic|fatal error|DATA RACE' "$output"
}

for package in $(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do
	for target in $(grep -rhoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' "$package"/*_test.go | cut -d' ' -f2); do
		echo "== $package $target"
		if ! (cd "$package" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x .) 2>&1 | tee "$output"; then
			only_the_end || exit 1
			echo "the time is over, nothing was found (golang/go#75804)"
		fi
	done
done
