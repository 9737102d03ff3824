# Each target is one script, so that a laptop and CI run the same line.

.DEFAULT_GOAL := help
.PHONY: help demo test conformance lint fuzz soak sanitize bench bench-full cover

help: ## print this
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

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

sanitize: ## run the tests with the address sanitizer, and with cgocheck2 and GOGC=1
	@scripts/sanitize.sh

soak: ## run for long what tests show for a moment (TIME=10m for longer; root for the network's part)
	@scripts/soak.sh "$(TIME)"

bench: ## measure beside C and other Go libraries in three minutes, into build/bench
	@scripts/bench.sh

bench-full: ## the same with all sizes and longer runs, in half an hour
	@scripts/bench.sh --full

cover: ## measure what the tests reach, into build/cover.html
	@scripts/cover.sh
