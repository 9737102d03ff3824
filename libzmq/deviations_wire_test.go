package libzmq_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/zmqtest"
)

// deviationsOnWire are those of what goes over the wire: sections O, P and Y.
var deviationsOnWire = []zmqtest.Deviation{
	{
		Row: "Y4", Part: "after the time for a handshake",
		Why:     "libzmq 4.3.3 and 4.3.4 drop peers of ZMTP 1.0 and 2.0 when HANDSHAKE_IVL is over",
		Applies: version(40303, 40304),
		Test: func(t *zmqtest.T) {
			_, endpoint := t.Bound(zmq.PULL, opt.HandshakeInterval.To(100*time.Millisecond))
			for _, greeting := range [][]byte{
				wire.Frame1Bytes(0, "me"),
				wire.Greeting2Bytes("PUSH", "me"),
			} {
				p := wire.Dial(t, endpoint)
				p.Offer(greeting...) // on a slow machine the time may be over
				p.Closed()
			}
		},
	},
	{
		Row: "Y6", Part: "with the messages after it",
		Why: "libzmq drops a peer of NULL that sends messages before it has sent its own READY",
		Test: func(t *zmqtest.T) {
			pull, endpoint := t.Bound(zmq.PULL)
			w := t.Watch(pull, zmq.EventHandshakeProtocol)
			p := wire.Dial(t, endpoint)
			p.Put(slices.Concat(
				wire.V31("NULL").Bytes(),
				wire.CommandBytes("READY", wire.About("PUSH").String()),
				wire.MessageBytes("a", "b"),
			)...)
			p.Closed()
			if ev := w.Expect(zmq.EventHandshakeProtocol)[0]; ev.Err != zmq.ProtocolUnexpectedCommand {
				t.Errorf("the reason is %v", ev.Err)
			}
		},
	},
	{
		Row: "Y12", Part: "subscriptions of a PUSH",
		Why: "libzmq gives the commands SUBSCRIBE and CANCEL to sockets of every type, whole, as if they were messages",
		Test: func(t *zmqtest.T) {
			pull, endpoint := t.Bound(zmq.PULL)
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Subscribe("topic")
			p.Cancel("topic")
			t.Expect(pull, "\x09SUBSCRIBEtopic")
			t.Expect(pull, "\x06CANCELtopic")
		},
	},
	{
		Row: "Y23", Part: "full",
		Why:  "over ipc, libzmq reads no further when the peer closes while the receive queue is full: what the system still holds is lost",
		Test: fullAndClosed,
	},
	{
		Row: "Y26", Part: "a group that is too long",
		Why: "libzmq aborts the process when a peer joins a group of more than 255 bytes; with security only peers that were let in can",
	},
	{
		Row: "Y29", Part: "NORM",
		Why:  "libzmq leaves a descriptor open for each socket that used NORM",
		Test: normLeaks,
	},
	{
		Row: "O13", Part: "a vouch to another server",
		Why: "libzmq does not look at the server's key in a client's vouch",
		Test: func(t *zmqtest.T) {
			public, secret, err := curve.NewKeys()
			t.OK(err)
			pull, endpoint := t.Bound(zmq.PULL, curve.Server(secret, curve.Anyone()))
			client := wire.NewCurveClient(t, wire.Key(public), wire.NewCurveKeys(t))
			client.For = wire.NewCurveKeys(t).Public
			p := wire.Dial(t, endpoint)
			p.CurveClient(client, "PUSH")
			p.Seal(&client.CurveMessages)
			p.Send("a message")
			t.Expect(pull, "a message")
		},
	},
	{
		Row: "O27", Part: "alice is refused",
		Why:     "libzmq up to 4.3.5 asks the handler about a client of GSSAPI, and lets it in whatever the answer is",
		Applies: version(0, 40305),
	},
	{
		Row: "O27", Part: "subscriptions after a restart",
		Why:     "libzmq up to 4.3.5 loses subscriptions in GSSAPI: they arrive as messages",
		Applies: version(0, 40305),
	},
	{
		Row: "P7",
		Why: "libzmq keeps the time to live of a PING in 16 bits as milliseconds: 65.6 s become 64 ms",
		Test: func(t *zmqtest.T) {
			_, endpoint := t.Bound(zmq.PULL)
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Ping(656, "")
			p.ExpectCommand("PONG")
			p.Closed()
		},
	},
	{
		Row: "P8",
		Why: "libzmq answers a PING that breaks off with up to 16 bytes from behind it, which can be those of the peer's last message",
		Test: func(t *zmqtest.T) {
			if !t.Isolated() {
				return
			}
			pull, endpoint := t.Bound(zmq.PULL)
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Send(strings.Repeat("secret", 5))
			t.Expect(pull, strings.Repeat("secret", 5))
			p.Command("PING", "")
			if got := p.ExpectCommand("PONG"); len(got) != 16 {
				t.Errorf("PONG has %q", got)
			}
		},
	},
}

// version reports whether libzmq is one from first to last.
func version(first, last int) func(*zmq.Context) bool {
	return func(zctx *zmq.Context) bool { return zctx.Version() >= first && zctx.Version() <= last }
}

// fullAndClosed counts what arrives of a peer that has closed.
func fullAndClosed(t *zmqtest.T) {
	const n = 100
	pull, endpoint := t.Bound(zmq.PULL, opt.RecvHWM.To(1))
	w := t.Watch(pull, zmq.EventDisconnected)
	p := wire.Dial(t, endpoint)
	p.Null("PUSH")
	p.Put(bytes.Repeat(wire.MessageBytes(strings.Repeat("x", 200)), n)...)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	received := 0
	var m zmq.Msg
	receive := func() {
		for pull.TryRecv(&m) == nil {
			received++
		}
	}
	t.Eventually("the connection is given up", func() bool {
		receive()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := w.Recv(ctx)
		return err == nil
	})
	receive()
	if (received < n) != (t.Transport == "ipc") {
		t.Errorf("over %s %d of %d messages arrive", t.Transport, received, n)
	}
}

// normLeaks publishes by NORM, and says what is left.
func normLeaks(t *zmqtest.T) {
	if !t.Isolated() {
		return
	}
	c, err := net.ListenPacket("udp4", "127.0.0.1:0") // for a port that is free
	t.OK(err)
	t.OK(c.Close())
	endpoint := fmt.Sprintf("norm://lo;239.255.7.1:%d", c.LocalAddr().(*net.UDPAddr).Port)
	before := testkit.Descriptors()
	zctx := t.NewContext()
	rate := opt.Rate.To(100_000) // kbit/s; the default is 100
	sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, rate, opt.Subscribe.To(nil))
	pub := testkit.Socket(t, zctx, zmq.PUB, rate)
	t.OK(pub.Bind(endpoint))
	var m zmq.Msg
	t.Eventually("a message arrives", func() bool {
		t.Send(pub, "a message")
		return sub.TryRecv(&m) == nil
	})
	t.Drop(sub)
	t.Drop(pub)
	t.OK(zctx.Close())
	if left := testkit.Descriptors() - before; left != 2 {
		t.Errorf("%d descriptors are left", left)
	}
	testkit.Leaks(2)
}
