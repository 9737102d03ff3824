#!/usr/bin/env bash
# Runs every benchmark; each prints a Markdown table. A quiet machine is half
# of the result.
set -euo pipefail

cd "$(dirname "$0")/.."
scripts/setup.sh test
mkdir -p bin
cd bench
go build -o ../bin/bench .
for what in parked cancel rates; do
	../bin/bench "$what"
	echo
done
