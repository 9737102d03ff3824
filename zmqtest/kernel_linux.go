package zmqtest

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// kernelSockets are the descriptors of this process that are connected to a
// TCP endpoint of this machine, or were accepted there: both ends of a
// connection within the process.
func (t *T) kernelSockets(endpoint string) (fds []int) {
	t.Helper()
	port, err := strconv.Atoi(endpoint[strings.LastIndexByte(endpoint, ':')+1:])
	t.OK(err)
	entries, err := os.ReadDir("/proc/self/fd")
	t.OK(err)
	there := func(at syscall.Sockaddr, err error) bool {
		in4, ok := at.(*syscall.SockaddrInet4)
		return err == nil && ok && in4.Port == port
	}
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		t.OK(err)
		peer, err := syscall.Getpeername(fd)
		if err == nil && (there(peer, nil) || there(syscall.Getsockname(fd))) {
			fds = append(fds, fd)
		}
	}
	if len(fds) < 2 {
		t.Fatalf("%d descriptors for %s, want both ends", len(fds), endpoint)
	}
	return fds
}

// bufferSizes are SO_SNDBUF and SO_RCVBUF.
func bufferSizes(t *T, fd int) (send, recv int) {
	t.Helper()
	send, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_SNDBUF)
	t.OK(err)
	recv, err = syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF)
	t.OK(err)
	return send, recv
}
