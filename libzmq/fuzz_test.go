package libzmq_test

import (
	"errors"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

// FuzzOption sets any option to any bytes, on any type of socket, and then
// uses the socket. Nothing may end the process; whether the option takes the
// bytes is libzmq's affair.
func FuzzOption(f *testing.F) {
	f.Add(uint8(zmq.SUB), 6, []byte("topic"))
	f.Add(uint8(zmq.DEALER), 17, []byte{0xff, 0xff, 0xff, 0xff})
	f.Add(uint8(zmq.ROUTER), 61, []byte("name"))
	f.Add(uint8(zmq.STREAM), -39, []byte("0"))
	f.Add(uint8(zmq.PUSH), 48, []byte(strings.Repeat("0", 41)))
	f.Fuzz(func(t *testing.T, typ uint8, num int, value []byte) {
		// USE_FD would hand one of the process's own descriptors over.
		if num == 89 {
			return
		}
		zctx := testlib.Context(t)
		s, err := zctx.NewSocket(zmq.SocketType(typ % 12))
		if err != nil {
			t.Fatal(err)
		}
		defer testkit.Drop(s)
		_ = s.Set(zmq.Option[[]byte](num).To(value))
		_, _ = zmq.Option[[]byte](num).Get(s)
		_, _ = zmq.Option[int](num).Get(s)
		_, _ = zmq.Option[string](num).Get(s)
		err = s.Bind("inproc://fuzz")
		if s.Type() == zmq.STREAM { // which is refused there, whatever its options
			if !errors.Is(err, zmq.ErrIncompatible) {
				t.Errorf("option %d set to %q: bind STREAM over inproc: %v", num, value, err)
			}
			err = nil
			_ = s.Bind("tcp://127.0.0.1:*") // options may forbid it
		}
		if err != nil {
			t.Errorf("option %d set to %q: %v", num, value, err)
		}
		_ = s.TrySend(zmq.NewMsg([]byte("x")))
	})
}

// FuzzEndpoint gives any text to the calls that take an endpoint.
func FuzzEndpoint(f *testing.F) {
	for _, endpoint := range []string{
		"", "tcp://", "tcp://127.0.0.1:*", "tcp://[::1]:0", "tcp://127.0.0.1:0;127.0.0.1:1", "tcp://127.0.0.1:99999",
		"inproc://a", "inproc://", "udp://127.0.0.1:1", "pgm://1", "tipc://{1,2,3}", "ws://127.0.0.1:1/x", "vmci://*:*", "nope://x",
	} {
		f.Add(uint8(zmq.DEALER), endpoint)
	}
	f.Fuzz(func(t *testing.T, typ uint8, endpoint string) {
		if slow(endpoint) {
			return
		}
		zctx, err := libzmq.NewContext()
		if err != nil {
			t.Fatal(err)
		}
		s, err := zctx.NewSocket(zmq.SocketType(typ % 12))
		if err != nil {
			t.Fatal(err)
		}
		bound, connected := s.Bind(endpoint) == nil, s.Connect(endpoint) == nil
		if strings.IndexByte(endpoint, 0) >= 0 && (bound || connected) {
			t.Errorf("%q was taken, up to its NUL", endpoint)
		}
		_ = s.Unbind(endpoint)
		_ = s.Disconnect(endpoint)
		testkit.Drop(s)
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
}

// slow are endpoints that say nothing about ours: names that are looked up,
// and files anywhere, which binding removes.
func slow(endpoint string) bool {
	transport, address, _ := strings.Cut(endpoint, "://")
	return transport == "ipc" || transport != "inproc" && strings.ContainsAny(strings.ToLower(address), "ghijklmnopqrstuvwyz%")
}
