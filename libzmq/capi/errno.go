package capi

import (
	"errors"
	"io/fs"
	"strconv"
	"syscall"
)

// Errno is an error number of libzmq: one of the system's, or one of the four that ZeroMQ
// adds. Compare it with ==, or with [errors.Is] against an Errno, a [syscall.Errno], or the
// sentinels [io/fs.ErrPermission], [io/fs.ErrNotExist], [io/fs.ErrExist] and
// [errors.ErrUnsupported].
type Errno int

// hausnumero is the base of the numbers libzmq defines itself.
const hausnumero = 156384712

// The errors that only ZeroMQ has.
const (
	EFSM           Errno = hausnumero + 51 // the socket is not in the state this operation needs (REQ or REP out of turn)
	ENOCOMPATPROTO Errno = hausnumero + 52 // the transport does not work with this socket type
	ETERM          Errno = hausnumero + 53 // the context was shut down or terminated
	EMTHREAD       Errno = hausnumero + 54 // the context has no I/O thread for this
)

// nativeText are the words for the errors that the system cannot explain.
var nativeText = map[Errno]string{
	EFSM:           "operation cannot be done in the socket's current state",
	ENOCOMPATPROTO: "the transport is not compatible with the socket type",
	ETERM:          "the context was terminated",
	EMTHREAD:       "no I/O thread available",
}

// posixByOffset are the POSIX errors that libzmq numbers from hausnumero+1 where its C library
// did not define them.
var posixByOffset = [...]Errno{
	1: ENOTSUP, EPROTONOSUPPORT, ENOBUFS, ENETDOWN, EADDRINUSE, EADDRNOTAVAIL, ECONNREFUSED,
	EINPROGRESS, ENOTSOCK, EMSGSIZE, EAFNOSUPPORT, ENETUNREACH, ECONNABORTED, ECONNRESET,
	ENOTCONN, ETIMEDOUT, EHOSTUNREACH, ENETRESET,
}

// canonical replaces a number that libzmq made up for a POSIX error by the platform's own, so
// that callers see one number for one error.
func canonical(e Errno) Errno {
	if i := int(e) - hausnumero; i > 0 && i < len(posixByOffset) {
		return posixByOffset[i]
	}
	return e
}

// Error returns a short description in English.
func (e Errno) Error() string {
	if s, ok := nativeText[e]; ok {
		return s
	}
	if n, ok := e.syscall(); ok {
		return n.Error()
	}
	return "libzmq error " + strconv.Itoa(int(e))
}

// Is reports whether e means the same as target; see [Errno] for the targets it knows.
func (e Errno) Is(target error) bool {
	switch target {
	case errors.ErrUnsupported:
		return e == ENOTSUP
	case fs.ErrPermission:
		return e == EACCES || e == EPERM
	case fs.ErrNotExist:
		return e == ENOENT
	case fs.ErrExist:
		return e == EEXIST
	}
	if t, ok := target.(syscall.Errno); ok {
		return e.isSyscall(t)
	}
	return false
}

// Temporary reports whether the same call may work later: [EAGAIN] and [EINTR].
func (e Errno) Temporary() bool { return e == EAGAIN || e == EINTR }

// Timeout reports whether e says that a time limit passed: [EAGAIN], which is what libzmq gives
// when RCVTIMEO or SNDTIMEO passes or a call would block, and [ETIMEDOUT].
func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }
