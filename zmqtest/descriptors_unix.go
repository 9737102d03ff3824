//go:build unix

package zmqtest

import (
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

	zmq "gozmq"
)

func outOfDescriptors(t *T) {
	if !t.Isolated() {
		return
	}
	pull, endpoint := t.Bound(zmq.PULL)
	w := t.Watch(pull, zmq.EventAcceptFailed, zmq.EventAccepted)
	client, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	t.OK(err)
	defer syscall.Close(client)

	release := exhaust(t)
	t.OK(syscall.Connect(client, loopbackAddress(t, endpoint)))
	t.Refused(w.Expect(zmq.EventAcceptFailed)[0].Err, syscall.EMFILE)
	release()
	w.Expect(zmq.EventAccepted)
	push := t.Socket(zmq.PUSH)
	t.Connect(push, endpoint)
	t.Send(push, "it goes on")
	t.Expect(pull, "it goes on")
}

// exhaust opens files until the process may open no more.
func exhaust(t *T) (release func()) {
	t.Helper()
	limit := syscall.Rlimit{}
	t.OK(syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	limit.Cur = min(limit.Max, 256) // more would take longer
	t.OK(syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit))
	var files []*os.File
	for {
		f, err := os.Open(os.DevNull)
		if err != nil {
			t.Refused(err, syscall.EMFILE)
			break
		}
		files = append(files, f)
	}
	return func() {
		for _, f := range files {
			t.OK(f.Close())
		}
	}
}

// loopbackAddress is that of a tcp endpoint at 127.0.0.1.
func loopbackAddress(t *T, endpoint string) syscall.Sockaddr {
	t.Helper()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(endpoint, "tcp://"))
	t.OK(err)
	n, err := strconv.Atoi(port)
	t.OK(err)
	return &syscall.SockaddrInet4{Port: n, Addr: [4]byte{127, 0, 0, 1}}
}

// needsDescriptors skips the test where the process may not open so many.
func (t *T) needsDescriptors(n uint64) {
	t.Helper()
	limit := syscall.Rlimit{}
	t.OK(syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	if uint64(limit.Cur) < n {
		t.Skipf("it takes %d descriptors, and the process may have %d (ulimit -n)", n, limit.Cur)
	}
}
