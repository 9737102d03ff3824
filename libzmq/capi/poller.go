//go:build cgo

package capi

/*
#cgo noescape gozmq_poller_new
#cgo nocallback gozmq_poller_new
#cgo noescape gozmq_poller_destroy
#cgo nocallback gozmq_poller_destroy
#cgo noescape gozmq_poller_size
#cgo nocallback gozmq_poller_size
#cgo noescape gozmq_poller_add
#cgo nocallback gozmq_poller_add
#cgo noescape gozmq_poller_modify
#cgo nocallback gozmq_poller_modify
#cgo noescape gozmq_poller_remove
#cgo nocallback gozmq_poller_remove
#cgo noescape gozmq_poller_add_fd
#cgo nocallback gozmq_poller_add_fd
#cgo noescape gozmq_poller_modify_fd
#cgo nocallback gozmq_poller_modify_fd
#cgo noescape gozmq_poller_remove_fd
#cgo nocallback gozmq_poller_remove_fd
#cgo noescape gozmq_poller_wait
#cgo nocallback gozmq_poller_wait
#cgo noescape gozmq_poller_wait_all
#cgo nocallback gozmq_poller_wait_all
#cgo noescape gozmq_poller_fd
#cgo nocallback gozmq_poller_fd
#include "shims_poll.h"
*/
import "C"

import (
	"math"
	"unsafe"
)

// PollerNew returns a new poller, which unlike [Poll] also takes the thread-safe socket types. The
// caller ends it with [Poller.Destroy]. It wraps zmq_poller_new, a draft. Errors: [*LoadError],
// [*MissingError], [ENOMEM].
func PollerNew() (*Poller, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	var p unsafe.Pointer
	if err := resultErr("zmq_poller_new", int(C.gozmq_poller_new(&p))); err != nil {
		return nil, err
	}
	return &Poller{p: p, sockets: map[unsafe.Pointer]polledSocket{}, fds: map[uintptr]uintptr{}}, nil
}

// open returns the C poller; EFAULT when there is none.
func (p *Poller) open() (unsafe.Pointer, error) {
	if p == nil || p.p == nil {
		return nil, EFAULT
	}
	return p.p, nil
}

// Destroy ends the poller; the sockets in it stay open and may be closed then. It
// wraps zmq_poller_destroy, a draft. Errors: [EFAULT], also for the second Destroy.
func (p *Poller) Destroy() error {
	c, err := p.open()
	if err != nil {
		return err
	}
	if err := resultErr("zmq_poller_destroy", int(C.gozmq_poller_destroy(c))); err != nil {
		return err
	}
	p.p = nil
	for _, e := range p.sockets {
		e.s.polled--
	}
	p.sockets, p.fds = nil, nil
	return nil
}

// Size returns how many sockets and descriptors the poller has. It wraps zmq_poller_size, a draft
// since 4.3.3. Errors: [EFAULT], [*MissingError].
func (p *Poller) Size() (int, error) {
	c, err := p.open()
	if err != nil {
		return 0, err
	}
	return ioResult("zmq_poller_size", C.gozmq_poller_size(c))
}

// Add makes the poller wait for events of s: [POLLIN], [POLLOUT] and [POLLERR], added up, or 0 for
// none yet. userData comes back with each event. The socket cannot be closed until it is removed
// or the poller is destroyed. It wraps zmq_poller_add, a draft. Errors: [EINVAL] when s is in the
// poller already or events has other bits, [ENOTSOCK], [EFAULT].
func (p *Poller) Add(s *Socket, userData uintptr, events int) error {
	c, sp, e, err := p.socketArgs(s, events)
	if err != nil {
		return err
	}
	if err := resultErr("zmq_poller_add", int(C.gozmq_poller_add(c, sp, e))); err != nil {
		return err
	}
	s.polled++
	p.sockets[sp] = polledSocket{s: s, user: userData}
	return nil
}

// Modify changes the events that the poller waits for at s. It wraps zmq_poller_modify, a draft.
// Errors: [EINVAL] when s is not in the poller or events has other bits, [ENOTSOCK], [EFAULT].
func (p *Poller) Modify(s *Socket, events int) error {
	c, sp, e, err := p.socketArgs(s, events)
	if err != nil {
		return err
	}
	return resultErr("zmq_poller_modify", int(C.gozmq_poller_modify(c, sp, e)))
}

// Remove takes s out of the poller. It wraps zmq_poller_remove, a draft. Errors: [EINVAL] when s is
// not in the poller, [ENOTSOCK], [EFAULT].
func (p *Poller) Remove(s *Socket) error {
	c, sp, _, err := p.socketArgs(s, 0)
	if err != nil {
		return err
	}
	if err := resultErr("zmq_poller_remove", int(C.gozmq_poller_remove(c, sp))); err != nil {
		return err
	}
	delete(p.sockets, sp)
	s.polled--
	return nil
}

func (p *Poller) socketArgs(s *Socket, events int) (poller, socket unsafe.Pointer, e C.short, err error) {
	if poller, err = p.open(); err != nil {
		return
	}
	if socket, err = s.open(); err != nil {
		return
	}
	e, ok := cevents(events)
	if !ok {
		err = EINVAL
	}
	return
}

