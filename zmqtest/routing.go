package zmqtest

import (
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/opt"
)

// Section B: ROUTER, DEALER and routing ids.
var routing = slices.Concat(routingIDs, mandatory, names, notices, dealers, routers)

var routingIDs = []row{
	{
		id: "B1", over: all,
		must: "ROUTER calls a peer without a routing id by 5 bytes of which the first is 0, and no two the same",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER)
			ids := map[string]bool{}
			for range 10 {
				peer := t.Connected(zmq.DEALER, endpoint)
				for range 2 {
					t.Send(peer, "x")
					id := t.Recv(router)[0]
					if len(id) != 5 || id[0] != 0 {
						t.Fatalf("the id is %q", id)
					}
					ids[id] = true
				}
			}
			if len(ids) != 10 {
				t.Errorf("10 peers have %d ids", len(ids))
			}
		},
	},
	{
		id: "B2", over: all,
		must: "a routing id is 1 to 255 bytes, any bytes, and is the name that ROUTER gives the peer",
		test: ownRoutingID,
	},
	{
		id: "B3", over: all,
		must: "what ROUTER sends to a name that no peer has is dropped, all frames of it, and is no error",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER)
			peer := called(t, router, zmq.DEALER, endpoint, "known")
			t.Send(router, "unknown", "known", "x")
			t.OK(t.TrySend(router, "unknown", "known", "", "known"))
			t.Send(router, "known", "last")
			t.Expect(peer, "last")
		},
	},
}

// called makes a peer with a routing id which s, a ROUTER, has heard of.
func called(t *T, s *zmq.Socket, typ zmq.SocketType, endpoint, id string, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	peer := t.Connected(typ, endpoint, append(settings, opt.RoutingID.To(id))...)
	t.Send(peer, "hello")
	m := t.Recv(s)
	if m[0] != id || m[len(m)-1] != "hello" {
		t.Fatalf("ROUTER received %q from %q", m, id)
	}
	return peer
}

func ownRoutingID(t *T) {
	tooLong := strings.Repeat("n", 256)
	for _, typ := range []zmq.SocketType{zmq.REQ, zmq.DEALER, zmq.ROUTER} {
		router, endpoint := t.Bound(zmq.ROUTER)
		for _, id := range []string{"a", "\x01\x00\xff\n", tooLong[1:]} {
			peer := t.Socket(typ, opt.RoutingID.To(id), opt.ProbeRouter.To(true))
			t.Refused(peer.Set(opt.RoutingID.To("")), zmq.ErrInvalid)
			t.Refused(peer.Set(opt.RoutingID.To(tooLong)), zmq.ErrInvalid)
			got, err := opt.RoutingID.Get(peer)
			t.OK(err)
			if got != id {
				t.Errorf("%v: the routing id is %q, want %q", typ, got, id)
			}
			t.Connect(peer, endpoint)
			t.Expect(router, id, "")
		}
	}
}
