package socket

import (
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestSet(t *testing.T) {
	endpoint := testkit.Endpoint(t, "inproc")
	socks := NewSet(testlib.Context(t))
	defer socks.Close()
	pull := socks.Bind(zmq.PULL, endpoint)
	push := socks.Connect(zmq.PUSH, endpoint)
	if err := socks.Err(); err != nil {
		t.Fatal(err)
	}
	testkit.Send(t, push, "through")
	testkit.Expect(t, pull, "through")
	socks.Close()
	testkit.WantError(t, push.Send(testkit.Soon(t), nil), zmq.ErrClosed)
}

func TestSetKeepsTheFirstError(t *testing.T) {
	endpoint := testkit.Endpoint(t, "inproc")
	socks := NewSet(testlib.Context(t))
	defer socks.Close()
	socks.Bind(zmq.PULL, endpoint)
	second := socks.Bind(zmq.PULL, endpoint)
	third := socks.Connect(zmq.PUSH, "no endpoint")
	testkit.WantError(t, socks.Err(), syscall.EADDRINUSE)
	for _, sock := range []*zmq.Socket{second, third} {
		testkit.WantError(t, sock.Connect(endpoint), zmq.ErrClosed)
	}
}
