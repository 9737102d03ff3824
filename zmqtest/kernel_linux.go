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
	fds, _ = t.descriptorsOf(endpoint)
	if len(fds) < 2 {
		t.Fatalf("%d descriptors for %s, want both ends", len(fds), endpoint)
	}
	return fds
}

// kernelListener is the descriptor that listens at a TCP endpoint.
func (t *T) kernelListener(endpoint string) int {
	t.Helper()
	_, fds := t.descriptorsOf(endpoint)
	if len(fds) != 1 {
		t.Fatalf("%d descriptors listen at %s", len(fds), endpoint)
	}
	return fds[0]
}

func (t *T) descriptorsOf(endpoint string) (connected, listening []int) {
	t.Helper()
	port, err := strconv.Atoi(endpoint[strings.LastIndexByte(endpoint, ':')+1:])
	t.OK(err)
	entries, err := os.ReadDir("/proc/self/fd")
	t.OK(err)
	six := strings.Contains(endpoint, "[") // the same port of the other family is another's
	there := func(at syscall.Sockaddr, err error) bool {
		switch at := at.(type) {
		case *syscall.SockaddrInet4:
			return err == nil && !six && at.Port == port
		case *syscall.SockaddrInet6:
			return err == nil && six && at.Port == port
		}
		return false
	}
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		t.OK(err)
		peer, err := syscall.Getpeername(fd)
		here := there(syscall.Getsockname(fd))
		switch {
		case err == nil && (here || there(peer, nil)):
			connected = append(connected, fd)
		case here:
			listening = append(listening, fd)
		}
	}
	return connected, listening
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
