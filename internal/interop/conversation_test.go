package interop

import (
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// A conversation is what two sockets of a pair of types have to say to each
// other. Each is held over every transport, with each implementation in each
// role, whoever binds.
type conversation struct {
	name     string
	a, b     zmq.SocketType
	aOptions []option
	bOptions []option
	talk     func(t *testing.T, a, b peer)
}

var conversations = []conversation{
	{name: "REQ and REP", a: zmq.REQ, b: zmq.REP, talk: request},
	{name: "REQ and ROUTER", a: zmq.REQ, b: zmq.ROUTER, talk: request},
	{name: "DEALER and REP", a: zmq.DEALER, b: zmq.REP, talk: enveloped},
	{name: "PUSH and PULL", a: zmq.PUSH, b: zmq.PULL, talk: oneWay},
	{name: "PUB and SUB", a: zmq.PUB, b: zmq.SUB, aOptions: dropsNothing, bOptions: subscribed("sync", "a."), talk: filtered},
	{name: "XPUB and SUB", a: zmq.XPUB, b: zmq.SUB, aOptions: dropsNothing, bOptions: subscribed(""), talk: announced},
	{name: "PUB and XSUB", a: zmq.PUB, b: zmq.XSUB, aOptions: dropsNothing, talk: asked},
	{name: "XPUB and XSUB", a: zmq.XPUB, b: zmq.XSUB, aOptions: dropsNothing, talk: upstream},
	{name: "DEALER and ROUTER", a: zmq.DEALER, b: zmq.ROUTER, aOptions: named("dealer"), talk: routed},
	{name: "DEALER and DEALER", a: zmq.DEALER, b: zmq.DEALER, talk: bothWays},
	{name: "ROUTER and ROUTER", a: zmq.ROUTER, b: zmq.ROUTER, aOptions: probing("a"), bOptions: probing("b"), talk: introduced},
	{name: "PAIR and PAIR", a: zmq.PAIR, b: zmq.PAIR, talk: bothWays},
}

// dropsNothing lets a publisher queue what its subscriber has yet to read.
var dropsNothing = []option{{"SNDHWM", 0, opt.SendHWM.To(0)}}

func subscribed(prefixes ...string) (all []option) {
	for _, p := range prefixes {
		all = append(all, option{"SUBSCRIBE", []byte(p), opt.Subscribe.To([]byte(p))})
	}
	return all
}

func named(id string) []option {
	return []option{{"ROUTING_ID", []byte(id), opt.RoutingID.To(id)}}
}

func probing(id string) []option {
	return append(named(id), option{"PROBE_ROUTER", 1, opt.ProbeRouter.To(true)})
}

// request: a asks, b gives the same back.
func request(t *testing.T, a, b peer) {
	t.Helper()
	all := append(allPayloads(), stream()...)
	done := b.echo(t, len(all))
	same(t, "answers", a.ask(t, all), all)
	done()
}

// enveloped: a DEALER puts the empty frame first that REP needs, and gets it
// back.
func enveloped(t *testing.T, a, b peer) {
	t.Helper()
	var all []message
	for _, m := range append(allPayloads(), stream()...) {
		all = append(all, append(message{{}}, m...))
	}
	done := b.echo(t, len(all))
	same(t, "answers", a.ask(t, all), all)
	done()
}

// oneWay: everything from a reaches b.
func oneWay(t *testing.T, a, b peer) {
	t.Helper()
	for _, p := range payloads {
		a.send(t, p.msg)
		same(t, p.name, b.recv(t, 1), []message{p.msg})
	}
	a.send(t, stream()...)
	same(t, "a stream", b.recv(t, streamed), stream())
}

func bothWays(t *testing.T, a, b peer) {
	t.Helper()
	oneWay(t, a, b)
	oneWay(t, b, a)
}

// filtered: b has subscribed to "sync" and "a." and gets nothing else. a
// repeats a message until b has it: then the subscriptions have arrived.
func filtered(t *testing.T, a, b peer) {
	t.Helper()
	repeat(t, a, b, message{[]byte("sync")})
	a.send(t, text("a.1"), text("b.2"), text("a"), text("a.3", "b"), text("b", "a."), text("sync end"))
	same(t, "by prefix", b.recv(t, 3), []message{text("a.1"), text("a.3", "b"), text("sync end")})
	var want []message
	for _, m := range append(allPayloads(), stream()[:100]...) {
		want = append(want, append(message{[]byte("a.")}, m...))
	}
	a.send(t, want...)
	same(t, "everything", b.recv(t, len(want)), want)
}

// repeat sends m from a to b until it arrives, then reads the repetitions.
func repeat(t *testing.T, a, b peer, m message) {
	t.Helper()
	for {
		a.send(t, m)
		if _, ok := b.within(t, 20); ok {
			break
		}
	}
	end := text("sync", "end")
	a.send(t, end)
	for different(b.recv(t, 1)[0], end) != "" {
	}
}

// announced: XPUB hears of the subscription before it sends.
func announced(t *testing.T, a, b peer) {
	t.Helper()
	hear(t, a, b, text("\x01"))
	oneWay(t, a, b)
}

// hear waits until a receives what b sends to each new peer by itself: its
// subscription or its probe. A bound socket of pyzmq does so only while it is
// called, so it is.
func hear(t *testing.T, a, b peer, want message) {
	t.Helper()
	for end := time.Now().Add(testkit.Hang); time.Now().Before(end); b.do(t) {
		if m, ok := a.within(t, 20); ok {
			same(t, "what comes by itself", []message{m}, []message{want})
			return
		}
	}
	t.Fatal("nothing comes")
}

// asked: XSUB subscribes by a message. PUB cannot see it.
func asked(t *testing.T, a, b peer) {
	t.Helper()
	b.send(t, text("\x01"))
	repeat(t, a, b, message{[]byte("sync")})
	oneWay(t, a, b)
}

// upstream: XSUB subscribes by a message and then sends others up.
func upstream(t *testing.T, a, b peer) {
	t.Helper()
	b.send(t, text("\x01a."))
	hear(t, a, b, text("\x01a."))
	// Now they are connected. What is no subscription would be lost before.
	up := []message{text("\x01"), text("hello", "up there"), text("\x00a.")}
	b.send(t, up...)
	same(t, "what XSUB sent", a.recv(t, len(up)), up)
	oneWay(t, a, b)
}

// routed: ROUTER sees the DEALER's name first, and answers by it.
func routed(t *testing.T, a, b peer) {
	t.Helper()
	name := []byte("dealer")
	all := append(allPayloads(), stream()[:500]...)
	with := addressed(name, all)
	a.send(t, all...)
	same(t, "to ROUTER", b.recv(t, len(with)), with)
	b.send(t, with...)
	same(t, "from ROUTER", a.recv(t, len(all)), all)
}

// introduced: each ROUTER learns the other's name from its probe.
func introduced(t *testing.T, a, b peer) {
	t.Helper()
	hear(t, a, b, text("b", ""))
	hear(t, b, a, text("a", ""))
	all := append(allPayloads(), stream()[:500]...)
	a.send(t, addressed([]byte("b"), all)...)
	same(t, "from a", b.recv(t, len(all)), addressed([]byte("a"), all))
	b.send(t, addressed([]byte("a"), all)...)
	same(t, "from b", a.recv(t, len(all)), addressed([]byte("b"), all))
}

func addressed(name []byte, messages []message) []message {
	var all []message
	for _, m := range messages {
		all = append(all, append(message{name}, m...))
	}
	return all
}

func text(frames ...string) message {
	m := message{}
	for _, f := range frames {
		m = append(m, []byte(f))
	}
	return m
}
