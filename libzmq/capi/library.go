//go:build cgo

package capi

/*
#cgo noescape gozmq_has
#cgo nocallback gozmq_has
#cgo noescape gozmq_strerror
#cgo nocallback gozmq_strerror
#cgo noescape gozmq_errno
#cgo nocallback gozmq_errno
#include "shims_ctx.h"
*/
import "C"

import (
	"math"
	"strings"
	"unsafe"
)

// Version returns the version of the loaded libzmq, for example 4, 3, 5. It wraps zmq_version.
// Errors: [*LoadError].
func Version() (major, minor, patch int, err error) {
	if err := ensureLoaded(); err != nil {
		return 0, 0, 0, err
	}
	return version[0], version[1], version[2], nil
}

// Has reports whether the loaded libzmq was built with capability: "ipc", "pgm", "tipc",
// "norm", "curve", "gssapi", "vmci", "draft", "WS", "WSS" or "vsock", spelled so. What every
// libzmq has, like "tcp", is not a capability: the answer is false. So it is when no libzmq can be
// loaded. It wraps zmq_has.
func Has(capability string) bool {
	c, err := cstring(capability)
	if err != nil || ensureLoaded() != nil {
		return false
	}
	return C.gozmq_has(c) == 1
}

// Strerror returns libzmq's own words for e; [Errno.Error] has better ones for most. It is ""
// when no libzmq can be loaded. It wraps zmq_strerror.
func Strerror(e Errno) string {
	n, ok := cint(int(e))
	if !ok || ensureLoaded() != nil {
		return ""
	}
	s := C.gozmq_strerror(n)
	if s == nil {
		return ""
	}
	return C.GoString(s)
}

// LastErrno returns the error number that libzmq left on the current thread of the system, 0
// when no libzmq can be loaded. It is of use only to C code that calls libzmq beside this
// package, in a goroutine that holds its thread with [runtime.LockOSThread]: the functions here
// return their errors. It wraps zmq_errno.
func LastErrno() Errno {
	if ensureLoaded() != nil {
		return 0
	}
	return canonical(Errno(C.gozmq_errno()))
}

// cstring returns s as C has it, in Go memory; EINVAL when s has a NUL inside.
func cstring(s string) (*C.char, error) {
	if strings.IndexByte(s, 0) >= 0 {
		return nil, EINVAL
	}
	b := make([]byte, len(s)+1)
	copy(b, s)
	return (*C.char)(unsafe.Pointer(&b[0])), nil
}

// cint returns v as a C int; false when it does not fit.
func cint(v int) (C.int, bool) {
	return C.int(v), int64(v) >= math.MinInt32 && int64(v) <= math.MaxInt32
}

// clong returns v as a C long, which is shorter than an int on Windows; false when it does not
// fit.
func clong(v int) (C.long, bool) {
	return C.long(v), int(C.long(v)) == v
}

// bytesPtr returns the address of b for C: NULL for a nil b only, because libzmq knows the
// difference between NULL and nothing.
func bytesPtr(b []byte) unsafe.Pointer {
	if b == nil {
		return nil
	}
	return unsafe.Pointer(unsafe.SliceData(b))
}
