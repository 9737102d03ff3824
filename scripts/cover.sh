#!/usr/bin/env bash
# Says how much of each package the tests reach; the page is build/cover.html.
set -euo pipefail

cd "$(dirname "$0")/.."
scripts/setup.sh test
mkdir -p build
go test -coverpkg=./... -coverprofile=build/cover.out ./...
go tool cover -html=build/cover.out -o build/cover.html
go tool cover -func=build/cover.out | tail -n 1
