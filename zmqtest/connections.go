package zmqtest

import (
	"errors"
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// What becomes of messages when connections come and go.
var connections = []row{
	{
		id: "H18", key: true, over: remote,
		must: "a message that a connection breaks off in its middle never shows: the next connection begins with a whole one",
		test: func(t *T) {
			t.Run("received", halfReceived)
			t.Run("sent", halfSent)
		},
	},
	{
		id: "H19", over: remote,
		must: "what a bound socket holds for a peer that is gone is dropped: who connects then gets what is sent from then on",
		test: deadPeersQueue,
	},
	{
		id:   "H20",
		must: "one socket binds and connects any number of endpoints of any transports",
		test: manyEndpoints,
	},
	{
		id:   "H21",
		must: "a listener for which the process has no descriptor left reports ACCEPT_FAILED, and accepts again when it has",
		test: outOfDescriptors,
	},
}

func halfReceived(t *T) {
	for typ, peer := range map[zmq.SocketType]string{zmq.PULL: "PUSH", zmq.DEALER: "DEALER", zmq.PAIR: "PAIR", zmq.SUB: "PUB"} {
		listener := wire.Listen(t, t.Transport)
		connects := t.Socket(typ, quickly)
		t.Connect(connects, listener.Endpoint)
		binds, endpoint := t.Bound(typ)
		for s, next := range map[*zmq.Socket]func() *wire.Peer{
			connects: listener.Accept,
			binds:    func() *wire.Peer { return wire.Dial(t, endpoint) },
		} {
			if typ == zmq.SUB {
				t.OK(s.Subscribe(""))
			}
			gone := t.Watch(s, zmq.EventDisconnected)
			p := next()
			p.Null(peer)
			p.Send("whole", "message")
			p.Frame(wire.More, "half")
			p.Frame(wire.More, "a")
			t.Expect(s, "whole", "message")
			_ = p.Close()
			gone.Expect(zmq.EventDisconnected)
			if typ == zmq.PAIR && s == binds {
				continue // it may not have seen yet that it is free for another
			}
			p = next()
			p.Null(peer)
			p.Send("next", "whole", "message")
			t.Expect(s, "next", "whole", "message")
			t.ExpectNone(s)
		}
	}
}

func halfSent(t *T) {
	// More than the system holds for a connection.
	const frames = 100
	body := strings.Repeat("x", 100_000)
	listener := wire.Listen(t, t.Transport)
	push := t.Socket(zmq.PUSH, quickly, opt.SendBuffer.To(10_000))
	w := t.Watch(push, zmq.EventDisconnected)
	t.Connect(push, listener.Endpoint)
	var messages [][]string
	for i := range 2 {
		m := append([]string{testkit.Numbered(i)}, slices.Repeat([]string{body}, frames)...)
		messages = append(messages, append(m, "end"))
		t.Send(push, messages[i]...)
	}
	p := listener.Accept()
	p.Null("PULL")
	if first := p.Next(); first.Body != testkit.Numbered(0) {
		t.Fatalf("the first frame is %v", first)
	}
	_ = p.Close()
	w.Expect(zmq.EventDisconnected)
	p = listener.Accept()
	p.Null("PULL")
	got := p.Recv()
	if !slices.ContainsFunc(messages, func(m []string) bool { return slices.Equal(m, got) }) {
		t.Errorf("the new connection begins with %d frames from %.20q to %.20q, which is no message", len(got), got[0], got[len(got)-1])
	}
}

func deadPeersQueue(t *T) {
	old := strings.Repeat("old", 30_000)
	for typ, peer := range map[zmq.SocketType]string{zmq.PUSH: "PULL", zmq.DEALER: "DEALER", zmq.ROUTER: "DEALER"} {
		s, endpoint := t.Bound(typ, opt.SendBuffer.To(10_000))
		if typ == zmq.ROUTER { // which may still have the old connection by the name
			t.OK(s.Set(opt.RouterHandover.To(true)))
		}
		w := t.Watch(s, zmq.EventDisconnected, zmq.EventHandshakeSucceeded)
		to := func(message string) []string {
			if typ == zmq.ROUTER {
				return []string{"peer", message}
			}
			return []string{message}
		}
		connect := func() *wire.Peer {
			p := wire.Dial(t, endpoint)
			p.Null(peer, wire.Property{Name: "Identity", Value: "peer"})
			w.Expect(zmq.EventHandshakeSucceeded)
			if typ == zmq.ROUTER { // it knows a peer only when it looks
				p.Send("hello")
				t.Expect(s, "peer", "hello")
			}
			return p
		}
		p := connect()
		for range 100 {
			t.Send(s, to(old)...)
		}
		p.Expect(old)
		_ = p.Close()
		w.Expect(zmq.EventDisconnected)
		if typ != zmq.ROUTER {
			// The event may come before the socket knows. What it sends until
			// then is for the one that has gone.
			t.Eventually("the socket has no peer", func() bool {
				return errors.Is(s.TrySend(zmq.NewMsg([]byte("lost"))), zmq.ErrAgain)
			})
		}
		p = connect()
		t.Send(s, to("new")...)
		p.Expect("new")
	}
}

func manyEndpoints(t *T) {
	pull := t.Socket(zmq.PULL)
	want := map[string]int{}
	for _, transport := range slices.Repeat(all, 3) {
		to := testkit.Connected(t, t.Zctx(), zmq.PUSH, testkit.Bind(t, pull, transport))
		t.Send(to, "to "+transport)
		from, endpoint := testkit.Bound(t, t.Zctx(), zmq.PUSH, transport)
		t.Connect(pull, endpoint)
		t.Send(from, "from "+transport)
		want["to "+transport]++
		want["from "+transport]++
	}
	for range 6 * len(all) {
		want[t.Recv(pull)[0]]--
	}
	for message, missing := range want {
		if missing != 0 {
			t.Errorf("%q: %d are missing", message, missing)
		}
	}
}
