package main

import (
	"context"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	zmq "gozmq"
)

// unread keeps the ipc connections of a socket open until the other side has
// read everything.
//
// libzmq, up to 4.3.5 at least, loses messages otherwise: when a connection of
// ipc ends, a receiver whose queue is full at that moment drops what the
// system still holds for it. With tcp that does not happen. So each connection
// is opened a second time, and closed here when nothing of it waits to be read.
type unread struct {
	open map[uint64]int // by libzmq's descriptor
}

// note follows the connections.
func (u *unread) note(ev zmq.MonitorEvent) {
	switch {
	case ev.Type&(zmq.EventConnected|zmq.EventAccepted) != 0 && strings.HasPrefix(ev.Endpoint, "ipc:"):
		u.forget(ev.Value)
		fd, err := unix.FcntlInt(uintptr(ev.Value), unix.F_DUPFD_CLOEXEC, 0)
		if err != nil {
			return // it is closed already
		}
		if u.open == nil {
			u.open = map[uint64]int{}
		}
		u.open[ev.Value] = fd
		if domain, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_DOMAIN); err != nil || domain != unix.AF_UNIX {
			u.forget(ev.Value) // the number belongs to another by now
		}
	case ev.Type == zmq.EventDisconnected:
		u.forget(ev.Value)
	}
}

func (u *unread) forget(number uint64) {
	if fd, ok := u.open[number]; ok {
		_ = unix.Close(fd) // nothing was written to it here
		delete(u.open, number)
	}
}

// wait waits until everything is read, or ctx ends. The socket must be closed,
// and everything handed over to the system.
func (u *unread) wait(ctx context.Context) error {
	for number, fd := range u.open {
		for waiting(fd) {
			select {
			case <-time.After(2 * time.Millisecond):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		u.forget(number)
	}
	return nil
}

// waiting reports whether the other side has something to read.
func waiting(fd int) bool {
	n, err := unix.IoctlGetInt(fd, unix.SIOCOUTQ)
	return err == nil && n > 0
}
