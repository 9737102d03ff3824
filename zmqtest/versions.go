package zmqtest

import (
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section Y, the rows about versions of ZMTP, and how handshakes come.
var versions = []row{
	{
		id: "Y1", over: remote,
		must: "a subscriber of ZMTP 3.0 subscribes by messages, and gets the very bytes of what it asked for",
		test: func(t *T) { subscribeRaw(t, wire.V30("NULL"), (*wire.Peer).Subscribe30, (*wire.Peer).Cancel30) },
	},
	{
		id: "Y2", key: true, over: remote,
		must: "a subscriber of ZMTP 3.1 subscribes by commands, which XPUB receives as 1 or 0 and the topic",
		test: func(t *T) { subscribeRaw(t, wire.V31("NULL"), (*wire.Peer).Subscribe, (*wire.Peer).Cancel) },
	},
	{
		id: "Y3", over: remote,
		must: "SUB subscribes by messages at a publisher of ZMTP 3.0, and by commands at one of 3.1",
		test: subscriptionsSuitThePublisher,
	},
	{
		id: "Y4", over: remote,
		must: "peers of ZMTP 2.0 and 1.0 talk to sockets without security, for longer than a handshake may take",
		test: oldPeersAreServed,
	},
	{
		id: "Y5", over: remote,
		must: "a peer of a newer version of ZMTP is treated as one of 3.1",
		test: newerPeersAreServed,
	},
	{
		id: "Y6", key: true, over: remote,
		must: "a handshake may come byte by byte, in any pieces, and in one piece with the messages after it",
		test: func(t *T) {
			t.Run("byte by byte", handshakesByteByByte)
			t.Run("in any two pieces", handshakesInPieces)
			t.Run("with the messages after it", handshakesWithMessages)
		},
	},
}

func subscribeRaw(t *T, g wire.Greeting, subscribe, cancel func(*wire.Peer, string)) {
	xpub, endpoint := t.Bound(zmq.XPUB)
	p := wire.Dial(t, endpoint)
	p.Greet(g)
	p.Ready("SUB")
	for _, topic := range []string{"A", "B", strings.Repeat("long", 100)} {
		subscribe(p, topic)
		t.Expect(xpub, "\x01"+topic)
	}
	cancel(p, "B")
	t.Expect(xpub, "\x00B")
	for _, m := range []string{"B", "C", "A", "ALOL"} {
		t.Send(xpub, m, "more")
	}
	want := "\x01\x01A\x00\x04more\x01\x04ALOL\x00\x04more"
	if got := p.Get(len(want)); string(got) != want {
		t.Errorf("the publications are %q, want %q", got, want)
	}

	// A PUB does not tell when it knows of a subscription.
	pub, endpoint := t.Bound(zmq.PUB)
	p = wire.Dial(t, endpoint)
	p.Greet(g)
	p.Ready("XSUB")
	subscribe(p, "A")
	stop := repeatedly(t, pub, "AB")
	p.Expect("AB")
	stop()
	t.Send(pub, "BA")
	t.Send(pub, "ACD")
	for m := p.Recv(); m[0] != "ACD"; m = p.Recv() {
		if m[0] != "AB" {
			t.Fatalf("received %q", m)
		}
	}
}

func subscriptionsSuitThePublisher(t *T) {
	long := strings.Repeat("x", 300)
	for _, c := range []struct {
		publisher wire.Greeting
		want      string
	}{
		{wire.V30("NULL"), "\x00\x02\x01A" + "\x02\x00\x00\x00\x00\x00\x00\x01\x2d\x01" + long + "\x00\x02\x00A"},
		{wire.V31("NULL"), "\x04\x0b\x09SUBSCRIBEA" + "\x06\x00\x00\x00\x00\x00\x00\x01\x36\x09SUBSCRIBE" + long + "\x04\x08\x06CANCELA"},
	} {
		l := wire.Listen(t, t.Transport)
		sub := t.Connected(zmq.SUB, l.Endpoint)
		p := l.Accept()
		p.Greet(c.publisher)
		p.Ready("PUB")
		t.OK(sub.Subscribe("A", long))
		t.OK(sub.Unsubscribe("A"))
		if got := p.Get(len(c.want)); string(got) != c.want {
			t.Errorf("SUB subscribes at ZMTP 3.%d by %q, want %q", c.publisher.Minor, got, c.want)
		}
	}
}

func oldPeersAreServed(t *T) {
	for _, old := range wire.Olds {
		t.Run(old.Version, func(t *T) {
			for _, binds := range []bool{true, false} {
				for _, c := range oldConversations {
					s := t.Socket(c.own)
					var p *wire.Peer
					if binds {
						p = wire.Dial(t, t.Bind(s))
					} else {
						l := wire.Listen(t, t.Transport)
						t.Connect(s, l.Endpoint)
						p = l.Accept()
					}
					old.Greet(p, c.raw, "me")
					c.talk(t, s, old, p)
				}
			}
		})
	}
	t.Run("after the time for a handshake", func(t *T) {
		pull, endpoint := t.Bound(zmq.PULL, opt.HandshakeInterval.To(500*time.Millisecond))
		var peers []*wire.Peer
		for _, old := range wire.Olds {
			p := wire.Dial(t, endpoint)
			old.Greet(p, "PUSH", "me")
			peers = append(peers, p)
		}
		// When one that came later and says nothing is out of its time, so are they.
		wire.Dial(t, endpoint).Closed()
		for i, old := range wire.Olds {
			old.Send(peers[i], "still here")
			t.Expect(pull, "still here")
		}
	})
}

// oldConversations are what sockets say to raw peers before ZMTP 3.
var oldConversations = []struct {
	own  zmq.SocketType
	raw  string
	talk func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer)
}{
	{zmq.PULL, "PUSH", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		old.Send(p, "a", "", strings.Repeat("x", 300))
		t.Expect(s, "a", "", strings.Repeat("x", 300))
	}},
	{zmq.PUSH, "PULL", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		t.Send(s, "a", "", strings.Repeat("x", 300))
		expectOld(t, old, p, "a", "", strings.Repeat("x", 300))
	}},
	{zmq.ROUTER, "DEALER", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		old.Send(p, "question")
		t.Expect(s, "me", "question")
		t.Send(s, "me", "answer")
		expectOld(t, old, p, "answer")
	}},
	{zmq.REP, "REQ", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		old.Send(p, "", "question")
		t.Expect(s, "question")
		t.Send(s, "answer")
		expectOld(t, old, p, "", "answer")
	}},
	{zmq.REQ, "REP", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		t.Send(s, "question")
		expectOld(t, old, p, "", "question")
		old.Send(p, "", "answer")
		t.Expect(s, "answer")
	}},
	{zmq.PAIR, "PAIR", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		t.Send(s, "there")
		expectOld(t, old, p, "there")
		old.Send(p, "back")
		t.Expect(s, "back")
	}},
	{zmq.XPUB, "SUB", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		old.Send(p, "\x01topic")
		if m := t.Recv(s); m[0] == "\x01" { // for a peer of 1.0, which may never subscribe
			t.Expect(s, "\x01topic")
		}
		t.Send(s, "topic and more")
		expectOld(t, old, p, "topic and more")
		old.Send(p, "\x00topic")
		t.Expect(s, "\x00topic")
	}},
	{zmq.SUB, "PUB", func(t *T, s *zmq.Socket, old wire.Old, p *wire.Peer) {
		t.OK(s.Subscribe("topic"))
		expectOld(t, old, p, "\x01topic")
		old.Send(p, "something else") // which a publisher of 1.0 sends to all
		old.Send(p, "topic and more")
		t.Expect(s, "topic and more")
		t.OK(s.Unsubscribe("topic"))
		expectOld(t, old, p, "\x00topic")
	}},
}

