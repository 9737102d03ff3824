package zmqtest

import (
	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Whom a ROUTER calls by which name.
var names = []row{
	{
		id: "B10", over: all,
		must: "without ROUTER_HANDOVER a second peer of the same name is not heard, and the first keeps the name",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER)
			first := called(t, router, zmq.DEALER, endpoint, "name")
			second := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("name"))
			t.Send(second, "second")
			// A third one has been heard: so would the second have been.
			called(t, router, zmq.DEALER, endpoint, "other")
			for range 3 {
				t.Send(router, "name", "to the first")
				t.Expect(first, "to the first")
			}
			t.Send(first, "still here")
			t.Expect(router, "name", "still here")
			t.ExpectNone(second)
		},
	},
	{
		// libzmq leaves the first's connection open, with nobody behind it.
		id: "B11", key: true, over: all,
		must: "with ROUTER_HANDOVER a new peer takes the name over; the first gets nothing more and is not heard, but for what it sent before",
		test: handover,
	},
	{
		id: "B12", over: all,
		must: "with PROBE_ROUTER a DEALER, ROUTER or REQ introduces itself to a ROUTER by an empty message",
		test: func(t *T) {
			for _, typ := range []zmq.SocketType{zmq.DEALER, zmq.ROUTER, zmq.REQ} {
				router, endpoint := t.Bound(zmq.ROUTER)
				t.Connected(typ, endpoint, opt.RoutingID.To("me"), opt.ProbeRouter.To(true))
				t.Expect(router, "me", "")
			}
			router, endpoint := t.Bound(zmq.ROUTER)
			dealer := t.Connected(zmq.DEALER, endpoint, opt.ProbeRouter.To(true))
			t.Send(router, t.Recv(router)[0], "I see you")
			t.Expect(dealer, "I see you")
		},
	},
	{
		id: "B13", key: true, over: all,
		must: "CONNECT_ROUTING_ID names a peer before it is there, and stays its name whatever it calls itself",
		test: nameBeforeConnecting,
	},
	{
		id: "B14", over: all,
		must: "CONNECT_ROUTING_ID is for the next Connect only",
		test: func(t *T) {
			router := t.Socket(zmq.ROUTER, opt.ConnectRoutingID.To("chosen"))
			for i, own := range []string{"first", "second", "third"} {
				peer, endpoint := t.Bound(zmq.DEALER, opt.RoutingID.To(own))
				t.Connect(router, endpoint)
				t.Send(peer, "hello")
				if i == 0 {
					own = "chosen"
				}
				t.Expect(router, own, "hello")
			}
		},
	},
	{
		id: "B15", over: all,
		must: "CONNECT_ROUTING_ID names the peer that is connected to, and none that comes in at the same time",
		test: nameWhileAccepting,
	},
	{
		id:   "B16",
		must: "a CONNECT_ROUTING_ID that the socket or a peer of it has used already is an error, and harms nothing",
		test: func(t *T) {
			if t.Isolated() {
				t.Run("chosen twice", nameTwice)
				t.Run("a peer's own", nameOfPeer)
			}
		},
	},
}

func handover(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, opt.RouterHandover.To(true))
	// Where the first's connection is closed, it must not come back for the name.
	first := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("name"), opt.ReconnectInterval.To(-1))
	for range 5 {
		t.Send(first, "one", "of", "five")
	}
	t.Expect(router, "name", "one", "of", "five") // four are still to be read
	second := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("name"))
	t.Send(second, "from the second")
	for heard := ""; heard != "from the second"; {
		m := t.Recv(router)
		if heard = m[1]; heard == "one" && len(m) != 4 {
			t.Errorf("received %q", m)
		}
	}
	for range 3 {
		t.Send(router, "name", "to the second")
		t.Expect(second, "to the second")
	}
	_ = t.TrySend(first, "too late") // to nobody, or into the void
	for range 3 {
		t.Send(second, "still here")
		t.Expect(router, "name", "still here")
	}
	t.ExpectNone(first)
}

func nameBeforeConnecting(t *T) {
	for _, own := range []string{"", "ignored"} {
		endpoint := testkit.FreeEndpoint(t, t.Transport)
		router := t.Connected(zmq.ROUTER, endpoint, quickly,
			opt.RoutingID.To("me"), opt.ConnectRoutingID.To("you"), opt.RouterMandatory.To(true))
		t.Send(router, "you", "hello") // nobody is there
		peer := t.Socket(zmq.ROUTER)
		if own != "" {
			t.OK(peer.Set(opt.RoutingID.To(own)))
		}
		t.OK(peer.Bind(endpoint))
		for range 3 {
			t.Expect(peer, "me", "hello")
			t.Send(peer, "me", "hello yourself")
			t.Expect(router, "you", "hello yourself")
			if own != "" {
				t.Refused(t.TrySend(router, own, "x"), zmq.ErrHostUnreachable)
			}
			t.Send(router, "you", "hello")
		}
	}
}

func nameWhileAccepting(t *T) {
	for range 10 {
		x, xEndpoint := t.Bound(zmq.ROUTER, opt.RoutingID.To("x"))
		z, zEndpoint := t.Bound(zmq.ROUTER, opt.RoutingID.To("z"))
		y := t.Connected(zmq.ROUTER, xEndpoint, opt.RoutingID.To("y"), opt.ConnectRoutingID.To("x"))
		t.Send(y, "x", "from y")
		t.OK(x.Set(opt.ConnectRoutingID.To("z"))) // y may have come, or be on its way, or come next
		t.Connect(x, zEndpoint)
		t.Send(x, "z", "to z")
		t.Expect(z, "x", "to z")
		t.Expect(x, "y", "from y")
		t.Send(x, "y", "to y")
		t.Expect(y, "x", "to y")
	}
}

func nameTwice(t *T) {
	_, one := t.Bound(zmq.ROUTER)
	two, twoEndpoint := t.Bound(zmq.ROUTER)
	router := t.Connected(zmq.ROUTER, one, opt.RoutingID.To("me"), opt.ConnectRoutingID.To("name"))
	err := router.Set(opt.ConnectRoutingID.To("name"))
	if err == nil {
		err = router.Connect(twoEndpoint)
	}
	t.Refused(err, zmq.ErrInvalid)
	t.OK(router.Set(opt.ConnectRoutingID.To("other")))
	t.Connect(router, twoEndpoint)
	t.Send(router, "other", "hello")
	t.Expect(two, "me", "hello")
}

func nameOfPeer(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER)
	dealer := called(t, router, zmq.DEALER, endpoint, "name")
	_, elsewhere := t.Bound(zmq.ROUTER)
	err := router.Set(opt.ConnectRoutingID.To("name"))
	if err == nil {
		err = router.Connect(elsewhere)
	}
	t.Refused(err, zmq.ErrInvalid)
	t.Send(router, "name", "still there")
	for heard := ""; heard != "still there"; { // after what finding out may have cost
		heard = t.Recv(dealer)[0]
	}
}
