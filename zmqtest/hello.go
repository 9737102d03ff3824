package zmqtest

import (
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section W: messages that a socket sends or receives by itself when a
// connection comes or goes.
var hello = []row{
	{
		id: "W1", needs: "draft", over: all,
		must: "HELLO_MSG is the first message on each new connection, of whoever has it, and whoever came first",
		test: helloComesFirst,
	},
	{
		id: "W2", needs: "draft", over: all,
		must: "a bound SERVER, ROUTER or PEER receives DISCONNECT_MSG, as if from the peer, when that closes or disconnects",
		test: disconnectMessages,
	},
	{
		id: "W3", needs: "draft", over: remote,
		must: "there is no DISCONNECT_MSG of a peer whose handshake never was",
		test: noWordOfStrangers,
	},
	{
		id: "W4", needs: "draft", since: 40305, over: remote,
		must: "a connecting DEALER, CLIENT or PEER receives HICCUP_MSG each time its connection drops, and not for a handshake that failed",
		test: hiccups,
	},
	{
		id: "W5", needs: "draft", since: 40305, over: remote,
		must: "half a message that a lost connection left is dropped before DISCONNECT_MSG or HICCUP_MSG",
		test: halfMessagesAreDropped,
	},
	{
		id: "W6", needs: "draft", over: remote,
		must: "HELLO_MSG is sent again, and first, after each reconnection",
		test: func(t *T) {
			for typ, peer := range map[zmq.SocketType]string{zmq.DEALER: "ROUTER", zmq.CLIENT: "SERVER"} {
				l := wire.Listen(t, t.Transport)
				s := t.Connected(typ, l.Endpoint, greets("hello"), opt.ReconnectInterval.To(time.Millisecond))
				for range 3 {
					t.Send(s, "queued")
					p := l.Accept()
					p.Null(peer)
					p.Expect("hello")
					p.Expect("queued")
					_ = p.Close()
				}
			}
		},
	},
}

func greets(text string) zmq.Setting     { return opt.HelloMsg.To([]byte(text)) }
func hiccoughs(text string) zmq.Setting  { return opt.HiccupMsg.To([]byte(text)) }
func tellsOfEnd(text string) zmq.Setting { return opt.DisconnectMsg.To([]byte(text)) }

// hears receives a message that ends with this frame, and says who it is from:
// the frames before, and the routing id.
func (t *T) hears(s *zmq.Socket, body string) (from string, id uint32) {
	t.Helper()
	var m zmq.Msg
	t.OK(s.RecvMsg(testkit.Soon(t), &m))
	frames := testkit.Strings(m.Frames())
	last := len(frames) - 1
	if frames[last] != body {
		t.Fatalf("received %q, want %q at the end", frames, body)
	}
	return strings.Join(frames[:last], "|"), m.RoutingID()
}

func helloComesFirst(t *T) {
	for _, c := range []struct{ greets, hears zmq.SocketType }{
		{zmq.SERVER, zmq.CLIENT}, {zmq.CLIENT, zmq.SERVER}, {zmq.ROUTER, zmq.DEALER}, {zmq.DEALER, zmq.ROUTER},
		{zmq.DEALER, zmq.DEALER}, {zmq.PEER, zmq.PEER},
	} {
		// It greets each that connects.
		g, endpoint := t.Bound(c.greets, greets("hello"))
		for range 2 {
			t.hears(t.Connected(c.hears, endpoint), "hello")
		}
		t.Drop(g)

		// It greets who it connects to, before what it sends.
		h, endpoint := t.Bound(c.hears)
		g = t.Connected(c.greets, endpoint, greets("hello"))
		if c.greets == zmq.CLIENT || c.greets == zmq.DEALER {
			t.Send(g, "next")
			t.hears(h, "hello")
			t.hears(h, "next")
		} else {
			t.hears(h, "hello")
		}

		// Both greet, and who connects is there first.
		endpoint = testkit.FreeEndpoint(t, t.Transport)
		h = t.Connected(c.hears, endpoint, greets("welcome"), opt.ReconnectInterval.To(time.Millisecond))
		g = t.Socket(c.greets, greets("hello"))
		t.Eventually("the endpoint is free", func() bool { return g.Bind(endpoint) == nil })
		t.hears(h, "hello")
		t.hears(g, "welcome")
	}
}

func disconnectMessages(t *T) {
	for _, c := range []struct{ told, goes zmq.SocketType }{
		{zmq.SERVER, zmq.CLIENT}, {zmq.ROUTER, zmq.DEALER}, {zmq.PEER, zmq.PEER},
	} {
		told, endpoint := t.Bound(c.told, tellsOfEnd("gone"))
		for _, goes := range []func(s *zmq.Socket){
			func(s *zmq.Socket) { t.OK(s.Close()) },
			func(s *zmq.Socket) { t.OK(s.Disconnect(endpoint)) },
		} {
			// A peer introduces itself, and so does one that stays.
			s := t.Connected(c.goes, endpoint, greets("here"))
			from, id := t.hears(told, "here")
			stays := t.Connected(c.goes, endpoint, greets("me too"))
			t.hears(told, "me too")
			goes(s)
			if gone, goneID := t.hears(told, "gone"); gone != from || goneID != id {
				t.Errorf("%q %d is said to have gone; it was %q %d", gone, goneID, from, id)
			}
			t.Drop(stays)
			t.hears(told, "gone")
		}
	}
}

func noWordOfStrangers(t *T) {
	for _, c := range []struct{ told, good, bad zmq.SocketType }{
		{zmq.SERVER, zmq.CLIENT, zmq.DEALER}, {zmq.ROUTER, zmq.DEALER, zmq.CLIENT}, {zmq.PEER, zmq.PEER, zmq.DEALER},
	} {
		told, endpoint := t.Bound(c.told, tellsOfEnd("gone"))
		w := t.Watch(told, zmq.EventDisconnected)
		for _, comes := range []func(p *wire.Peer){
			func(*wire.Peer) {},
			func(p *wire.Peer) { p.Greet(wire.V31("NULL")) },
			func(p *wire.Peer) { p.Greet(wire.V31("NULL")); p.Put(wire.Command, 200) },
			func(p *wire.Peer) {
				p.Greet(wire.V31("NULL"))
				p.Command("READY", wire.About(c.bad.String()).String())
			},
		} {
			p := wire.Dial(t, endpoint)
			comes(p)
			_ = p.Close()
			w.Expect(zmq.EventDisconnected)
		}
		t.Connected(c.good, endpoint, greets("here"))
		t.hears(told, "here") // and nothing before
		t.ExpectNone(told)
	}
}

func hiccups(t *T) {
	for typ, peer := range map[zmq.SocketType]string{zmq.DEALER: "ROUTER", zmq.CLIENT: "SERVER", zmq.PEER: "PEER"} {
		l := wire.Listen(t, t.Transport)
		s := t.Connected(typ, l.Endpoint, hiccoughs("hiccup"), opt.ReconnectInterval.To(time.Millisecond))
		for range 2 {
			p := l.Accept()
			p.Greet(wire.V31("NULL"))
			_ = p.Close() // no connection yet

			p = l.Accept()
			p.Null(peer)
			p.Send("hello")
			t.hears(s, "hello")
			_ = p.Close()
			t.hears(s, "hiccup")
		}
	}
}

func halfMessagesAreDropped(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, tellsOfEnd("gone"))
	for name, half := range map[string]string{"one": "half", "two": varied(100_000)} {
		p := wire.Dial(t, endpoint)
		p.Null("DEALER", wire.Property{Name: "Identity", Value: name})
		p.Send("whole", "message")
		t.Expect(router, name, "whole", "message")
		p.Frame(wire.More, half)
		p.Frame(wire.More, "and half")
		_ = p.Close()
		t.Expect(router, name, "gone")
	}
	l := wire.Listen(t, t.Transport)
	dealer := t.Connected(zmq.DEALER, l.Endpoint, hiccoughs("hiccup"), opt.ReconnectInterval.To(time.Millisecond))
	for _, half := range []string{"half", varied(100_000)} {
		p := l.Accept()
		p.Null("ROUTER")
		p.Send("whole", "message")
		t.Expect(dealer, "whole", "message")
		p.Frame(wire.More, half)
		p.Frame(wire.More, "and half")
		_ = p.Close()
		t.Expect(dealer, "hiccup")
	}
}
