#!/usr/bin/env bash
# Sets up and runs the demo: scripts/demo.sh [tree]
set -euo pipefail

tree=()
[ -n "${1:-}" ] && tree=("$(cd "$1" && pwd)")
cd "$(dirname "$0")/.."
scripts/setup.sh demo
# Built, not go run: so signals and the exit code are the demo's own.
mkdir -p bin
(cd demo && CGO_ENABLED=1 go build -o ../bin/demo .)
exec bin/demo ${tree[@]+"${tree[@]}"}
