//go:build unix

package opt_test

import (
	"fmt"
	"net"
	"syscall"
	"testing"
	"time"
)

// reserved is a port that refuses connections until listen.
type reserved struct {
	fd       int
	endpoint string
}

func reserve(t testing.TB) *reserved {
	t.Helper()
	syscall.ForkLock.RLock()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	r := &reserved{fd: fd}
	t.Cleanup(func() {
		if r.fd >= 0 {
			_ = syscall.Close(r.fd)
		}
	})
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	at, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	r.endpoint = fmt.Sprintf("tcp://127.0.0.1:%d", at.(*syscall.SockaddrInet4).Port)
	return r
}

// open lets connections come and gives the descriptor away.
func (r *reserved) open(t testing.TB) (fd int) {
	t.Helper()
	if err := syscall.Listen(r.fd, 16); err != nil {
		t.Fatal(err)
	}
	fd, r.fd = r.fd, -1
	return fd
}

// wantNobody wants no connection at a listener.
func wantNobody(t testing.TB, l net.Listener) {
	t.Helper()
	if err := l.(*net.TCPListener).SetDeadline(time.Now().Add(time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if c, err := l.Accept(); err == nil {
		_ = c.Close()
		t.Error("the socket has connected again")
	}
}
