package zmqtest

import (
	"context"
	"fmt"
	"net"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/zap"
)

// What Monitors are like, and what their events carry.
var monitors = []row{
	{
		id:   "N6",
		must: "a socket may have several Monitors, begun and ended at any time; each gets the events it asks for, whatever the others do",
		test: func(t *T) {
			t.Run("several", severalMonitors)
			t.Run("again and again", monitorsComeAndGo)
		},
	},
	{
		id: "N7", key: true,
		must: "a Monitor that nobody reads holds up neither its socket nor others: it drops its oldest events, and counts them",
		test: unreadMonitor,
	},
	{
		id:   "N8",
		must: "closing a socket or its context ends its Monitors: MONITOR_STOPPED, then ErrClosed, also to who waits",
		test: func(t *T) {
			t.Run("the socket", monitorEndsWithSocket)
			t.Run("the context", monitorEndsWithContext)
		},
	},
	{
		id:   "N9",
		must: "a handshake that fails is reported with its reason: a ProtocolError, an AuthError with the ZAP status, or the system's",
		test: handshakeFailures,
	},
	{
		id: "N10", over: remote,
		must: "events carry the endpoint they are about; one Value tells the events of a connection from those of another",
		test: whatEventsCarry,
	},
}

func severalMonitors(t *T) {
	server := t.Socket(zmq.PULL)
	all, some := t.Watch(server), t.Watch(server, zmq.EventAccepted, zmq.EventDisconnected)
	client := t.Connected(zmq.PUSH, t.Bind(server))
	all.Expect(zmq.EventListening, zmq.EventAccepted, zmq.EventHandshakeSucceeded)
	if ev, err := some.Recv(soon(t)); err != nil || ev.Type != zmq.EventAccepted {
		t.Errorf("the first event is %v, %v; want ACCEPTED", ev, err)
	}
	t.OK(all.Close())
	_, err := all.Recv(soon(t))
	t.Refused(err, zmq.ErrClosed)
	t.Refused(all.Close(), zmq.ErrClosed)
	again := t.Watch(server, zmq.EventDisconnected)
	t.Drop(client)
	some.Expect(zmq.EventDisconnected)
	again.Expect(zmq.EventDisconnected)
}

func monitorsComeAndGo(t *T) {
	// What a Monitor takes may be free again only some time after its Close.
	zctx := t.NewContext(opt.MaxSockets.To(2000))
	server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
	over, stop := context.WithCancel(t.Context())
	churning := testkit.NewGroup(t)
	churning.Go(func() error { // connections that come and go meanwhile
		for over.Err() == nil {
			c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
			if err != nil {
				return err
			}
			_, _ = c.Read(make([]byte, 1)) // the greeting: it was accepted
			_ = c.Close()
		}
		return nil
	})
	for i := range 300 {
		m, err := server.Monitor()
		t.OK(err)
		if i%10 == 0 {
			_, err := m.Recv(soon(t))
			t.OK(err)
		}
		t.OK(m.Close())
	}
	stop()
	churning.Wait()
}

func unreadMonitor(t *T) {
	s := t.Socket(zmq.PULL)
	w := t.Watch(s)
	const room, rounds = 4096, 4500 // of LISTENING and, unless it is gone too soon, CLOSED
	testkit.Returns(t, "the churn", func() {
		for range rounds {
			t.OK(s.Bind("tcp://127.0.0.1:*"))
			t.OK(s.Unbind(s.LastEndpoint()))
		}
	})
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "others go on")
	t.Expect(pull, "others go on")
	t.Send(t.Connected(zmq.PUSH, t.Bind(s)), "so does the socket")
	t.Expect(s, "so does the socket")

	t.Eventually("the oldest events are dropped", func() bool { return w.Dropped() >= rounds-room })
	t.Drop(s)
	rest := w.Rest() // reading makes room for the last of them
	if n := len(rest); n < room || rest[n-1].Type != zmq.EventMonitorStopped {
		t.Errorf("%d events are left, the last is %v; want the newest %d", n, rest[n-1], room)
	}
}

func monitorEndsWithSocket(t *T) {
	for range 50 {
		s := t.Socket(zmq.DEALER)
		w := t.Watch(s)
		waiting := testkit.NewGroup(t)
		waiting.Go(func() error {
			ev, err := w.Recv(soon(t))
			if err != nil || ev.Type != zmq.EventMonitorStopped {
				return fmt.Errorf("the event is %v, %v; want MONITOR_STOPPED", ev, err)
			}
			return nil
		})
		t.Drop(s)
		waiting.Wait()
		_, err := w.Recv(soon(t))
		t.Refused(err, zmq.ErrClosed)
		_, err = s.Monitor()
		t.Refused(err, zmq.ErrClosed)
	}
}

