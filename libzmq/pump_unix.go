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
type pump struct {
	f  *os.File
	rc syscall.RawConn
}

// callsMayAttend: kick works.
const callsMayAttend = true

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
	p := &pump{f: os.NewFile(uintptr(dup), "ZMQ_FD")}
	// A file that takes deadlines is in the netpoller.
	if err := p.f.SetReadDeadline(time.Time{}); err != nil {
		return nil, errors.Join(errors.New("ZMQ_FD cannot be waited for: "+err.Error()), p.f.Close())
	}
	if p.rc, err = p.f.SyscallConn(); err != nil {
		return nil, errors.Join(err, p.f.Close())
	}
	return p, nil
}

// run calls news at once, and again each time the FD has fired, until it
// returns true, or stop or kick is called. Who runs it alone does.
//
// A RawConn.Read begins by forgetting that the FD has fired. So news is called
// after its beginning, and what happens from then on is not forgotten.
func (p *pump) run(news pumpNews) {
	_ = p.rc.Read(news) // ends with os.ErrClosed, or the deadline
}

// kick ends run, and calm undoes it.
func (p *pump) kick() { _ = p.f.SetReadDeadline(past) }
func (p *pump) calm() { _ = p.f.SetReadDeadline(time.Time{}) }

var past = time.Unix(1, 0)

// stop ends run for good, soon.
func (p *pump) stop() { _ = p.f.Close() }
