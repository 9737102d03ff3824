package security

import (
	"context"
	"errors"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
	"gozmq/zap"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const handshakes = zmq.EventHandshakeSucceeded | zmq.EventHandshakeFailed |
	zmq.EventHandshakeProtocol | zmq.EventHandshakeAuth

// side is a socket whose handshakes are watched.
type side struct {
	*zmq.Socket
	mon *zmq.Monitor
}

func watched(t testing.TB, s *zmq.Socket) side {
	t.Helper()
	m, err := s.Monitor(handshakes)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return side{s, m}
}

// expect waits for the next handshake's end, which must be this one.
func (s side) expect(t testing.TB, typ zmq.EventType, reason error) {
	t.Helper()
	e, err := s.mon.Recv(testkit.Soon(t))
	if err != nil {
		t.Fatal(err)
	}
	if e.Type != typ || reason != nil && !errors.Is(e.Err, reason) {
		t.Fatalf("event is %v, want %v: %v", e, typ, reason)
	}
}

// quiet fails when there is another handshake. It proves something only after
// an effect that comes later.
func (s side) quiet(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if e, err := s.mon.Recv(ctx); err == nil {
		t.Fatalf("event %v, want none", e)
	}
}

// pair makes a server and a client of it, each in a context of its own.
func pair(t testing.TB, zctx *zmq.Context, server, client zmq.Setting) (s, c side) {
	t.Helper()
	s = watched(t, testkit.Socket(t, zctx, zmq.DEALER, server))
	endpoint := testkit.Bind(t, s.Socket, "tcp")
	c = watched(t, testkit.Socket(t, testlib.Context(t), zmq.DEALER, client))
	if err := c.Connect(endpoint); err != nil {
		t.Fatal(err)
	}
	return s, c
}

// bounce sends a message there and back.
func bounce(t testing.TB, s, c side) {
	t.Helper()
	testkit.Send(t, c.Socket, "there", "1")
	testkit.Expect(t, s.Socket, "there", "1")
	testkit.Send(t, s.Socket, "back", "2")
	testkit.Expect(t, c.Socket, "back", "2")
	s.expect(t, zmq.EventHandshakeSucceeded, nil)
	c.expect(t, zmq.EventHandshakeSucceeded, nil)
}

// serve has handler decide about the context's peers.
func serve(t testing.TB, zctx *zmq.Context, handler zap.HandlerFunc, options ...zap.Option) *zap.Server {
	t.Helper()
	srv, err := zap.Serve(zctx, handler, options...)
	if err != nil {
		t.Fatal(err)
	}
	return srv
}

// always gives every request the same response, and keeps the requests.
func always(r zap.Response) (zap.HandlerFunc, chan *zap.Request) {
	asked := make(chan *zap.Request, 100)
	return func(_ context.Context, req *zap.Request) zap.Response {
		asked <- req
		return r
	}, asked
}

type keys struct {
	curve.Public
	secret curve.Secret
}

func newKeys(t testing.TB) keys {
	t.Helper()
	p, s, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	return keys{p, s}
}

// impatient sockets give up handshakes that do not end.
var impatient = opt.HandshakeInterval.To(300 * time.Millisecond)