func monitorEndsWithContext(t *T) {
	var ends []*Watch
	for range 10 {
		s, _ := t.Bound(zmq.ROUTER)
		ends = append(ends, t.Watch(s))
	}
	t.OK(t.Zctx().Close())
	for _, w := range ends {
		stopsOnce(t, w)
	}
}

func handshakeFailures(t *T) {
	t.Run("another mechanism", func(t *T) {
		plain := wire.V31("PLAIN")
		s := t.side(t.Socket(zmq.PULL))
		wire.Dial(t, t.Bind(s.Socket)).Put(plain.Bytes()...)
		s.expect(zmq.EventHandshakeProtocol, zmq.ProtocolMechanismMismatch)
		l := wire.Listen(t, "tcp")
		c := t.side(t.Socket(zmq.PUSH))
		t.Connect(c.Socket, l.Endpoint)
		l.Accept().Put(plain.Bytes()...)
		c.expect(zmq.EventHandshakeProtocol, zmq.ProtocolMechanismMismatch)
	})
	for want, response := range map[zmq.AuthError]zap.Response{
		zmq.AuthTemporary: zap.TryLater("not now"), zmq.AuthDenied: zap.Deny("no"), zmq.AuthInternal: zap.Fail("broken"),
	} {
		t.Run(fmt.Sprintf("status %d", want), func(t *T) {
			handler := zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response { return response })
			s, c := t.guarded(zmq.Settings(zmq.TrackPeers(), zap.With(handler)), zmq.Setting{})
			s.expect(zmq.EventHandshakeAuth, want)
			if want != zmq.AuthTemporary { // of which the client is not told
				c.expect(zmq.EventHandshakeAuth, want)
			}
			if n, err := s.Peers(); n != 0 || err != nil {
				t.Errorf("%d peers, %v; want none", n, err)
			}
		})
	}
	t.Run("a peer that goes, and one that is silent", func(t *T) {
		s := t.Socket(zmq.PULL, opt.HandshakeInterval.To(20*time.Millisecond))
		w := t.Watch(s)
		endpoint := t.Bind(s)
		for _, silent := range []bool{false, true} {
			p := wire.Dial(t, endpoint)
			if !silent {
				_ = p.Close()
			}
			w.Expect(zmq.EventAccepted, zmq.EventHandshakeFailed, zmq.EventDisconnected)
		}
	})
}

func whatEventsCarry(t *T) {
	server := t.Socket(zmq.PULL)
	w := t.Watch(server)
	endpoint := t.Bind(server)
	values := map[uint64]bool{}
	var clients []*zmq.Socket
	for range 3 {
		client := t.Socket(zmq.PUSH)
		atClient := t.Watch(client)
		t.Connect(client, endpoint)
		clients = append(clients, client)
		for _, ev := range atClient.Expect(zmq.EventConnected, zmq.EventHandshakeSucceeded) {
			if ev.Endpoint != endpoint {
				t.Errorf("%v at the client is about %q, want %q", ev.Type, ev.Endpoint, endpoint)
			}
		}
		found := w.Expect(zmq.EventAccepted, zmq.EventHandshakeSucceeded)
		for _, ev := range found {
			if ev.Endpoint != endpoint {
				t.Errorf("%v at the server is about %q, want %q", ev.Type, ev.Endpoint, endpoint)
			}
		}
		values[found[0].Value] = true
	}
	if len(values) != len(clients) {
		t.Errorf("%d connections have the values %v", len(clients), values)
	}
	for _, client := range clients {
		t.Drop(client)
		ev := w.Expect(zmq.EventDisconnected)[0]
		if ev.Endpoint != endpoint || !values[ev.Value] {
			t.Errorf("%v with %d, of %v", ev, ev.Value, values)
		}
		delete(values, ev.Value)
	}

	other := t.Socket(zmq.PULL)
	w = t.Watch(other)
	t.Refused(other.Bind("tcp://203.0.113.1:5555"), syscall.EADDRNOTAVAIL) // for documentation (RFC 5737)
	// libzmq leaves the transport out.
	if ev := w.Expect(zmq.EventBindFailed)[0]; !strings.HasSuffix("tcp://203.0.113.1:5555", ev.Endpoint) || ev.Endpoint == "" {
		t.Errorf("BIND_FAILED is about %q", ev.Endpoint)
	}
}
