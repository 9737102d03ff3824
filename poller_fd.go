package zmq

import "fmt"

// AddFD begins to watch a raw file descriptor, such as a pipe, a terminal or
// another library's socket, for events: In when a read would not wait, Out
// when a write would not; an error or a hang-up counts as all that is asked
// for. The Poller neither reads, writes nor closes it, and leaves its flags
// alone. Call RemoveFD before the descriptor is closed: the system gives its
// number to another soon.
//
// Errors: ErrInvalid when it is there already, events is empty, or the
// descriptor is one that never makes a reader wait, such as a regular file;
// syscall.EBADF when it is not open; errors.ErrUnsupported on Windows, where
// Go can wait for its own descriptors only. Source: zmq_poller_add_fd.
func (p *Poller) AddFD(fd uintptr, events Events) error {
	return p.changeFD("poller add", fd, events, func() error {
		if p.fds[fd] != nil {
			return because{ErrInvalid, "the descriptor is in the poller already"}
		}
		if p.watch == nil {
			watch, err := newFDWatch(p.news)
			if err != nil {
				return err
			}
			p.watch = watch
		}
		if err := p.watch.add(fd, events); err != nil {
			return err
		}
		if p.fds == nil {
			p.fds = make(map[uintptr]*polled)
		}
		it := &polled{fd: fd}
		p.fds[fd] = it
		p.items = append(p.items, it)
		return nil
	})
}

// ModifyFD changes what a descriptor is watched for. Errors: ErrInvalid when
// it is not in the Poller or events is empty. Source: zmq_poller_modify_fd.
func (p *Poller) ModifyFD(fd uintptr, events Events) error {
	return p.changeFD("poller modify", fd, events, func() error {
		if p.fds[fd] == nil {
			return errNotPolled
		}
		return p.watch.modify(fd, events)
	})
}

// RemoveFD ends watching a descriptor, open or not. Errors: ErrInvalid when it
// is not in the Poller. Source: zmq_poller_remove_fd.
func (p *Poller) RemoveFD(fd uintptr) error {
	return p.changeFD("poller remove", fd, In, func() error {
		it := p.fds[fd]
		if it == nil {
			return errNotPolled
		}
		p.watch.remove(fd)
		delete(p.fds, fd)
		p.drop(it)
		return nil
	})
}

func (p *Poller) changeFD(op string, fd uintptr, events Events, f func() error) error {
	if err := p.change(events, f); err != nil {
		return &Error{Op: op, Err: fdError{fd, err}}
	}
	return nil
}

// fdError says which descriptor it is about.
type fdError struct {
	fd  uintptr
	err error
}

func (e fdError) Error() string { return fmt.Sprintf("descriptor %d: %v", e.fd, e.err) }
func (e fdError) Unwrap() error { return e.err }

var errNeverWaits = because{ErrInvalid, "the system cannot wait for it; regular files and directories are always ready"}
