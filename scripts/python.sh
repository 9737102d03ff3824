#!/usr/bin/env bash
# Prints the first Python that has pyzmq. The one in front of PATH may be
# another than the system's, which the package manager gave pyzmq to.
set -euo pipefail

for python in ${GOZMQ_PYTHON:+"$GOZMQ_PYTHON"} python3 /usr/bin/python3 /opt/homebrew/bin/python3 /usr/local/bin/python3; do
	if "$python" -c 'import zmq' >/dev/null 2>&1; then
		command -v "$python"
		exit 0
	fi
done
echo "no python3 here can import zmq" >&2
exit 1
