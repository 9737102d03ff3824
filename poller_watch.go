//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package zmq

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// fdWatch watches raw descriptors through a queue of the system's own, epoll
// or kqueue, which in turn is waited for in Go's netpoller. So the flags of
// the user's descriptors stay as they are, a blocking one can be watched, and
// all of them cost one goroutine and no thread. The queue is level-triggered;
// what makes it readable, once for each change, is passed on to news.
//
// Its methods are called under the Poller's mu.
type fdWatch struct {
	queue
	f    *os.File // owns the queue's descriptor
	over chan struct{}
}

func newFDWatch(news chan<- struct{}) (*fdWatch, error) {
	syscall.ForkLock.RLock()
	q, err := newQueue()
	if err == nil {
		syscall.CloseOnExec(q.fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, err
	}
	// Go's netpoller takes what does not block. Some systems set the flag of
	// a queue and report an error all the same; the next call knows.
	_ = syscall.SetNonblock(q.fd, true)
	w := &fdWatch{queue: q, f: os.NewFile(uintptr(q.fd), "poller"), over: make(chan struct{})}
	rc, err := w.f.SyscallConn()
	if err == nil {
		err = w.f.SetReadDeadline(time.Time{}) // refused outside of the netpoller
	}
	if err != nil {
		return nil, errors.Join(errors.New("the poller's queue cannot be waited for: "+err.Error()), w.f.Close())
	}
	go func() {
		defer close(w.over)
		// All within one Read: a second one would begin by forgetting what
		// happened between the two. It ends with os.ErrClosed.
		_ = rc.Read(func(uintptr) bool {
			select {
			case news <- struct{}{}:
			default:
			}
			return false
		})
	}()
	return w, nil
}

// look sets what each descriptor is ready for.
func (w *fdWatch) look(items []*polled, fds map[uintptr]*polled) error {
	for _, it := range items {
		it.now = 0
	}
	return w.poll(len(fds), func(fd uintptr, ev Events) {
		if it := fds[fd]; it != nil {
			it.now |= ev
		}
	})
}

// close ends the goroutine and waits for it.
func (w *fdWatch) close() {
	_ = w.f.Close()
	<-w.over
}
