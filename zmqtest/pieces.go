package zmqtest

import (
	"slices"
	"time"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/plain"
)

// Y6: how a handshake may come.

func handshakesByteByByte(t *T) {
	for _, m := range mechanisms(t) {
		n := 1
		if m.name != "NULL" {
			n = 7 // a cryptographic handshake has more than 500 bytes
		}
		pull, endpoint := t.Bound(zmq.PULL, m.server)
		p := wire.Dial(t, endpoint).Slowly(n)
		m.visit(p, "PUSH")
		p.Send("a", "b")
		t.Expect(pull, "a", "b")

		l := wire.Listen(t, t.Transport)
		push := t.Connected(zmq.PUSH, l.Endpoint, m.client)
		p = l.Accept().Slowly(n)
		m.receive(p, "PULL")
		t.Send(push, "a", "b")
		p.Expect("a", "b")
	}
	pull, endpoint := t.Bound(zmq.PULL, plain.Server(plain.Passwords(map[string]string{"alice": "hush"})))
	p := wire.Dial(t, endpoint).Slowly(2)
	p.PlainClient("alice", "hush", "PUSH")
	p.Send("a", "b")
	t.Expect(pull, "a", "b")
	for _, old := range wire.Olds {
		pull, endpoint := t.Bound(zmq.PULL)
		p := wire.Dial(t, endpoint).Slowly(1)
		old.Greet(p, "PUSH", "me")
		old.Send(p, "a", "b")
		t.Expect(pull, "a", "b")
	}
}

func handshakesInPieces(t *T) {
	ready := wire.CommandBytes("READY", wire.About("PUSH").String())
	message := wire.MessageBytes("a", "b")
	whole := slices.Concat(wire.V31("NULL").Bytes(), ready)
	pull, endpoint := t.Bound(zmq.PULL)
	for i := range whole {
		p := wire.Dial(t, endpoint)
		p.Put(whole[:i]...)
		if i > 0 {
			time.Sleep(50 * time.Microsecond) // mostly enough for two reads
		}
		p.Put(whole[i:]...)
		p.Greeting()
		p.ExpectReady()
		p.Put(message...)
		t.Expect(pull, "a", "b")
	}
	// Who knows the other side's READY may send messages with its own.
	p := wire.Dial(t, endpoint)
	p.Greet(wire.V31("NULL"))
	p.ExpectReady()
	p.Put(slices.Concat(ready, message)...)
	t.Expect(pull, "a", "b")

	old2 := slices.Concat(wire.Greeting2Bytes("PUSH", "me"), message)
	old1 := slices.Concat(wire.Frame1Bytes(0, "me"), wire.Frame1Bytes(wire.More, "a"), wire.Frame1Bytes(0, "b"))
	for _, whole := range [][]byte{old1, old2} {
		for i := range whole {
			p := wire.Dial(t, endpoint)
			p.Put(whole[:i]...)
			p.Put(whole[i:]...)
			t.Expect(pull, "a", "b")
		}
	}
}

// handshakesWithMessages sends all at once, before it knows what the other side
// says.
func handshakesWithMessages(t *T) {
	pull, endpoint := t.Bound(zmq.PULL)
	for _, g := range []wire.Greeting{wire.V30("NULL"), wire.V31("NULL")} {
		p := wire.Dial(t, endpoint)
		p.Put(slices.Concat(
			g.Bytes(),
			wire.CommandBytes("READY", wire.About("PUSH").String()),
			wire.MessageBytes("a", "b"),
		)...)
		t.Expect(pull, "a", "b")
	}
}
