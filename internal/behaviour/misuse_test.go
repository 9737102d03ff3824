package behaviour

import (
	"errors"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

func TestMisuse(t *testing.T) {
	zctx := testlib.Context(t)
	t.Run("C5 D9 the wrong direction is ErrNotSupported and errors.ErrUnsupported", func(t *testing.T) {
		for _, typ := range []zmq.SocketType{zmq.SUB, zmq.PULL} {
			err := testkit.Socket(t, zctx, typ).Send(testkit.Soon(t), []byte("x"))
			testkit.WantError(t, err, zmq.ErrNotSupported)
			testkit.WantError(t, err, errors.ErrUnsupported)
		}
		for _, typ := range []zmq.SocketType{zmq.PUB, zmq.PUSH} {
			_, err := testkit.Socket(t, zctx, typ).Recv(testkit.Soon(t))
			testkit.WantError(t, err, zmq.ErrNotSupported)
			testkit.WantError(t, err, errors.ErrUnsupported)
		}
		testkit.WantError(t, testkit.Socket(t, zctx, zmq.PULL).Subscribe(""), zmq.ErrNotSupported)
	})
	t.Run("V17 a draft type is errors.ErrUnsupported on a library without drafts", func(t *testing.T) {
		if zctx.Has("draft") {
			t.Skip("this library has drafts")
		}
		for typ := zmq.SERVER; typ <= zmq.CHANNEL; typ++ {
			_, err := zctx.NewSocket(typ)
			if !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(err.Error(), typ.String()) {
				t.Errorf("%v: error is %v", typ, err)
			}
		}
		for _, typ := range []zmq.SocketType{-1, 21, 1 << 40} {
			_, err := zctx.NewSocket(typ)
			testkit.WantError(t, err, zmq.ErrInvalid)
		}
	})
}

func TestEndpoints(t *testing.T) {
	zctx := testlib.Context(t)
	t.Run("K8 L7 an address in use is syscall.EADDRINUSE", func(t *testing.T) {
		for _, transport := range []string{"tcp", "inproc"} {
			_, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport)
			testkit.WantError(t, testkit.Socket(t, zctx, zmq.PULL).Bind(endpoint), syscall.EADDRINUSE)
		}
	})
	t.Run("L7 inproc names belong to one context", func(t *testing.T) {
		_, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		other, err := libzmq.NewContext()
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}()
		s, err := other.NewSocket(zmq.PULL)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Bind(endpoint); err != nil {
			t.Error(err)
		}
	})
	t.Run("K5 an endpoint that was never bound or connected is syscall.ENOENT", func(t *testing.T) {
		s, _ := testkit.Bound(t, zctx, zmq.PULL, "tcp")
		for _, endpoint := range []string{"tcp://127.0.0.1:1", "inproc://unknown", "ipc:///tmp/unknown"} {
			testkit.WantError(t, s.Unbind(endpoint), syscall.ENOENT)
			testkit.WantError(t, s.Disconnect(endpoint), syscall.ENOENT)
		}
	})
	t.Run("K1 K2 K3 LastEndpoint is the newest, without wildcards", func(t *testing.T) {
		s := testkit.Socket(t, zctx, zmq.PULL)
		if got := s.LastEndpoint(); got != "" {
			t.Errorf("it is %q before the first", got)
		}
		for _, c := range []struct{ endpoint, prefix string }{
			{"tcp://*:*", "tcp://0.0.0.0:"}, {"tcp://127.0.0.1:*", "tcp://127.0.0.1:"}, {"ipc://*", "ipc://"}, {"inproc://last", "inproc://last"},
		} {
			if err := s.Bind(c.endpoint); err != nil {
				t.Fatal(err)
			}
			if got := s.LastEndpoint(); !strings.HasPrefix(got, c.prefix) || strings.Contains(got, "*") {
				t.Errorf("after Bind(%q) it is %q", c.endpoint, got)
			}
		}
	})
	t.Run("K4 Unbind by LastEndpoint frees the address", func(t *testing.T) {
		for _, transport := range testkit.Transports {
			s, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport)
			if err := s.Unbind(endpoint); err != nil {
				t.Fatal(err)
			}
			next := testkit.Socket(t, zctx, zmq.PULL)
			testkit.Eventually(t, "the address is free", func() bool { return next.Bind(endpoint) == nil })
		}
	})
	t.Run("M1 M7 a stale socket file does not block Bind", func(t *testing.T) {
		path := filepath.Join(filepath.Dir(strings.TrimPrefix(testkit.Endpoint(t, "ipc"), "ipc://")), "stale")
		l, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := testkit.Socket(t, zctx, zmq.PULL).Bind("ipc://" + path); err != nil {
			t.Error(err)
		}
	})
}
