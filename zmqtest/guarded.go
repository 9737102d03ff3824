package zmqtest

import (
	"context"
	"errors"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/zap"
)

// handshakes are how a handshake ends.
const handshakes = zmq.EventHandshakeSucceeded | zmq.EventHandshakeFailed |
	zmq.EventHandshakeProtocol | zmq.EventHandshakeAuth

// A side is a socket whose handshakes are watched.
type side struct {
	*zmq.Socket
	ends *Watch
	t    *T
}

func (t *T) side(s *zmq.Socket) side { return side{s, t.Watch(s, handshakes), t} }

// guarded makes a server on the row's context, and a client in a context of its
// own. The zero Setting is one without security.
func (t *T) guarded(server, client zmq.Setting) (s, c side) {
	t.Helper()
	return t.guardedOn(t.Zctx(), server, client)
}

// guardedOn is guarded with the server on another context.
func (t *T) guardedOn(zctx *zmq.Context, server, client zmq.Setting) (s, c side) {
	t.Helper()
	s = t.side(testkit.Socket(t, zctx, zmq.DEALER, server))
	endpoint := t.Bind(s.Socket)
	c = t.side(testkit.Socket(t, t.NewContext(), zmq.DEALER, client))
	t.Connect(c.Socket, endpoint)
	return s, c
}

// expect waits for the next handshake's end, which must be this one; a nil
// reason is any.
func (s side) expect(typ zmq.EventType, reason error) {
	s.t.Helper()
	for {
		ev, err := s.ends.Recv(soon(s.t))
		s.t.OK(err)
		switch {
		case ev.Type == typ && (reason == nil || errors.Is(ev.Err, reason)):
			return
		case s.strangers(ev):
			s.t.Logf("a stranger's handshake ends with %v", ev)
		default:
			s.t.Fatalf("the handshake ends with %v, want %v: %v", ev, typ, reason)
		}
	}
}

// strangers reports whether an event may be a stranger's: over tcp a socket of
// another test or program may still look for who had the port before.
func (s side) strangers(ev zmq.MonitorEvent) bool {
	return s.t.Transport == "tcp" && (ev.Type == zmq.EventHandshakeFailed || errors.Is(ev.Err, zmq.ProtocolMechanismMismatch))
}

// refuses waits until the handler refuses a peer, after any handshakes that end
// otherwise.
func (s side) refuses(why zmq.AuthError) {
	s.t.Helper()
	if ev := s.ends.Expect(zmq.EventHandshakeAuth)[0]; !errors.Is(ev.Err, why) {
		s.t.Fatalf("the handshake ends with %v, want %v", ev, why)
	}
}

// failure waits for the next handshake's end, which must be bad.
func (s side) failure() error {
	s.t.Helper()
	ev, err := s.ends.Recv(soon(s.t))
	s.t.OK(err)
	if ev.Type == zmq.EventHandshakeSucceeded {
		s.t.Fatal("the handshake succeeded")
	}
	return ev.Err
}

// eventually waits for a handshake that succeeds, after any number that just
// ended: not by a word of the peer.
func (s side) eventually() {
	s.t.Helper()
	for {
		ev, err := s.ends.Recv(soon(s.t))
		s.t.OK(err)
		switch ev.Type {
		case zmq.EventHandshakeSucceeded:
			return
		case zmq.EventHandshakeFailed:
		default:
			s.t.Fatalf("the handshake ends with %v", ev)
		}
	}
}

// denied is what both sides see when the client is not let in.
func denied(s, c side, why zmq.AuthError) {
	s.t.Helper()
	s.expect(zmq.EventHandshakeAuth, why)
	c.expect(zmq.EventHandshakeAuth, why)
}

// quiet fails when there is another handshake. It proves something only after
// an effect that comes later.
func (s side) quiet() {
	s.t.Helper()
	if ev, ok := s.ends.next(); ok && !s.strangers(ev) {
		s.t.Fatalf("another handshake ended with %v", ev)
	}
}

// bounce sends a message there and back, after handshakes that succeed.
func bounce(s, c side) {
	t := s.t
	t.Helper()
	t.Send(c.Socket, "there", "1")
	t.Expect(s.Socket, "there", "1")
	t.Send(s.Socket, "back", "2")
	t.Expect(c.Socket, "back", "2")
	s.expect(zmq.EventHandshakeSucceeded, nil)
	c.expect(zmq.EventHandshakeSucceeded, nil)
}

// serve has handler decide about the context's peers.
func (t *T) serve(zctx *zmq.Context, handler zap.Handler) *zap.Server {
	t.Helper()
	srv, err := zap.Serve(zctx, handler)
	t.OK(err)
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

// briefHandshake sockets give up handshakes that do not end.
var briefHandshake = opt.HandshakeInterval.To(300 * time.Millisecond)

// retriesSoon has a socket connect again soon.
var retriesSoon = opt.ReconnectInterval.To(20 * time.Millisecond)

// rawHandler answers ZAP requests without package zap, until stop. A request is
// the frames behind the envelope; an answer of nil is none.
func (t *T) rawHandler(zctx *zmq.Context, answer func(request []string) []string) (stop func()) {
	t.Helper()
	router := testkit.Socket(t, zctx, zmq.ROUTER)
	t.OK(router.Bind(zap.Endpoint))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			frames, err := router.Recv(ctx)
			if err != nil {
				return
			}
			if reply := answer(testkit.Strings(frames[2:])); reply != nil {
				if err := router.Send(ctx, append(frames[:2:2], testkit.Bytes(reply...)...)...); err != nil {
					return
				}
			}
		}
	}()
	return func() {
		t.Helper()
		cancel()
		<-done
		t.OK(router.Close())
	}
}

// old are what peers of ZMTP 2.0 and 1.0 send first, with a message.
func old(socketType string) map[string][]byte {
	return map[string][]byte{
		"2.0": append(wire.Greeting2Bytes(socketType, ""), wire.MessageBytes("let me in")...),
		"1.0": append(wire.Frame1Bytes(0, ""), wire.Frame1Bytes(0, "let me in")...),
	}
}
