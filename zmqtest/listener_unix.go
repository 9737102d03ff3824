//go:build unix

package zmqtest

import (
	"net"
	"os"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// listener is a descriptor that listens at an endpoint of the row's transport,
// as another program would open one. The caller owns it.
func (t *T) listener() (fd int, endpoint string) {
	t.Helper()
	network, address := "tcp", "127.0.0.1:0"
	if t.Transport == "ipc" {
		network, address = "unix", path(t.Free())
	}
	l, err := net.Listen(network, address)
	t.OK(err)
	if unix, ok := l.(*net.UnixListener); ok {
		unix.SetUnlinkOnClose(false)
	}
	file, err := l.(interface{ File() (*os.File, error) }).File()
	t.OK(err)
	fd, err = syscall.Dup(int(file.Fd()))
	t.OK(err)
	syscall.CloseOnExec(fd)
	t.OK(file.Close())
	t.OK(l.Close())
	return fd, t.Transport + "://" + l.Addr().String()
}

func takeOverNothing(t *T) {
	if !t.Isolated() {
		return
	}
	descriptor := func(domain, kind int) int {
		fd, err := syscall.Socket(domain, kind, 0)
		t.OK(err)
		t.Cleanup(func() { _ = syscall.Close(fd) })
		return fd
	}
	wrong := *t
	wrong.Transport = map[string]string{"tcp": "ipc", "ipc": "tcp"}[t.Transport]
	other, _ := wrong.listener()
	t.Cleanup(func() { _ = syscall.Close(other) })
	null, err := os.Open(os.DevNull)
	t.OK(err)
	defer null.Close()
	for what, fd := range map[string]int{
		"nothing":                         1 << 20,
		"a file":                          int(null.Fd()),
		"a socket that does not listen":   descriptor(syscall.AF_INET, syscall.SOCK_STREAM),
		"a socket for datagrams":          descriptor(syscall.AF_INET, syscall.SOCK_DGRAM),
		"a listener of another transport": other,
	} {
		s := t.Socket(zmq.PULL, opt.UseFD.To(fd))
		if err := s.Bind(testkit.FreeEndpoint(t, t.Transport)); err == nil {
			t.Errorf("%s was taken over", what)
		} else {
			t.Refused(err, zmq.ErrInvalid)
		}
	}
}
