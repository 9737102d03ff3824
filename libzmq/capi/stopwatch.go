//go:build cgo

package capi

/*
#cgo noescape gozmq_stopwatch_start
#cgo nocallback gozmq_stopwatch_start
#cgo noescape gozmq_stopwatch_intermediate
#cgo nocallback gozmq_stopwatch_intermediate
#cgo noescape gozmq_stopwatch_stop
#cgo nocallback gozmq_stopwatch_stop
#cgo noescape gozmq_sleep
#cgo nocallback gozmq_sleep
#include "shims_util.h"
*/
import "C"

import "unsafe"

// StopwatchStart returns a running stopwatch. The caller ends it with [Stopwatch.Stop]. Go code
// has [time.Since]. It wraps zmq_stopwatch_start. Errors: [*LoadError].
func StopwatchStart() (*Stopwatch, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	var p unsafe.Pointer
	if err := resultErr("zmq_stopwatch_start", int(C.gozmq_stopwatch_start(&p))); err != nil {
		return nil, err
	}
	return &Stopwatch{p: p}, nil
}

// Intermediate returns the microseconds since the start. It wraps zmq_stopwatch_intermediate.
// Errors: [EFAULT], [*MissingError] before libzmq 4.3.
func (s *Stopwatch) Intermediate() (uint64, error) {
	if s == nil || s.p == nil {
		return 0, EFAULT
	}
	var us C.ulong
	err := resultErr("zmq_stopwatch_intermediate", int(C.gozmq_stopwatch_intermediate(s.p, &us)))
	return uint64(us), err
}

// Stop returns the microseconds since the start and frees the stopwatch. It
// wraps zmq_stopwatch_stop. Errors: [EFAULT], also for the second Stop.
func (s *Stopwatch) Stop() (uint64, error) {
	if s == nil || s.p == nil {
		return 0, EFAULT
	}
	var us C.ulong
	err := resultErr("zmq_stopwatch_stop", int(C.gozmq_stopwatch_stop(s.p, &us)))
	if err == nil {
		s.p = nil
	}
	return uint64(us), err
}

// Sleep blocks this goroutine and its thread for so many seconds, signals or not. Go code has
// [time.Sleep]. It wraps zmq_sleep. Errors: [EINVAL] for a negative number, [*LoadError].
func Sleep(seconds int) error {
	if err := ensureLoaded(); err != nil {
		return err
	}
	n, ok := cint(seconds)
	if !ok || n < 0 {
		return EINVAL
	}
	return resultErr("zmq_sleep", int(C.gozmq_sleep(n)))
}
