package zmq

import (
	"math"
	"os"
	"syscall"
)

// queue is an epoll instance. It keeps the events that were asked for, since
// errors and hang-ups come unasked and count as those.
type queue struct {
	fd     int
	want   map[uintptr]Events
	events []syscall.EpollEvent // room for what is ready
}

func newQueue() (queue, error) {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return queue{}, os.NewSyscallError("epoll_create1", err)
	}
	return queue{fd: fd, want: make(map[uintptr]Events)}, nil
}

func (q *queue) add(fd uintptr, events Events) error {
	return q.control(syscall.EPOLL_CTL_ADD, fd, events)
}

func (q *queue) modify(fd uintptr, events Events) error {
	return q.control(syscall.EPOLL_CTL_MOD, fd, events)
}

func (q *queue) control(op int, fd uintptr, events Events) error {
	if fd > math.MaxInt32 {
		return syscall.EBADF
	}
	ev := syscall.EpollEvent{Fd: int32(fd)}
	if events&In != 0 {
		ev.Events |= syscall.EPOLLIN
	}
	if events&Out != 0 {
		ev.Events |= syscall.EPOLLOUT
	}
	switch err := syscall.EpollCtl(q.fd, op, int(fd), &ev); err {
	case nil:
		q.want[fd] = events
		return nil
	case syscall.EPERM:
		return errNeverWaits
	default:
		return os.NewSyscallError("epoll_ctl", err)
	}
}

// remove fails when the descriptor is closed; it has left the queue then.
func (q *queue) remove(fd uintptr) {
	_ = syscall.EpollCtl(q.fd, syscall.EPOLL_CTL_DEL, int(fd), &syscall.EpollEvent{})
	delete(q.want, fd)
}

// poll calls found for each of n descriptors that is ready now.
func (q *queue) poll(n int, found func(fd uintptr, ev Events)) error {
	if n == 0 {
		return nil
	}
	if len(q.events) < n {
		q.events = make([]syscall.EpollEvent, 2*n)
	}
	for {
		k, err := syscall.EpollWait(q.fd, q.events, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return os.NewSyscallError("epoll_wait", err)
		}
		for _, e := range q.events[:k] {
			fd := uintptr(e.Fd)
			var ev Events
			switch {
			case e.Events&(syscall.EPOLLERR|syscall.EPOLLHUP) != 0:
				ev = In | Out
			default:
				if e.Events&syscall.EPOLLIN != 0 {
					ev |= In
				}
				if e.Events&syscall.EPOLLOUT != 0 {
					ev |= Out
				}
			}
			found(fd, ev&q.want[fd])
		}
		return nil
	}
}
