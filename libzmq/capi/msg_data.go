//go:build cgo

package capi

/*
#cgo noescape gozmq_msg_init_data
#cgo nocallback gozmq_msg_init_data
#cgo noescape gozmq_loan_pipe
#cgo nocallback gozmq_loan_pipe
#cgo noescape gozmq_loan_take
#cgo nocallback gozmq_loan_take
#cgo noescape gozmq_loan_next
#cgo nocallback gozmq_loan_next
#include "shims_msg.h"
*/
import "C"

import (
	"os"
	"runtime"
	"runtime/cgo"
	"sync"
)

// loan is Go memory that libzmq has borrowed.
type loan struct {
	pin  runtime.Pinner
	free func()
}

// loans counts the memory that is out, and runs the goroutine that takes it back.
//
// Invariants: under mu, running == (out > 0), and each loan that is out will appear once on the
// C list. So the goroutine lives exactly as long as there is something to wait for.
var loans struct {
	mu      sync.Mutex
	out     int
	running bool
	r, w    *os.File // the pipe of loan.h; made once, for good
}

// InitData makes m a frame of the bytes of data themselves, without a copy. It frees what m
// held. libzmq reads data, and keeps it in its place in memory, until the last frame
// that shares it is closed or has left; data must not be changed until free is called. A free
// that is not nil is called exactly once, some time after that, in a goroutine of this package (it
// should not block: other calls wait for it). For empty data it is called before InitData
// returns. After an error data was not taken and free is not called.
//
// Taking memory back costs some microseconds: below about 64 KiB a copy is faster.
//
// It wraps zmq_msg_init_data. Errors: [ENOMEM], [EFAULT] for a nil m, [*LoadError], and what
// the system says when no pipe can be made.
func (m *Msg) InitData(data []byte, free func()) error {
	if len(data) == 0 {
		// libzmq would keep an address it has no use for.
		err := m.InitSize(0)
		if err == nil && free != nil {
			free()
		}
		return err
	}
	if err := m.ready(); err != nil {
		return err
	}
	loans.mu.Lock()
	defer loans.mu.Unlock()
	if err := openLoans(); err != nil {
		return err
	}
	l := &loan{free: free}
	l.pin.Pin(&data[0])
	h := cgo.NewHandle(l)
	rc := C.gozmq_msg_init_data(m.c(), bytesPtr(data), C.size_t(len(data)), C.uintptr_t(h))
	if err := m.inited("zmq_msg_init_data", rc); err != nil {
		h.Delete()
		l.pin.Unpin()
		return err
	}
	loans.out++
	if !loans.running {
		loans.running = true
		go takeBack()
	}
	return nil
}

// openLoans makes the pipe. The caller holds loans.mu.
func openLoans() error {
	if loans.r != nil {
		return nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	conn, err := w.SyscallConn()
	if err == nil {
		// Not w.Fd(), which would make the pipe block.
		err = conn.Control(func(fd uintptr) { C.gozmq_loan_pipe(C.uintptr_t(fd)) })
	}
	if err != nil {
		r.Close()
		w.Close()
		return err
	}
	loans.r, loans.w = r, w
	return nil
}

// takeBack gives memory back to Go, until nothing is out.
func takeBack() {
	buf := make([]byte, 64)
	for {
		// A byte may be left from an earlier time; then the list is empty and nothing happens.
		if _, err := loans.r.Read(buf); err != nil {
			panic("capi: cannot read a pipe that is never closed: " + err.Error())
		}
		n := 0
		for r := C.gozmq_loan_take(); r != nil; n++ {
			var id C.uintptr_t
			r = C.gozmq_loan_next(r, &id)
			h := cgo.Handle(id)
			l := h.Value().(*loan)
			h.Delete()
			l.pin.Unpin()
			if l.free != nil {
				l.free()
			}
		}
		loans.mu.Lock()
		loans.out -= n
		done := loans.out == 0
		loans.running = !done
		loans.mu.Unlock()
		if done {
			return
		}
	}
}
