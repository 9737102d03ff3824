#!/usr/bin/env bash
# Prints the folder of every Go module of the repository, the root's first.
set -euo pipefail

cd "$(dirname "$0")/.."
echo .
find . -mindepth 2 -name go.mod -not -path './.*/*' | sort | xargs -n1 dirname