func expectOld(t *T, old wire.Old, p *wire.Peer, frames ...string) {
	t.Helper()
	if got := old.Recv(p); !slices.Equal(got, frames) {
		t.Fatalf("the peer received %q, want %q", got, frames)
	}
}

func newerPeersAreServed(t *T) {
	for _, version := range [][2]byte{{3, 2}, {3, 255}, {4, 0}, {4, 1}, {255, 255}} {
		g := wire.Greeting{Major: version[0], Minor: version[1], Mechanism: "NULL"}
		xpub, endpoint := t.Bound(zmq.XPUB)
		subscriber := wire.Dial(t, endpoint)
		if own := subscriber.Greet(g); own.Major != 3 {
			t.Errorf("to %v it says that it is of %d.%d", version, own.Major, own.Minor)
		}
		subscriber.Ready("SUB")
		subscriber.Subscribe("A")
		t.Expect(xpub, "\x01A")
		t.Send(xpub, "AB")
		subscriber.Expect("AB")

		l := wire.Listen(t, t.Transport)
		t.Connected(zmq.SUB, l.Endpoint, opt.Subscribe.To([]byte("A")))
		publisher := l.Accept()
		publisher.Greet(g)
		publisher.Ready("PUB")
		if topic := publisher.ExpectCommand("SUBSCRIBE"); topic != "A" {
			t.Errorf("to %v it subscribes to %q", version, topic)
		}
	}
}
