package zmqtest

import (
	"context"
	"errors"
	"net"
	"runtime"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// What is closed, nil, empty or forgotten.
var misuse = []row{
	{
		id:   "I16",
		must: "a second Close, and every other call on a closed socket, is ErrClosed, which is net.ErrClosed",
		test: func(t *T) {
			for typ := zmq.PAIR; typ <= zmq.STREAM; typ++ {
				s := t.Socket(typ)
				t.OK(s.Close())
				wantClosed(t, s)
			}
		},
	},
	{
		id:   "I17",
		must: "nil and zero values are ErrClosed or empty, nil arguments ErrInvalid; nothing panics",
		test: func(t *T) {
			t.Run("sockets", func(t *T) { wantClosed(t, nil); wantClosed(t, new(zmq.Socket)) })
			t.Run("contexts", noContext)
			t.Run("messages", noMessage)
			t.Run("arguments", nilArguments)
			t.Run("monitors", noMonitor)
		},
	},
	{
		id:   "I18",
		must: "contexts that are forgotten without Close hold up neither the garbage collector nor other contexts",
		test: forgottenContexts,
	},
}

// methods are all of a Socket's. Their errors must be orderly, whatever the
// socket is.
func methods(s *zmq.Socket) map[string]func() error {
	ctx := context.Background()
	return map[string]func() error{
		"Send":    func() error { return s.Send(ctx, []byte("id"), []byte("x")) },
		"SendMsg": func() error { return s.SendMsg(ctx, zmq.NewMsg([]byte("id"), []byte("x"))) },
		"TrySend": func() error { return s.TrySend(zmq.NewMsg([]byte("id"), []byte("x"))) },
		"SendBatch": func() error {
			_, err := s.SendBatch(ctx, []zmq.Msg{*zmq.NewMsg([]byte("id"), []byte("x"))})
			return err
		},
		"Recv":       func() error { _, err := s.Recv(ctx); return err },
		"RecvMsg":    func() error { return s.RecvMsg(ctx, new(zmq.Msg)) },
		"TryRecv":    func() error { return s.TryRecv(new(zmq.Msg)) },
		"RecvBatch":  func() error { _, err := s.RecvBatch(ctx, make([]zmq.Msg, 1)); return err },
		"Bind":       func() error { return s.Bind("inproc://misuse") },
		"Connect":    func() error { return s.Connect("inproc://misuse") },
		"Unbind":     func() error { return s.Unbind("inproc://misuse") },
		"Disconnect": func() error { return s.Disconnect("inproc://misuse") },
		"Set":        func() error { return s.Set(opt.Linger.To(0)) },
		"Get":        func() error { _, err := opt.Linger.Get(s); return err },
		"Monitor":    func() error { _, err := s.Monitor(); return err },
		"Poller":     func() error { return new(zmq.Poller).Add(s, zmq.In) },
		"Close":      func() error { return s.Close() },
	}
}

func wantClosed(t *T, s *zmq.Socket) {
	t.Helper()
	for name, call := range methods(s) {
		if err := call(); !errors.Is(err, zmq.ErrClosed) || !errors.Is(err, net.ErrClosed) {
			t.Errorf("%v: %s: %v, want %v", s.Type(), name, err, zmq.ErrClosed)
		}
	}
	if got := s.LastEndpoint(); got != "" {
		t.Errorf("LastEndpoint is %q", got)
	}
}

func noContext(t *T) {
	for _, zctx := range []*zmq.Context{nil, new(zmq.Context)} {
		_, err := zctx.NewSocket(zmq.PAIR)
		t.Refused(err, zmq.ErrClosed)
		t.Refused(zctx.Set(opt.MaxSockets.To(1)), zmq.ErrClosed)
		_, err = opt.MaxSockets.Get(zctx)
		t.Refused(err, zmq.ErrClosed)
		t.Refused(zctx.Shutdown(t.Context()), zmq.ErrClosed)
		t.Refused(zctx.Close(), zmq.ErrClosed)
		if zctx.Has("ipc") || zctx.Version() != 0 {
			t.Error("it has an engine")
		}
	}
}

func noMessage(t *T) {
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
}

func nilArguments(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	var none context.Context
	_, err := pull.Recv(none)
	t.Refused(err, zmq.ErrInvalid)
	t.Refused(push.Send(none, []byte("x")), zmq.ErrInvalid)
	t.Refused(t.Zctx().Shutdown(none), zmq.ErrInvalid)

	ctx := testkit.Soon(t)
	t.Refused(push.Send(ctx), zmq.ErrInvalid)
	t.Refused(push.SendMsg(ctx, nil), zmq.ErrInvalid)
	t.Refused(push.SendMsg(ctx, new(zmq.Msg)), zmq.ErrInvalid)
	t.Refused(push.TrySend(nil), zmq.ErrInvalid)
	t.Refused(pull.RecvMsg(ctx, nil), zmq.ErrInvalid)
	t.Refused(pull.TryRecv(nil), zmq.ErrInvalid)
	if n, err := push.SendBatch(ctx, make([]zmq.Msg, 3)); n != 0 || !errors.Is(err, zmq.ErrInvalid) {
		t.Errorf("%d messages without frames were sent, %v", n, err)
	}
	if n, err := push.SendBatch(ctx, nil); n != 0 || err != nil {
		t.Errorf("sending nothing: %d, %v", n, err)
	}
	if n, err := pull.RecvBatch(ctx, nil); n != 0 || err != nil {
		t.Errorf("receiving into nothing: %d, %v", n, err)
	}
	t.OK(push.Send(ctx, nil)) // a nil frame is an empty one
	t.Expect(pull, "")
}

func noMonitor(t *T) {
	for _, m := range []*zmq.Monitor{nil, new(zmq.Monitor)} {
		_, err := m.Recv(t.Context())
		t.Refused(err, zmq.ErrClosed)
		t.Refused(m.Close(), zmq.ErrClosed)
		t.Refused(m.Log(t.Context(), nil), zmq.ErrInvalid)
		if m.Dropped() != 0 {
			t.Error("a Monitor of nothing has dropped events")
		}
		for range m.Events(t.Context()) {
			t.Error("a Monitor of nothing has events")
		}
	}
	s := t.Socket(zmq.PULL)
	for _, bad := range []zmq.EventType{0, 1 << 16, 1 << 63} {
		_, err := s.Monitor(bad)
		t.Refused(err, zmq.ErrInvalid)
	}
	var none context.Context
	_, err := t.Watch(s).Recv(none)
	t.Refused(err, zmq.ErrInvalid)
}

func forgottenContexts(t *T) {
	if !t.Isolated() {
		return
	}
	testkit.LeaveBehind()
	for range 10 {
		forget(t)
	}
	// Two rounds: a finalizer that held up the others would do so in the
	// second at the latest.
	for range 2 {
		collected := make(chan struct{})
		runtime.AddCleanup(new([64]byte), func(done chan struct{}) { close(done) }, collected)
		t.Eventually("the garbage is collected", func() bool {
			runtime.GC()
			select {
			case <-collected:
				return true
			default:
				return false
			}
		})
	}
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "others go on")
	t.Expect(pull, "others go on")
}

// forget leaves a context with an unsent message and a socket in use.
func forget(t *T) {
	t.Helper()
	zctx, err := t.new()
	t.OK(err)
	push, err := zctx.NewSocket(zmq.PUSH)
	t.OK(err)
	t.Connect(push, "tcp://127.0.0.1:1")
	t.Send(push, "unsent")
	pull, err := zctx.NewSocket(zmq.PULL)
	t.OK(err)
	go func() { _, _ = pull.Recv(context.Background()) }()
}
