//go:build cgo

package capi

/*
#cgo noescape gozmq_threadstart
#cgo nocallback gozmq_threadstart
#cgo noescape gozmq_threadclose
#cgo nocallback gozmq_threadclose
#include "shims_callback.h"
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// ThreadStart runs fn on a new thread that libzmq starts. A goroutine does the same with less:
// this is for ported C code. The caller waits for the end with [Thread.Close]. A panic in fn ends
// the process, as in any goroutine. It wraps zmq_threadstart. Errors: [EINVAL] for a nil fn,
// [*LoadError].
func ThreadStart(fn func()) (*Thread, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	if fn == nil {
		return nil, EINVAL
	}
	h := cgo.NewHandle(fn)
	var p unsafe.Pointer
	if err := resultErr("zmq_threadstart", int(C.gozmq_threadstart(&p, C.uintptr_t(h)))); err != nil {
		h.Delete()
		return nil, err
	}
	return &Thread{p: p}, nil
}

// Close waits until the thread's function has returned and frees the thread. It
// wraps zmq_threadclose. Errors: [EFAULT], also for the second Close.
func (t *Thread) Close() error {
	if t == nil || t.p == nil {
		return EFAULT
	}
	err := resultErr("zmq_threadclose", int(C.gozmq_threadclose(t.p)))
	if err == nil {
		t.p = nil
	}
	return err
}

// gozmqThreadMain is called by libzmq, once, on the new thread.
//
//export gozmqThreadMain
func gozmqThreadMain(handle C.uintptr_t) {
	h := cgo.Handle(handle)
	fn := h.Value().(func())
	h.Delete()
	fn()
}
