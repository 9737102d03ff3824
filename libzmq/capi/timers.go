//go:build cgo

package capi

/*
#cgo noescape gozmq_timers_new
#cgo nocallback gozmq_timers_new
#cgo noescape gozmq_timers_destroy
#cgo nocallback gozmq_timers_destroy
#cgo noescape gozmq_timers_add
#cgo nocallback gozmq_timers_add
#cgo noescape gozmq_timers_cancel
#cgo nocallback gozmq_timers_cancel
#cgo noescape gozmq_timers_set_interval
#cgo nocallback gozmq_timers_set_interval
#cgo noescape gozmq_timers_reset
#cgo nocallback gozmq_timers_reset
#cgo noescape gozmq_timers_timeout
#cgo nocallback gozmq_timers_timeout
#include "shims_callback.h"
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// timer is what the handle of one timer leads to.
type timer struct {
	set  *Timers
	call func(id int)
}

// TimersNew returns a new set of timers, without any. The caller ends it with [Timers.Destroy]. It
// wraps zmq_timers_new. Errors: [*LoadError], [*MissingError] before libzmq 4.3.
func TimersNew() (*Timers, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	var p unsafe.Pointer
	if err := resultErr("zmq_timers_new", int(C.gozmq_timers_new(&p))); err != nil {
		return nil, err
	}
	return &Timers{p: p, handles: map[int]uintptr{}}, nil
}

// open returns the C timers; EFAULT when there are none.
func (t *Timers) open() (unsafe.Pointer, error) {
	if t == nil || t.p == nil {
		return nil, EFAULT
	}
	return t.p, nil
}

// quiet is open for the calls that libzmq does not survive inside a callback.
func (t *Timers) quiet() (unsafe.Pointer, error) {
	p, err := t.open()
	if err == nil && t.executing {
		return nil, EBUSY
	}
	return p, err
}

// Destroy ends all timers. It wraps zmq_timers_destroy. Errors: [EFAULT], also for the second
// Destroy; [EBUSY] inside a timer's function.
func (t *Timers) Destroy() error {
	p, err := t.quiet()
	if err != nil {
		return err
	}
	if err := resultErr("zmq_timers_destroy", int(C.gozmq_timers_destroy(p))); err != nil {
		return err
	}
	t.p = nil
	for _, h := range t.handles {
		cgo.Handle(h).Delete()
	}
	t.handles = nil
	return nil
}

// Add makes a timer that calls fn with the timer's id, from inside [Timers.Execute], every
// interval milliseconds until it is cancelled; it returns that id. It may be called inside fn. It
// wraps zmq_timers_add. Errors: [EINVAL] for a negative interval or a nil fn, [EFAULT].
func (t *Timers) Add(interval int, fn func(id int)) (int, error) {
	p, err := t.open()
	if err != nil {
		return 0, err
	}
	if interval < 0 || fn == nil {
		return 0, EINVAL
	}
	h := cgo.NewHandle(&timer{set: t, call: fn})
	id, err := ioResult("zmq_timers_add", C.gozmq_timers_add(p, C.size_t(interval), C.uintptr_t(h)))
	if err != nil {
		h.Delete()
		return 0, err
	}
	t.handles[id] = uintptr(h)
	return id, nil
}

// Cancel ends the timer id. It may be called inside the timer's function. It
// wraps zmq_timers_cancel. Errors: [EINVAL] for an unknown timer, so also the second time;
// [EFAULT].
func (t *Timers) Cancel(id int) error {
	p, err := t.open()
	if err != nil {
		return err
	}
	h, ok := t.handles[id]
	if !ok {
		return EINVAL
	}
	if err := resultErr("zmq_timers_cancel", int(C.gozmq_timers_cancel(p, C.int(id)))); err != nil {
		return err
	}
	delete(t.handles, id)
	cgo.Handle(h).Delete()
	return nil
}

// SetInterval makes the timer id fire every interval milliseconds from now on. It
// wraps zmq_timers_set_interval. Errors: [EINVAL] for an unknown timer or a negative interval,
// [EFAULT]; [EBUSY] inside a timer's function, which libzmq does not survive.
func (t *Timers) SetInterval(id, interval int) error {
	p, err := t.quiet()
	if err != nil {
		return err
	}
	if _, ok := t.handles[id]; !ok || interval < 0 {
		return EINVAL
	}
	return resultErr("zmq_timers_set_interval", int(C.gozmq_timers_set_interval(p, C.int(id), C.size_t(interval))))
}

// Reset makes the timer id begin its interval anew. It wraps zmq_timers_reset. Errors: [EINVAL] for
// an unknown timer, [EFAULT]; [EBUSY] inside a timer's function, which libzmq does not survive.
func (t *Timers) Reset(id int) error {
	p, err := t.quiet()
	if err != nil {
		return err
	}
	if _, ok := t.handles[id]; !ok {
		return EINVAL
	}
	return resultErr("zmq_timers_reset", int(C.gozmq_timers_reset(p, C.int(id))))
}

// Timeout returns how many milliseconds are left until the next timer is due, 0 when one is, and
// -1 when there is no timer: the timeout for [Poll]. It wraps zmq_timers_timeout. Errors:
// [EFAULT].
func (t *Timers) Timeout() (int, error) {
	p, err := t.open()
	if err != nil {
		return 0, err
	}
	var ms C.long
	if err := resultErr("zmq_timers_timeout", int(C.gozmq_timers_timeout(p, &ms))); err != nil {
		return 0, err
	}
	return int(ms), nil
}

// Execute calls the functions of the timers that are due, in this goroutine and on one thread. A
// panic in one of them ends Execute with that panic, after the C code has returned; the other
// functions that were due wait for their next interval. A function must not call
// [runtime.Goexit]. It wraps zmq_timers_execute. Errors: [EFAULT]; [EBUSY] inside a timer's
// function.
func (t *Timers) Execute() error {
	p, err := t.quiet()
	if err != nil {
		return err
	}
	t.executing = true
	rc := C.gozmq_timers_execute(p)
	t.executing = false
	if f := t.failure; f != nil {
		t.failure = nil
		panic(f.value)
	}
	return resultErr("zmq_timers_execute", int(rc))
}

// gozmqTimerFired is called by libzmq inside Execute. A panic must not pass through the C frames:
// they would be torn off in the middle of their work.
//
//export gozmqTimerFired
func gozmqTimerFired(id C.int, handle C.uintptr_t) {
	tm := cgo.Handle(handle).Value().(*timer)
	if tm.set.failure != nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			tm.set.failure = &timerPanic{v}
		}
	}()
	tm.call(int(id))
}
