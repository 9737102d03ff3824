//go:build unix

package testkit

import (
	"runtime"
	"syscall"
	"testing"
)

// reservePort binds a port and does not listen on it: connections to it are
// refused, and no wildcard gets it.
func reservePort(t testing.TB) int {
	t.Helper()
	port, fd := bindPort(t)
	t.Cleanup(func() { _ = syscall.Close(fd) })
	return port
}

// freePort is a reserved port that can be bound nevertheless. On Linux that
// takes SO_REUSEADDR on both sides and nobody who listens; other systems have
// nothing like it, so there the port is just one that was free a moment ago.
func freePort(t testing.TB) int {
	t.Helper()
	port, fd := bindPort(t)
	if runtime.GOOS == "linux" {
		t.Cleanup(func() { _ = syscall.Close(fd) })
	} else {
		_ = syscall.Close(fd)
	}
	return port
}

func bindPort(t testing.TB) (port, fd int) {
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
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	addr, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return addr.(*syscall.SockaddrInet4).Port, fd
}
