package zmqtest

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
)

const lengths = 301 // of topics: 0 to 300 bytes

// ofLength is a topic of n bytes. From 2 on none is the beginning of another.
func ofLength(n int) string {
	return (string([]byte{byte(n >> 8), byte(n)}) + strings.Repeat("t", n))[:n]
}

func topicsOfEveryLength(t *T) {
	first, endpoint := t.Bound(zmq.XPUB, opt.SendHWM.To(0))
	later, laterEndpoint := t.Bound(zmq.XPUB, opt.SendHWM.To(0))
	sub := t.Connected(zmq.SUB, endpoint, opt.RecvHWM.To(0))
	for n := 2; n < lengths; n++ {
		t.OK(sub.Subscribe(ofLength(n)))
	}
	t.settled(sub, first)
	t.Connect(sub, laterEndpoint)
	t.settled(sub, first, later)
	heard := func(xpub *zmq.Socket, wanted func(n int) bool) {
		t.Helper()
		for n := 2; n < lengths; n++ {
			t.OK(t.TrySend(xpub, ofLength(n)[:n-1]+"u"))
			t.OK(t.TrySend(xpub, ofLength(n), "more"))
		}
		for n := 2; n < lengths; n++ {
			if wanted(n) {
				t.Expect(sub, ofLength(n), "more")
			}
		}
	}
	every := func(int) bool { return true }
	even := func(n int) bool { return n%2 == 0 }
	heard(first, every)
	heard(later, every)
	for n := 3; n < lengths; n += 2 {
		t.OK(sub.Unsubscribe(ofLength(n)))
	}
	t.settled(sub, first, later)
	heard(first, even)
	heard(later, even)
	for _, short := range []string{"\x00", ""} {
		t.OK(sub.Subscribe(short))
		t.settled(sub, first)
		t.Send(first, short+"!")
		t.Expect(sub, short+"!")
	}
}

// Topics that only their ends tell apart are told apart.
func topicsThatBeginAlike(t *T) {
	xpub, endpoint := t.Bound(zmq.XPUB)
	sub := t.Connected(zmq.SUB, endpoint)
	for n := 240; n < 260; n++ {
		a, b := strings.Repeat("t", n)+"a", strings.Repeat("t", n)+"b"
		t.OK(sub.Subscribe(a, b))
		t.OK(sub.Unsubscribe(a, a, a+a))
		t.settled(sub, xpub)
		t.Send(xpub, a)
		t.Send(xpub, b)
		t.Expect(sub, b)
		t.OK(sub.Unsubscribe(b))
		t.settled(sub, xpub)
		t.Send(xpub, b)
	}
	t.OK(sub.Subscribe("end"))
	t.settled(sub, xpub)
	t.Send(xpub, "end")
	t.Expect(sub, "end")
}

// In ZMTP 3.0 subscriptions are messages.
func topicsForOldPublisher(t *T) {
	l := wire.Listen(t, t.Transport)
	sub := t.Socket(zmq.SUB)
	for n := 2; n < lengths; n++ {
		t.OK(sub.Subscribe(ofLength(n)))
	}
	t.Connect(sub, l.Endpoint)
	pub := l.Accept()
	pub.Greet(wire.V30("NULL"))
	pub.Ready("PUB")
	for n := 2; n < lengths; n++ {
		// A publisher that is told only the beginning sends too much, not too little.
		if m := pub.Recv(); len(m) != 1 || len(m[0]) < 3 || m[0][:1] != subscribe ||
			!strings.HasPrefix(ofLength(int(m[0][1])<<8|int(m[0][2])), m[0][1:]) {
			t.Fatalf("subscription %d is %q", n, m)
		}
	}
	for n := 2; n < lengths; n++ {
		pub.Send(ofLength(n)[:n-1] + "u")
		pub.Send(ofLength(n))
		t.Expect(sub, ofLength(n))
	}
}
