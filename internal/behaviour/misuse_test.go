package behaviour

import (
	"context"
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
	"gozmq/opt"
)

// methods are all of a Socket's. Their errors must be orderly, whatever the
// socket is.
func methods(s *zmq.Socket) map[string]func() error {
	ctx := context.Background()
	return map[string]func() error{
		"Send":        func() error { return s.Send(ctx, []byte("x")) },
		"SendMsg":     func() error { return s.SendMsg(ctx, zmq.NewMsg([]byte("x"))) },
		"TrySend":     func() error { return s.TrySend(zmq.NewMsg([]byte("x"))) },
		"SendBatch":   func() error { _, err := s.SendBatch(ctx, []zmq.Msg{}[:0:0]); return orClosed(s, err) },
		"Recv":        func() error { _, err := s.Recv(ctx); return err },
		"RecvMsg":     func() error { return s.RecvMsg(ctx, new(zmq.Msg)) },
		"TryRecv":     func() error { return s.TryRecv(new(zmq.Msg)) },
		"RecvBatch":   func() error { _, err := s.RecvBatch(ctx, make([]zmq.Msg, 1)); return err },
		"Bind":        func() error { return s.Bind("inproc://misuse") },
		"Connect":     func() error { return s.Connect("inproc://misuse") },
		"Unbind":      func() error { return s.Unbind("inproc://misuse") },
		"Disconnect":  func() error { return s.Disconnect("inproc://misuse") },
		"Set":         func() error { return s.Set(opt.Linger.To(0)) },
		"Get":         func() error { _, err := opt.Linger.Get(s); return err },
		"Subscribe":   func() error { return s.Subscribe("") },
		"Unsubscribe": func() error { return s.Unsubscribe("") },
		"Close":       func() error { return s.Close() },
	}
}

// orClosed: sending no messages is no error on any socket.
func orClosed(s *zmq.Socket, err error) error {
	if err == nil {
		return zmq.ErrClosed
	}
	return err
}

func TestMisuse(t *testing.T) {
	zctx := testlib.Context(t)
	closed, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	for what, s := range map[string]*zmq.Socket{"a nil Socket": nil, "the zero Socket": new(zmq.Socket), "a closed Socket": closed} {
		t.Run("I16 I17 every method of "+what+" is ErrClosed", func(t *testing.T) {
			for name, call := range methods(s) {
				if err := call(); !errors.Is(err, zmq.ErrClosed) || !errors.Is(err, net.ErrClosed) {
					t.Errorf("%s: error is %v, want %v", name, err, zmq.ErrClosed)
				}
			}
			if got := s.LastEndpoint(); got != "" {
				t.Errorf("LastEndpoint is %q", got)
			}
			_ = s.Type()
		})
	}
	for what, c := range map[string]*zmq.Context{"a nil Context": nil, "the zero Context": new(zmq.Context)} {
		t.Run("I17 every method of "+what+" is ErrClosed", func(t *testing.T) {
			_, err := c.NewSocket(zmq.PAIR)
			testkit.WantError(t, err, zmq.ErrClosed)
			testkit.WantError(t, c.Set(opt.MaxSockets.To(1)), zmq.ErrClosed)
			_, err = opt.MaxSockets.Get(c)
			testkit.WantError(t, err, zmq.ErrClosed)
			testkit.WantError(t, c.Shutdown(context.Background()), zmq.ErrClosed)
			testkit.WantError(t, c.Close(), zmq.ErrClosed)
			if c.Has("ipc") {
				t.Error("it has ipc")
			}
		})
	}
	t.Run("I17 a nil and a zero Msg", func(t *testing.T) {
		for _, m := range []*zmq.Msg{nil, new(zmq.Msg)} {
			m.Reset()
			m.Release()
			m.Append()
			m.SetRoutingID(0)
			m.SetGroup("")
			if m.Len() != 0 || m.Frame(0) != nil || m.Frame(-1) != nil || len(m.Frames()) != 0 || m.RoutingID() != 0 || m.Group() != "" {
				t.Errorf("%v is not empty", m)
			}
			_ = m.Clone()
		}
	})
	t.Run("I17 nil arguments and messages without frames are ErrInvalid", func(t *testing.T) {
		pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		var none context.Context
		_, err := pull.Recv(none)
		testkit.WantError(t, err, zmq.ErrInvalid)
		testkit.WantError(t, push.Send(none, []byte("x")), zmq.ErrInvalid)
		testkit.WantError(t, push.Send(testkit.Soon(t)), zmq.ErrInvalid)
		testkit.WantError(t, push.SendMsg(testkit.Soon(t), nil), zmq.ErrInvalid)
		testkit.WantError(t, push.SendMsg(testkit.Soon(t), new(zmq.Msg)), zmq.ErrInvalid)
		testkit.WantError(t, push.TrySend(nil), zmq.ErrInvalid)
		testkit.WantError(t, pull.RecvMsg(testkit.Soon(t), nil), zmq.ErrInvalid)
		testkit.WantError(t, pull.TryRecv(nil), zmq.ErrInvalid)
		n, err := push.SendBatch(testkit.Soon(t), make([]zmq.Msg, 3))
		testkit.WantError(t, err, zmq.ErrInvalid)
		if n != 0 {
			t.Errorf("%d messages without frames were sent", n)
		}
		if n, err := pull.RecvBatch(testkit.Soon(t), nil); n != 0 || err != nil {
			t.Errorf("receiving into nothing: %d, %v", n, err)
		}
		var empty context.Context
		testkit.WantError(t, zctx.Shutdown(empty), zmq.ErrInvalid)
		testkit.Send(t, push, "") // a nil frame is an empty one
		testkit.Expect(t, pull, "")
	})
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
	t.Run("NewSocket is all or nothing", func(t *testing.T) {
		few := testlib.Context(t, opt.MaxSockets.To(5))
		for range 5 {
			_, err := few.NewSocket(zmq.PULL, opt.Linger.To(0), opt.Subscribe.To([]byte("x")))
			testkit.WantError(t, err, errors.ErrUnsupported)
		}
		testkit.Eventually(t, "there is room for a socket", func() bool {
			s, err := few.NewSocket(zmq.PULL)
			if err == nil {
				testkit.Drop(s)
			}
			return err == nil
		})
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

func TestTooManySockets(t *testing.T) {
	zctx := testlib.Context(t)
	var all []*zmq.Socket
	for {
		s, err := zctx.NewSocket(zmq.PULL)
		if err != nil {
			testkit.WantError(t, err, zmq.ErrTooManySockets)
			testkit.WantError(t, err, syscall.EMFILE)
			break
		}
		if all = append(all, s); len(all) > 2000 {
			t.Fatal("no limit is met")
		}
	}
	if len(all) != 1023 {
		t.Errorf("I20 the limit is met after %d sockets, want 1023", len(all))
	}
	for _, s := range all[:10] {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	testkit.Eventually(t, "closing makes room", func() bool {
		s, err := zctx.NewSocket(zmq.PULL)
		if err == nil {
			testkit.Drop(s)
		}
		return err == nil
	})
}
