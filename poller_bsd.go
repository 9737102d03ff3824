//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package zmq

import (
	"os"
	"syscall"
)

// queue is a kqueue. Reading and writing are two filters there.
type queue struct {
	fd     int
	want   map[uintptr]Events
	events []syscall.Kevent_t // room for what is ready
}

func newQueue() (queue, error) {
	fd, err := syscall.Kqueue()
	if err != nil {
		return queue{}, os.NewSyscallError("kqueue", err)
	}
	return queue{fd: fd, want: make(map[uintptr]Events)}, nil
}

func (q *queue) add(fd uintptr, events Events) error {
	var st syscall.Stat_t
	if err := syscall.Fstat(int(fd), &st); err != nil {
		return os.NewSyscallError("fstat", err)
	}
	if kind := st.Mode & syscall.S_IFMT; kind == syscall.S_IFREG || kind == syscall.S_IFDIR {
		return errNeverWaits
	}
	return q.modify(fd, events)
}

func (q *queue) modify(fd uintptr, events Events) error {
	had := q.want[fd]
	for _, f := range [...]struct {
		event  Events
		filter int
	}{{In, syscall.EVFILT_READ}, {Out, syscall.EVFILT_WRITE}} {
		if had&f.event == events&f.event {
			continue
		}
		flags := syscall.EV_ADD
		if events&f.event == 0 {
			flags = syscall.EV_DELETE
		}
		var change [1]syscall.Kevent_t
		syscall.SetKevent(&change[0], int(fd), f.filter, flags)
		if _, err := syscall.Kevent(q.fd, change[:], nil, nil); err != nil {
			q.remove(fd)
			return os.NewSyscallError("kevent", err)
		}
		q.want[fd] ^= f.event
	}
	return nil
}

// remove fails when the descriptor is closed; it has left the queue then.
func (q *queue) remove(fd uintptr) {
	for _, filter := range [...]int{syscall.EVFILT_READ, syscall.EVFILT_WRITE} {
		var change [1]syscall.Kevent_t
		syscall.SetKevent(&change[0], int(fd), filter, syscall.EV_DELETE)
		_, _ = syscall.Kevent(q.fd, change[:], nil, nil)
	}
	delete(q.want, fd)
}

// poll calls found for each event of n descriptors that are ready now.
func (q *queue) poll(n int, found func(fd uintptr, ev Events)) error {
	if n == 0 {
		return nil
	}
	if len(q.events) < 2*n {
		q.events = make([]syscall.Kevent_t, 4*n)
	}
	var now syscall.Timespec
	for {
		k, err := syscall.Kevent(q.fd, nil, q.events, &now)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return os.NewSyscallError("kevent", err)
		}
		for i := range q.events[:k] {
			e := &q.events[i]
			ev := In
			if int(e.Filter) == syscall.EVFILT_WRITE {
				ev = Out
			}
			found(uintptr(e.Ident), ev)
		}
		return nil
	}
}
