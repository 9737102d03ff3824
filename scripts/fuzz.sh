#!/usr/bin/env bash
# Runs every fuzz target for a while: scripts/fuzz.sh [time for each, 20s]
set -euo pipefail

time=${1:-20s}
cd "$(dirname "$0")/.."
for package in $(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do
	for target in $(grep -rhoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' "$package"/*_test.go | cut -d' ' -f2); do
		echo "== $package $target"
		(cd "$package" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x .)
	done
done
