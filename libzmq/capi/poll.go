//go:build cgo

package capi

/*
#cgo noescape gozmq_poll
#cgo nocallback gozmq_poll
#cgo noescape gozmq_ppoll
#cgo nocallback gozmq_ppoll
#include "shims_poll.h"
*/
import "C"

import (
	"math"
	"runtime"
	"syscall"
)

// pollStack is how many items are waited for without allocating memory.
const pollStack = 8

// onWindows: no signal masks there, and descriptors are as wide as a pointer.
const onWindows = runtime.GOOS == "windows"

// Poll waits until one of items has one of its Events, or timeout milliseconds have passed (-1:
// for ever, 0: not at all), signals or not. It sets the Revents of all items and returns how many
// are not 0. The sockets count as used by the calling goroutine until it returns. Without items
// it sleeps. It wraps zmq_poll. Errors: [ENOTSOCK] for a closed socket, [EINVAL], [ETERM],
// [*LoadError].
func Poll(items []PollItem, timeout int) (int, error) {
	t, err := pollArgs(items, timeout)
	if err != nil {
		return 0, err
	}
	var few [pollStack]C.zmq_pollitem_t
	c := few[:0]
	if len(items) > len(few) {
		c = make([]C.zmq_pollitem_t, 0, len(items))
	}
	if c, err = toC(c, items); err != nil {
		return 0, err
	}
	var first *C.zmq_pollitem_t
	if len(c) > 0 {
		first = &c[0]
	}
	n, err := ioResult("zmq_poll", C.gozmq_poll(first, C.int(len(c)), t))
	fromC(items, c)
	return n, err
}

// PPoll is [Poll] with the signals in block kept away from this thread while it waits, and all
// others let through; a nil block leaves the thread's signals as they are. It is the one function
// that returns [EINTR]: to be ended by a signal is what it is for. (Go's runtime sends its threads
// signals of its own.) It wraps zmq_ppoll, a draft since 4.3.5. On Windows block must be nil.
// Errors: as Poll, [EINTR], [*MissingError].
func PPoll(items []PollItem, timeout int, block []syscall.Signal) (int, error) {
	t, err := pollArgs(items, timeout)
	if err != nil {
		return 0, err
	}
	c, err := toC(make([]C.zmq_pollitem_t, 0, len(items)+1), items)
	if err != nil {
		return 0, err
	}
	if onWindows && block != nil {
		return 0, EINVAL
	}
	sigs, nsigs := make([]C.int, 0, len(block)+1), C.int(-1)
	if block != nil {
		nsigs = C.int(len(block))
	}
	for _, s := range block {
		sigs = append(sigs, C.int(s))
	}
	// With room for one more than needed, the first element always has an address.
	n, err := ioResult("zmq_ppoll", C.gozmq_ppoll(&c[:1][0], C.int(len(c)), t, &sigs[:1][0], nsigs))
	fromC(items, c)
	return n, err
}

func pollArgs(items []PollItem, timeout int) (C.long, error) {
	if err := ensureLoaded(); err != nil {
		return 0, err
	}
	t, ok := clong(timeout)
	if !ok || len(items) > math.MaxInt32 {
		return 0, EINVAL
	}
	return max(t, -1), nil
}

// toC appends the items to c.
func toC(c []C.zmq_pollitem_t, items []PollItem) ([]C.zmq_pollitem_t, error) {
	for i := range items {
		it := &items[i]
		var e C.zmq_pollitem_t
		if it.Socket != nil {
			if it.Socket.p == nil {
				return nil, ENOTSOCK
			}
			e.socket = it.Socket.p
		} else {
			fd, ok := cfd(it.FD)
			if !ok {
				return nil, EINVAL
			}
			e.fd = fd
		}
		events, ok := cevents(it.Events)
		if !ok {
			return nil, EINVAL
		}
		e.events = events
		c = append(c, e)
	}
	return c, nil
}

func fromC(items []PollItem, c []C.zmq_pollitem_t) {
	for i := range c {
		items[i].Revents = int(c[i].revents)
	}
}

// cfd returns fd as C has it; false when it does not fit.
func cfd(fd uintptr) (C.gozmq_fd, bool) {
	f := C.gozmq_fd(fd)
	return f, uintptr(f) == fd && (onWindows || int64(f) >= 0)
}

// cevents returns a sum of POLL numbers as C has it; false for anything else.
func cevents(events int) (C.short, bool) {
	return C.short(events), events&^(POLLIN|POLLOUT|POLLERR|POLLPRI) == 0
}
