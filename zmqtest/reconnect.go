package zmqtest

import (
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// When connecting ends, and what it reports.
var givingUp = []row{
	{
		id: "H6", since: 40303,
		must: "with RECONNECT_STOP and CONN_REFUSED a refused connection is not tried again: CONNECT_DELAYED, CLOSED, no more",
		test: func(t *T) {
			s := t.Socket(zmq.PUSH, quickly, opt.ReconnectStop.To(opt.StopConnectionRefused))
			w := t.Watch(s)
			t.Connect(s, testkit.DeadEndpoint(t))
			w.Expect(zmq.EventConnectDelayed, zmq.EventClosed)
			t.givesUp(s, w)
		},
	},
	{
		id: "H7", since: 40303,
		must: "with RECONNECT_STOP and HANDSHAKE_FAILED a peer that hangs up or keeps silent in the handshake is not tried again",
		test: stopsAfterHandshake,
	},
	{
		id: "H8", over: []string{"ipc"}, since: 40305,
		must: "with RECONNECT_STOP and AFTER_DISCONNECT an ipc connection that is refused is not tried again after Disconnect, though messages wait",
		test: stopsAfterDisconnect,
	},
	{
		id:   "H9",
		must: "CONNECT_TIMEOUT ends a try that the network does not answer, and the next one follows",
		test: unansweredConnect,
	},
	{
		id:   "H10",
		must: "a reconnection is reported as DISCONNECTED, CONNECT_RETRIED, CONNECT_DELAYED, CONNECTED, HANDSHAKE_SUCCEEDED",
		test: orderOfReconnection,
	},
	{
		id:   "H11",
		must: "a peer that breaks the protocol is not connected to again",
		test: brokenProtocolIsTheEnd,
	},
}

// othersRetry waits until another socket of the row's context has tried to
// connect 20 times, every other millisecond, after what happened before.
func (t *T) othersRetry() {
	t.Helper()
	s := t.Socket(zmq.PUSH, quickly)
	w := t.Watch(s, zmq.EventConnectRetried)
	t.Connect(s, testkit.DeadEndpoint(t))
	for range 20 {
		w.Expect(zmq.EventConnectRetried)
	}
	t.Drop(s)
}

// givesUp fails when s, which reconnects quickly, tries to connect while
// another socket does 20 times. w has seen the end of its last try.
func (t *T) givesUp(s *zmq.Socket, w *Watch) {
	t.Helper()
	t.othersRetry()
	t.Drop(s)
	if tries := attempts(w.Rest()); len(tries) > 0 {
		t.Errorf("%v after the end", tries)
	}
}

// attempts are what of events is about trying to connect.
func attempts(events []zmq.MonitorEvent) (types []zmq.EventType) {
	const attempt = zmq.EventConnectDelayed | zmq.EventConnectRetried | zmq.EventConnected
	for _, ev := range events {
		if ev.Type&attempt != 0 {
			types = append(types, ev.Type)
		}
	}
	return types
}

func stopsAfterHandshake(t *T) {
	for _, silent := range []bool{false, true} {
		l := wire.Listen(t, "tcp")
		s := t.Socket(zmq.PUSH, quickly, opt.ReconnectStop.To(opt.StopHandshakeFailed),
			opt.HandshakeInterval.To(20*time.Millisecond))
		w := t.Watch(s)
		t.Connect(s, l.Endpoint)
		p := l.Accept()
		if !silent {
			_ = p.Close()
		}
		w.Expect(zmq.EventConnected, zmq.EventHandshakeFailed, zmq.EventDisconnected)
		t.givesUp(s, w)
	}
}

func stopsAfterDisconnect(t *T) {
	endpoint := staleSocket(t)
	trying := func(message string, settings ...zmq.Setting) *zmq.Socket {
		s := t.Socket(zmq.PUSH, append(settings, quickly)...)
		w := t.Watch(s, zmq.EventConnectRetried)
		t.Connect(s, endpoint)
		t.Send(s, message)
		w.Expect(zmq.EventConnectRetried)
		t.OK(s.Disconnect(endpoint))
		return s
	}
	stops := trying("dropped", opt.ReconnectStop.To(opt.StopAfterDisconnect), opt.Linger.To(time.Second))
	w := t.Watch(stops, zmq.EventConnectRetried)
	goesOn := t.Watch(trying("kept"), zmq.EventConnectRetried)
	for range 20 {
		goesOn.Expect(zmq.EventConnectRetried)
	}
	t.Drop(stops)
	if tries := w.Rest(); len(tries) > 1 { // one may have been under way
		t.Errorf("%d tries after Disconnect", len(tries))
	}
	server := t.Socket(zmq.PULL)
	t.OK(server.Bind(endpoint))
	t.Expect(server, "kept")
	t.ExpectNone(server)
}

func unansweredConnect(t *T) {
	const timeout = 30 * time.Millisecond
	endpoint, answer := unanswered(t)
	s := t.Socket(zmq.PUSH, quickly, opt.ConnectTimeout.To(timeout))
	w := t.Watch(s)
	began := time.Now()
	t.Connect(s, endpoint)
	w.Expect(zmq.EventConnectDelayed, zmq.EventClosed)
	if took := time.Since(began); took < timeout-5*time.Millisecond { // clocks may be coarse
		t.Errorf("the first try ended after %v, want %v", took, timeout)
	}
	w.Expect(zmq.EventConnectRetried, zmq.EventConnectDelayed, zmq.EventClosed, zmq.EventConnectRetried)
	answer()
	w.Expect(zmq.EventConnected)
}

func orderOfReconnection(t *T) {
	endpoint := t.Free()
	server := t.Socket(zmq.PULL)
	t.OK(server.Bind(endpoint))
	client := t.Socket(zmq.PUSH, quickly)
	w := t.Watch(client)
	t.Connect(client, endpoint)
	w.Expect(zmq.EventHandshakeSucceeded)
	t.Drop(server)
	t.BindAt(t.Socket(zmq.PULL), endpoint)
	order := w.Order(zmq.EventHandshakeSucceeded)
	// Tries that fail in between end with CLOSED.
	retry := "CONNECT_RETRIED CONNECT_DELAYED "
	order = strings.ReplaceAll(order, retry+"CLOSED ", "")
	if want := "DISCONNECTED " + retry + "CONNECTED HANDSHAKE_SUCCEEDED"; order != want {
		t.Errorf("the order is %s, want %s", order, want)
	}
}

func brokenProtocolIsTheEnd(t *T) {
	greeting := wire.V31("NULL")
	for what, breaks := range map[string]func(p *wire.Peer){
		"another mechanism":       func(p *wire.Peer) { other := wire.V31("PLAIN"); p.Put(other.Bytes()...) },
		"an unfit socket type":    func(p *wire.Peer) { p.Null("PUB") },
		"a command out of turn":   func(p *wire.Peer) { p.Greet(greeting); p.Command("WELCOME", "") },
		"an ERROR":                func(p *wire.Peer) { p.Greet(greeting); p.Command("ERROR", wire.ErrorBody("go away")) },
		"metadata that break off": func(p *wire.Peer) { p.Greet(greeting); p.Command("READY", "\x0bSocket-Type\x00\x00") },
		"a frame over MAXMSGSIZE": func(p *wire.Peer) { p.Null("DEALER"); p.Send(string(make([]byte, 1001))) },
	} {
		t.Run(what, func(t *T) {
			l := wire.Listen(t, "tcp")
			s := t.Socket(zmq.DEALER, quickly, opt.MaxMsgSize.To(1000))
			w := t.Watch(s)
			t.Connect(s, l.Endpoint)
			breaks(l.Accept())
			w.Expect(zmq.EventDisconnected)
			t.givesUp(s, w)
		})
	}
}
