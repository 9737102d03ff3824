#!/usr/bin/env bash
# The long runs: scripts/soak.sh [time for each that has no natural end, 2m]
#
# Everything under the race detector, then what is about memory and speed
# without it, the sanitizers, and the fuzz targets for half a minute each.
set -euo pipefail

long=${1:-2m}
cd "$(dirname "$0")/.."
export CGO_ENABLED=1
mkdir -p build
go build -race -o build/soak-race ./internal/soak
go build -o build/soak ./internal/soak
build/soak-race -for "$long" mixed workers server cut hosts
build/soak -for "$long" signals churn flat
scripts/sanitize.sh
scripts/fuzz.sh 30s
