package zmqtest

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section E: PAIR.
var pair = []row{
	{
		id: "E1", over: all,
		must: "two PAIRs exchange messages both ways; over tcp the one that connects may use a host's name",
		test: func(t *T) {
			endpoints := map[string]string{"127.0.0.1": "127.0.0.1"}
			if t.Transport == "tcp" {
				endpoints["127.0.0.1"] = "localhost"
			}
			for address, name := range endpoints {
				a, endpoint := t.Bound(zmq.PAIR)
				b := t.Connected(zmq.PAIR, strings.Replace(endpoint, address, name, 1))
				for range 3 {
					t.Send(a, "to", "", "b")
					t.Send(b, "to a")
					t.Expect(a, "to a")
					t.Expect(b, "to", "", "b")
				}
			}
		},
	},
	{
		id: "E2", over: all,
		must: "a PAIR has one peer: a third is turned away, and the two go on",
		test: thirdPair,
	},
	{
		id: "E3", over: all,
		must: "when its peer has gone a PAIR takes the next one, whether it bound or connected",
		test: nextPair,
	},
	{
		id: "E4", over: all,
		must: "a PAIR without a peer waits to send and is ready for nothing",
		test: func(t *T) {
			s := t.Socket(zmq.PAIR)
			for range 2 {
				withoutPeer(t, s)
				t.ExpectNone(s)
				if ready := events(t, s); ready != 0 {
					t.Errorf("it is ready for %v", ready)
				}
				t.Bind(s)
			}
		},
	},
	{
		id:   "E5",
		must: "an ipc path that the system does not take is ENAMETOOLONG, for Bind and for Connect, and the socket stays usable",
		test: func(t *T) {
			t.Transport = "ipc"
			a, b := t.Socket(zmq.PAIR), t.Socket(zmq.PAIR)
			long := "ipc:///tmp/" + strings.Repeat("x", 200)
			t.Refused(a.Bind(long), syscall.ENAMETOOLONG)
			t.Refused(b.Connect(long), syscall.ENAMETOOLONG)
			t.Connect(b, t.Bind(a))
			t.Send(a, "hello")
			t.Expect(b, "hello")
		},
	},
	{
		id:    "E6",
		must:  "memory that never changes can be sent without a copy, over inproc too (zmq_send_const)",
		proof: "libzmq/capi.TestSendAndReceive",
	},
	{
		id:   "E7",
		must: "small messages go out at once over tcp: both ends have TCP_NODELAY (Linux); LOOPBACK_FASTPATH is an option everywhere",
		test: func(t *T) {
			noDelay(t, t.oneConnection("127.0.0.1", opt.LoopbackFastPath.To(true)))
		},
	},
}

func thirdPair(t *T) {
	a := t.Socket(zmq.PAIR)
	w := t.Watch(a, zmq.EventHandshakeSucceeded)
	endpoint := t.Bind(a)
	b := t.Connected(zmq.PAIR, endpoint)
	t.Send(a, "1")
	t.Expect(b, "1")
	third := t.Connected(zmq.PAIR, endpoint)
	_ = t.TrySend(third, "intruder") // it may take it, for nobody
	if t.Transport != "inproc" {
		w.Expect(zmq.EventHandshakeSucceeded, zmq.EventHandshakeSucceeded)
	}
	for i := range 10 {
		t.Send(b, testkit.Numbered(i))
		t.Expect(a, testkit.Numbered(i))
		t.Send(a, testkit.Numbered(i))
		t.Expect(b, testkit.Numbered(i))
	}
	t.ExpectNone(a)
	t.ExpectNone(third)
}

func nextPair(t *T) {
	bound, endpoint := t.Bound(zmq.PAIR)
	for i := range 3 {
		// It turns the next peer away until it has seen the last one go, and
		// nothing tells when it has: knock until it opens.
		var peer *zmq.Socket
		hello := fmt.Sprint("hello ", i)
		t.Eventually("the next peer is taken", func() bool {
			peer = t.Connected(zmq.PAIR, endpoint)
			if t.TrySend(peer, hello) != nil {
				t.Drop(peer)
				return false
			}
			ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			m, err := bound.Recv(ctx)
			if err != nil {
				t.Drop(peer)
			}
			return err == nil && string(m[0]) == hello
		})
		t.Send(bound, "welcome", hello)
		t.Expect(peer, "welcome", hello)
		t.Send(bound, "unread")
		t.OK(peer.Close())
	}
	if t.Transport == "inproc" {
		return // which does not connect again
	}
	endpoint = t.Free()
	connected := t.Connected(zmq.PAIR, endpoint, quickly)
	for range 3 {
		peer := t.Socket(zmq.PAIR)
		t.BindAt(peer, endpoint)
		t.Send(peer, "hello") // waits for it
		t.Expect(connected, "hello")
		t.Send(connected, "welcome")
		t.Expect(peer, "welcome")
		t.Drop(peer)
	}
}
