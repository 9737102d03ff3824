#!/usr/bin/env bash
# Installs what is missing: scripts/setup.sh demo|test. Quiet when nothing is.
#   demo: a C compiler to build with, libzmq to run with
#   test: besides, libzmq's header and archive, and a Python with pyzmq as a peer
set -euo pipefail

purpose=${1:-}
case $purpose in
demo | test) ;;
*)
	echo "usage: scripts/setup.sh demo|test" >&2
	exit 2
	;;
esac

fail() {
	echo "setup: $*" >&2
	exit 1
}

# What is needed, each with a way to see that it is there.
has_go() { command -v go >/dev/null; }
has_cc() { command -v "$(go env CC | cut -d' ' -f1)" >/dev/null; }
# pebbe/zmq4, which the benchmarks compare with, finds the header by pkg-config.
has_header() { pkg-config --exists libzmq 2>/dev/null && echo '#include <zmq.h>' | $(go env CC) $(pkg-config --cflags libzmq) -E - >/dev/null 2>&1; }
has_pyzmq() {
	# The python3 in front of PATH may be another than the system's, which the
	# package is for. The tests look in the same places.
	local python
	for python in /usr/bin/python3 python3 python; do
		"$python" -c 'import zmq' >/dev/null 2>&1 && return
	done
	return 1
}
has_library() {
	[ -n "${ZMQ_LIBRARY:-}" ] && return
	case $(uname -s) in
	Linux)
		# Not every system has the loader's cache; then look where libraries are.
		# grep reads to the end (no -q): a broken pipe would count as a failure.
		PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep 'libzmq\.so\.5' >/dev/null ||
			ls /usr/lib/libzmq.so.5 /usr/lib64/libzmq.so.5 /usr/local/lib/libzmq.so.5 2>/dev/null | grep . >/dev/null
		;;
	Darwin) ls /opt/homebrew/lib/libzmq.5.dylib /usr/local/lib/libzmq.5.dylib 2>/dev/null | grep . >/dev/null ;;
	*) false ;;
	esac
}

# lacking prints what is missing, by the name that the table below gives it.
lacking() {
	has_cc || echo cc
	has_library || echo library
	if [ "$purpose" = test ]; then
		has_header || echo header
		has_pyzmq || echo pyzmq
	fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		fail "root is needed for: $* (there is no sudo; run it as root, then try again)"
	fi
}

apt_name() {
	case $1 in
	cc) echo gcc libc6-dev ;;
	library) echo libzmq5 ;;
	header) echo libzmq3-dev pkg-config ;;
	pyzmq) echo python3-zmq ;;
	esac
}

brew_name() {
	case $1 in
	library) echo zeromq ;;
	header) echo zeromq pkgconf ;;
	pyzmq) echo pyzmq ;;
	esac
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1
}

with_apt() {
	local names=() what
	for what in $1; do
		# shellcheck disable=SC2207 # names of packages have no spaces
		names+=($(apt_name "$what"))
	done
	echo "setup: apt-get install ${names[*]}"
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	# A fresh machine knows no packages, an old one knows versions that are gone.
	if ! apt_install "${names[@]}"; then
		echo "setup: apt-get update, then again"
		as_root apt-get update -qq >"$log" 2>&1 || fail "apt-get update failed: $(tail -n 5 "$log")"
		apt_install "${names[@]}" || fail "apt-get install ${names[*]} failed: $(tail -n 5 "$log")"
	fi
}

with_brew() {
	local what name
	for what in $1; do
		[ "$what" = cc ] && fail "no C compiler: run xcode-select --install"
		for name in $(brew_name "$what"); do
			brew list "$name" >/dev/null 2>&1 && continue
			echo "setup: brew install $name"
			brew install --quiet "$name"
		done
	done
}

cd "$(dirname "$0")/.."
has_go || fail "Go is missing: see https://go.dev/doc/install"
missing=$(lacking | tr '\n' ' ')
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null; then
	with_apt "$missing"
elif command -v brew >/dev/null; then
	with_brew "$missing"
else
	fail "missing: $missing; there is neither apt-get nor brew to install it: README.md has the names of the packages"
fi
missing=$(lacking | tr '\n' ' ')
[ -z "$missing" ] || fail "still missing after the installation: $missing"
