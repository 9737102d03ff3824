package capi

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// ErrNoCgo is what every call returns in a program that was built without cgo. It is an
// [errors.ErrUnsupported].
var ErrNoCgo error = noCgoError{}

type noCgoError struct{}

func (noCgoError) Error() string {
	return "libzmq: this program was built without cgo: install a C compiler and build with CGO_ENABLED=1"
}

func (noCgoError) Is(target error) bool { return target == errors.ErrUnsupported }

// LoadError says why no libzmq could be loaded.
//
// It is an [io/fs.ErrNotExist] when no file was found, and an [errors.ErrUnsupported] when a
// file was found that this package cannot use: not a libzmq, older than 4.1.2, or of another
// major version.
type LoadError struct {
	// Tried are the file names that were tried, in order.
	Tried []string
	// Reason says what is wrong, without the names and without advice.
	Reason string

	kind error
}

// Error returns one sentence: what was tried, what went wrong and what to do.
func (e *LoadError) Error() string {
	tried := strings.Join(e.Tried, ", ")
	if e.kind == fs.ErrNotExist {
		return fmt.Sprintf("libzmq: %s (tried %s): install it with `apt install libzmq5` (Debian, Ubuntu), "+
			"`apk add libzmq` (Alpine), `dnf install zeromq` (Fedora), `brew install zeromq` (macOS) or, on Windows, "+
			"by putting libzmq.dll beside the program, or set ZMQ_LIBRARY to the path of the library",
			e.Reason, tried)
	}
	return fmt.Sprintf("libzmq: cannot use %s: %s", tried, e.Reason)
}

// Unwrap returns [io/fs.ErrNotExist], [errors.ErrUnsupported] or nil.
func (e *LoadError) Unwrap() error { return e.kind }

// MissingError says that the loaded libzmq lacks something: a function that is newer than it
// or a draft, or a draft socket type. It is an [errors.ErrUnsupported].
type MissingError struct {
	// Func is the C function, for example "zmq_poller_new".
	Func string
	// What is the argument the library does not know, for example "socket type SERVER"; empty
	// when the function itself is missing.
	What string
	// Version is the version of the loaded library, for example "4.3.4".
	Version string
}

// Error names the function and the version of the library.
func (e *MissingError) Error() string {
	if e.What != "" {
		return fmt.Sprintf("libzmq %s has no %s (%s): it needs a libzmq built with the draft API", e.Version, e.What, e.Func)
	}
	if draftFuncs[e.Func] {
		return fmt.Sprintf("libzmq %s has no %s: it is a draft function and needs a libzmq built with the draft API", e.Version, e.Func)
	}
	return fmt.Sprintf("libzmq %s has no %s", e.Version, e.Func)
}

// Is reports whether target is [errors.ErrUnsupported].
func (e *MissingError) Is(target error) bool { return target == errors.ErrUnsupported }

// draftFuncs are the functions that only a libzmq built with drafts exports. It only chooses
// the words of an error: what a library really has is asked of the library.
var draftFuncs = map[string]bool{
	"zmq_ctx_set_ext": true, "zmq_ctx_get_ext": true,
	"zmq_join": true, "zmq_leave": true,
	"zmq_connect_peer": true, "zmq_disconnect_peer": true, "zmq_socket_get_peer_state": true,
	"zmq_socket_monitor_versioned": true, "zmq_socket_monitor_pipes_stats": true,
	"zmq_msg_set_routing_id": true, "zmq_msg_routing_id": true,
	"zmq_msg_set_group": true, "zmq_msg_group": true, "zmq_msg_init_buffer": true,
	"zmq_ppoll": true, "zmq_poller_new": true, "zmq_poller_destroy": true, "zmq_poller_size": true,
	"zmq_poller_add": true, "zmq_poller_modify": true, "zmq_poller_remove": true,
	"zmq_poller_wait": true, "zmq_poller_wait_all": true, "zmq_poller_fd": true,
	"zmq_poller_add_fd": true, "zmq_poller_modify_fd": true, "zmq_poller_remove_fd": true,
}
