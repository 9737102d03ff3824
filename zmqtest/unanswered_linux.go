package zmqtest

import (
	"net"
	"os"
	"strings"
	"syscall"

	"gozmq/internal/testkit"
)

// unanswered is a tcp endpoint where tries to connect are neither accepted nor
// refused, until answer is called: Linux drops what exceeds the backlog.
func unanswered(t *T) (endpoint string, answer func()) {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	t.OK(err)
	file := os.NewFile(uintptr(fd), "listener")
	defer file.Close()
	t.OK(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	t.OK(syscall.Listen(fd, 0))
	l, err := net.FileListener(file)
	t.OK(err)
	endpoint = "tcp://" + l.Addr().String()
	// This one fills the backlog of 0.
	filler, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
	t.OK(err)
	t.Cleanup(func() { _ = filler.Close() })

	accepting := testkit.NewGroup(t)
	t.Cleanup(func() { _ = l.Close(); accepting.Wait() })
	return endpoint, func() {
		accepting.Go(func() error {
			for {
				c, err := l.Accept()
				if err != nil {
					return nil // the test is over
				}
				t.Cleanup(func() { _ = c.Close() })
			}
		})
	}
}
