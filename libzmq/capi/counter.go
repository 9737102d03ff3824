//go:build cgo

package capi

/*
#cgo noescape gozmq_atomic_counter_new
#cgo nocallback gozmq_atomic_counter_new
#cgo noescape gozmq_atomic_counter_set
#cgo nocallback gozmq_atomic_counter_set
#cgo noescape gozmq_atomic_counter_inc
#cgo nocallback gozmq_atomic_counter_inc
#cgo noescape gozmq_atomic_counter_dec
#cgo nocallback gozmq_atomic_counter_dec
#cgo noescape gozmq_atomic_counter_value
#cgo nocallback gozmq_atomic_counter_value
#cgo noescape gozmq_atomic_counter_destroy
#cgo nocallback gozmq_atomic_counter_destroy
#include "shims_util.h"
*/
import "C"

import "unsafe"

// AtomicCounterNew returns a new counter at 0. The caller ends it with [AtomicCounter.Destroy]. Go
// code has [sync/atomic]. It wraps zmq_atomic_counter_new. Errors: [*LoadError], [ENOMEM],
// [*MissingError] before libzmq 4.2.
func AtomicCounterNew() (*AtomicCounter, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	var p unsafe.Pointer
	if err := resultErr("zmq_atomic_counter_new", int(C.gozmq_atomic_counter_new(&p))); err != nil {
		return nil, err
	}
	return &AtomicCounter{p: p}, nil
}

func (c *AtomicCounter) open() (unsafe.Pointer, error) {
	if c == nil || c.p == nil {
		return nil, EFAULT
	}
	return c.p, nil
}

// Set sets the counter, not atomically: nobody else may use it at that time. It
// wraps zmq_atomic_counter_set. Errors: [EINVAL] for more than 32 bits, [EFAULT].
func (c *AtomicCounter) Set(value int) error {
	p, err := c.open()
	if err != nil {
		return err
	}
	v, ok := cint(value)
	if !ok {
		return EINVAL
	}
	return resultErr("zmq_atomic_counter_set", int(C.gozmq_atomic_counter_set(p, v)))
}

// Inc adds 1 and returns what the counter was before. It wraps zmq_atomic_counter_inc. Errors:
// [EFAULT].
func (c *AtomicCounter) Inc() (int, error) {
	p, err := c.open()
	if err != nil {
		return 0, err
	}
	var v C.int
	err = resultErr("zmq_atomic_counter_inc", int(C.gozmq_atomic_counter_inc(p, &v)))
	return int(v), err
}

// Dec subtracts 1 and reports whether the counter is other than 0 then. It
// wraps zmq_atomic_counter_dec. Errors: [EFAULT].
func (c *AtomicCounter) Dec() (bool, error) {
	p, err := c.open()
	if err != nil {
		return false, err
	}
	var v C.int
	err = resultErr("zmq_atomic_counter_dec", int(C.gozmq_atomic_counter_dec(p, &v)))
	return v != 0, err
}

// Value returns the counter. It wraps zmq_atomic_counter_value. Errors: [EFAULT].
func (c *AtomicCounter) Value() (int, error) {
	p, err := c.open()
	if err != nil {
		return 0, err
	}
	var v C.int
	err = resultErr("zmq_atomic_counter_value", int(C.gozmq_atomic_counter_value(p, &v)))
	return int(v), err
}

// Destroy frees the counter, which nobody may use at that time. It
// wraps zmq_atomic_counter_destroy. Errors: [EFAULT], also for the second Destroy.
func (c *AtomicCounter) Destroy() error {
	p, err := c.open()
	if err != nil {
		return err
	}
	if err := resultErr("zmq_atomic_counter_destroy", int(C.gozmq_atomic_counter_destroy(p))); err != nil {
		return err
	}
	c.p = nil
	return nil
}
