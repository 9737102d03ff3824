//go:build !windows

package libzmq

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// pump waits on a duplicate of ZMQ_FD in Go's netpoller, which costs a
// goroutine and no thread. The FD itself is libzmq's: it must be neither read
// nor closed by us.
type pump struct{ f *os.File }

func newPump(fd uintptr) (*pump, error) {
	syscall.ForkLock.RLock()
	dup, err := syscall.Dup(int(fd))
	if err == nil {
		syscall.CloseOnExec(dup)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, os.NewSyscallError("dup", err)
	}
	p := &pump{os.NewFile(uintptr(dup), "ZMQ_FD")}
	// A file that takes deadlines is in the netpoller.
	if err := p.f.SetReadDeadline(time.Time{}); err != nil {
		return nil, errors.Join(errors.New("ZMQ_FD cannot be waited for: "+err.Error()), p.f.Close())
	}
	return p, nil
}

// run calls news at once, and again each time the FD has fired, until it
// returns true or stop is called.
//
// All calls are made from within one RawConn.Read. A second Read would begin
// by forgetting that the FD fired between the two.
func (p *pump) run(news func() (done bool)) {
	rc, err := p.f.SyscallConn()
	if err != nil {
		return // stopped before it began
	}
	_ = rc.Read(func(uintptr) bool { return news() }) // ends with os.ErrClosed
}

// stop ends run, soon.
func (p *pump) stop() { _ = p.f.Close() }
