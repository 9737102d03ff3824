# Each target is one script, so that a laptop and CI run the same line.

.DEFAULT_GOAL := help
.PHONY: help demo test conformance lint fuzz bench cover

help: ## print this
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 8

demo: ## move a file tree between two processes and check it (TREE=/path for another tree)
	@scripts/demo.sh "$(TREE)"

test: ## set up and run every check and test
	@scripts/test.sh

conformance: ## make docs/conformance.md (LIBRARIES="/path/libzmq.so ..." for further columns)
	@scripts/conformance.sh

lint: ## run staticcheck
	@scripts/lint.sh

fuzz: ## run each fuzz target for 20 seconds (TIME=5m for longer)
	@scripts/fuzz.sh "$(TIME)"

bench: ## measure, beside C and github.com/pebbe/zmq4
	@scripts/bench.sh

cover: ## measure what the tests reach, into build/cover.html
	@scripts/cover.sh
