#!/usr/bin/env bash
# Measures gozmq beside C and other libraries: scripts/bench.sh [--full] [more
# flags of bench run]. Writes build/bench: a table, plots, every single value.
# A quiet machine is half of the result.
set -euo pipefail

cd "$(dirname "$0")/.."
scripts/setup.sh test
mkdir -p build
(cd bench && CGO_ENABLED=1 go build -o ../build/bench-program .)
build/bench-program run --out build/bench "$@"
