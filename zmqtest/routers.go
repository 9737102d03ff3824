package zmqtest

import (
	"fmt"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// ROUTER and DEALER among themselves, and with others.
var routers = []row{
	{
		id: "B25", over: remote,
		must: "a ROUTER reaches a DEALER of another context by its name as soon as that has connected, time after time",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER, opt.RouterMandatory.To(true))
			others := t.NewContext()
			for i := range 50 {
				dealer := testkit.Connected(t, others, zmq.DEALER, endpoint, opt.RoutingID.To(testkit.Numbered(i)))
				t.Eventually("the ROUTER knows the DEALER", func() bool {
					return t.TrySend(router, testkit.Numbered(i), "hello") == nil
				})
				t.Expect(dealer, "hello")
				t.Drop(dealer)
			}
		},
	},
	{
		id: "B26", over: all,
		must: "a DEALER that asks a REP puts the empty frame itself, and finds it in the reply",
		test: func(t *T) {
			rep, dealer := t.Pair(zmq.REP, zmq.DEALER)
			t.Send(dealer, "without it nobody answers")
			t.Send(dealer, "", "question")
			t.Send(dealer, "", "next question") // without waiting for the reply
			for _, question := range []string{"question", "next question"} {
				t.Expect(rep, question)
				t.Send(rep, "answer to "+question)
				t.Expect(dealer, "", "answer to "+question)
			}
		},
	},
	{
		id: "B27", over: all,
		must: "a message to a ROUTER's peer that is nothing but its name goes nowhere, and the next one goes out whole",
		test: func(t *T) {
			for _, mandatory := range []bool{false, true} {
				router, endpoint := t.Bound(zmq.ROUTER, opt.RouterMandatory.To(mandatory))
				peer := called(t, router, zmq.DEALER, endpoint, "name")
				for _, alone := range []string{"name", "unknown", ""} {
					t.Send(router, alone)
					t.Send(router, "name", "x", "y")
					t.Expect(peer, "x", "y")
				}
			}
		},
	},
	{
		id: "B28", over: all,
		must: "two ROUTERs talk with each other when each knows the other's name",
		test: func(t *T) {
			a, endpoint := t.Bound(zmq.ROUTER, opt.RoutingID.To("a"), opt.RouterMandatory.To(true))
			b := t.Connected(zmq.ROUTER, endpoint, opt.RoutingID.To("b"), opt.RouterMandatory.To(true))
			for _, s := range []struct {
				from, to  *zmq.Socket
				own, name string
			}{{a, b, "a", "b"}, {b, a, "b", "a"}} {
				t.Refused(t.TrySend(s.from, "another name", "x"), zmq.ErrHostUnreachable)
				t.Eventually("the name is known", func() bool { return t.TrySend(s.from, s.name, "first") == nil })
				t.Send(s.from, s.name, "second", "")
				t.Expect(s.to, s.own, "first")
				t.Expect(s.to, s.own, "second", "")
			}
		},
	},
	{
		id: "B29", key: true, over: remote,
		must: "a second Connect to the same endpoint changes nothing for DEALER, SUB, PUB and REQ; other types connect again",
		test: func(t *T) {
			for typ, want := range map[zmq.SocketType]int{
				zmq.DEALER: 1, zmq.SUB: 1, zmq.PUB: 1, zmq.REQ: 1,
				zmq.PUSH: 2, zmq.PULL: 2, zmq.ROUTER: 2, zmq.PAIR: 2, zmq.XPUB: 2, zmq.XSUB: 2, zmq.REP: 2,
			} {
				t.Run(typ.String(), func(t *T) { connectTwice(t, typ, want) })
			}
		},
	},
	{
		id: "B30", over: remote,
		must: "a message that ROUTER received has the properties of its connection, also when it was polled for before",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER)
			dealer := t.Connected(zmq.DEALER, endpoint)
			for i := range 6 {
				t.Send(dealer, "body", "more")
				if i%2 == 1 {
					readable(t, router)
				}
				var m zmq.Msg
				t.OK(router.RecvMsg(testkit.Soon(t), &m))
				if got := m.Property("Socket-Type"); got != "DEALER" {
					t.Errorf("message %d comes from a %q", i, got)
				}
			}
		},
	},
	{
		id:   "B31",
		must: "ROUTER_RAW exchanges bytes with plain TCP peers under an id of its own, and closes by an empty frame",
		test: rawPeers,
	},
}

// connectTwice counts the connections of a socket that connects to one
// endpoint two times.
func connectTwice(t *T, typ zmq.SocketType, want int) {
	twice, once := wire.Listen(t, t.Transport), wire.Listen(t, t.Transport)
	s := t.Socket(typ)
	connections := t.Watch(s, zmq.EventConnected)
	t.Connect(s, twice.Endpoint)
	t.Connect(s, twice.Endpoint)
	t.Connect(s, once.Endpoint) // connections are begun in this order
	got := 0
	for range want + 1 {
		if connections.Expect(zmq.EventConnected)[0].Endpoint == twice.Endpoint {
			got++
		}
	}
	if got != want {
		t.Errorf("%d connections, want %d", got, want)
	}
}

func rawPeers(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, opt.RouterRaw.To(true))
	var ids [2]string
	var peers [2]*wire.Peer
	for i := range peers {
		peers[i] = wire.Dial(t, endpoint)
		peers[i].Say(fmt.Sprint("hello ", i))
		m := t.Recv(router)
		if m[len(m)-1] == "" { // the connection came
			m = t.Recv(router)
		}
		if len(m) != 2 || len(m[0]) != 5 || m[0][0] != 0 || m[1] != fmt.Sprint("hello ", i) {
			t.Fatalf("received %q", m)
		}
		ids[i] = m[0]
	}
	for i, id := range ids {
		t.Send(router, id, fmt.Sprint("answer ", i))
		peers[i].Hear(fmt.Sprint("answer ", i))
	}
	t.Send(router, ids[0], "")
	peers[0].Closed()
	t.Send(router, ids[1], "still there")
	peers[1].Hear("still there")
}