// AddFD makes the poller wait for events of the descriptor fd, a SOCKET on Windows: [POLLIN],
// [POLLOUT], [POLLERR] and [POLLPRI], added up. userData comes back with each event. Remove fd before
// it is closed. It wraps zmq_poller_add_fd, a draft. Errors: [EINVAL] when fd is in the
// poller already or events has other bits, [EBADF], [EFAULT].
func (p *Poller) AddFD(fd, userData uintptr, events int) error {
	c, f, e, err := p.fdArgs(fd, events)
	if err != nil {
		return err
	}
	if err := resultErr("zmq_poller_add_fd", int(C.gozmq_poller_add_fd(c, f, e))); err != nil {
		return err
	}
	p.fds[fd] = userData
	return nil
}

// ModifyFD changes the events that the poller waits for at fd. It wraps zmq_poller_modify_fd, a
// draft. Errors: [EINVAL] when fd is not in the poller or events has other bits, [EBADF],
// [EFAULT].
func (p *Poller) ModifyFD(fd uintptr, events int) error {
	c, f, e, err := p.fdArgs(fd, events)
	if err != nil {
		return err
	}
	return resultErr("zmq_poller_modify_fd", int(C.gozmq_poller_modify_fd(c, f, e)))
}

// RemoveFD takes fd out of the poller. It wraps zmq_poller_remove_fd, a draft. Errors: [EINVAL]
// when fd is not in the poller, [EBADF], [EFAULT].
func (p *Poller) RemoveFD(fd uintptr) error {
	c, f, _, err := p.fdArgs(fd, 0)
	if err != nil {
		return err
	}
	if err := resultErr("zmq_poller_remove_fd", int(C.gozmq_poller_remove_fd(c, f))); err != nil {
		return err
	}
	delete(p.fds, fd)
	return nil
}

func (p *Poller) fdArgs(fd uintptr, events int) (poller unsafe.Pointer, f C.gozmq_fd, e C.short, err error) {
	if poller, err = p.open(); err != nil {
		return
	}
	f, ok := cfd(fd)
	if !ok {
		err = EBADF
		return
	}
	if e, ok = cevents(events); !ok {
		err = EINVAL
	}
	return
}

// Wait waits for one event, for timeout milliseconds (-1: for ever, 0: not at all), signals or
// not. It wraps zmq_poller_wait, a draft. Errors: [EAGAIN] when the time has passed, [EFAULT]
// when the poller is destroyed, or empty and timeout is -1, [EINVAL], [ETERM].
func (p *Poller) Wait(timeout int) (PollerEvent, error) {
	c, t, err := p.waitArgs(timeout)
	if err != nil {
		return PollerEvent{}, err
	}
	var ev C.zmq_poller_event_t
	if err := resultErr("zmq_poller_wait", int(C.gozmq_poller_wait(c, &ev, t))); err != nil {
		return PollerEvent{}, waitErr(err)
	}
	return p.event(&ev), nil
}

// WaitAll is [Poller.Wait] for as many events as fit into events; it returns how many it wrote. It
// wraps zmq_poller_wait_all, a draft. Errors: as Wait; [EINVAL] when events is empty.
func (p *Poller) WaitAll(events []PollerEvent, timeout int) (int, error) {
	c, t, err := p.waitArgs(timeout)
	if err != nil {
		return 0, err
	}
	if len(events) == 0 {
		return 0, EINVAL
	}
	// No more can be ready than are in the poller.
	evs := make([]C.zmq_poller_event_t, min(len(events), max(1, len(p.sockets)+len(p.fds))))
	n, err := ioResult("zmq_poller_wait_all", C.gozmq_poller_wait_all(c, &evs[0], C.int(len(evs)), t))
	if err != nil {
		return 0, waitErr(err)
	}
	for i := range evs[:n] {
		events[i] = p.event(&evs[i])
	}
	return n, nil
}

func (p *Poller) waitArgs(timeout int) (unsafe.Pointer, C.long, error) {
	c, err := p.open()
	if err != nil {
		return nil, 0, err
	}
	t, ok := clong(timeout)
	if !ok || len(p.sockets)+len(p.fds) > math.MaxInt32 {
		return nil, 0, EINVAL
	}
	return c, max(t, -1), nil
}

// waitErr makes the timeout of libzmq before 4.2.3 the one of later versions.
func waitErr(err error) error {
	if err == ETIMEDOUT {
		return EAGAIN
	}
	return err
}

// event turns C's event into Go's. The user data stays on the Go side, because C would keep it as
// a pointer, which the garbage collector might meet.
func (p *Poller) event(ev *C.zmq_poller_event_t) PollerEvent {
	if ev.socket != nil {
		e := p.sockets[ev.socket]
		return PollerEvent{Socket: e.s, UserData: e.user, Events: int(ev.events)}
	}
	fd := uintptr(ev.fd)
	return PollerEvent{FD: fd, UserData: p.fds[fd], Events: int(ev.events)}
}

// FD returns a descriptor that becomes readable when Wait should be called, for pollers that hold
// only thread-safe sockets. It tells only what is new since a Wait found nothing, so begin with a
// Wait. It belongs to the poller. It wraps zmq_poller_fd, a draft since
// 4.3.2. Errors: [EINVAL] for other pollers, [EFAULT], [*MissingError].
func (p *Poller) FD() (uintptr, error) {
	c, err := p.open()
	if err != nil {
		return 0, err
	}
	var fd C.gozmq_fd
	if err := resultErr("zmq_poller_fd", int(C.gozmq_poller_fd(c, &fd))); err != nil {
		return 0, err
	}
	return uintptr(fd), nil
}
