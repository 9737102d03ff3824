package behaviour

import (
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestRouter(t *testing.T) {
	zctx := testlib.Context(t)
	dealer := func(t *testing.T, endpoint, id string, settings ...zmq.Setting) *zmq.Socket {
		t.Helper()
		return testkit.Connected(t, zctx, zmq.DEALER, endpoint, append(settings, opt.RoutingID.To(id))...)
	}
	t.Run("B1 a peer without a name gets five bytes, the first is 0", func(t *testing.T) {
		router, peer := testkit.Pair(t, zctx, "tcp", zmq.ROUTER, zmq.DEALER)
		testkit.Send(t, peer, "x")
		if id := testkit.Recv(t, router)[0]; len(id) != 5 || id[0] != 0 {
			t.Errorf("the id is %q", id)
		}
	})
	t.Run("B3 a message for an unknown id is dropped, all of it", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		peer := dealer(t, endpoint, "known")
		testkit.Send(t, peer, "hello")
		testkit.Expect(t, router, "known", "hello")
		testkit.Send(t, router, "unknown", "known", "x")
		testkit.Send(t, router, "known", "x")
		testkit.Expect(t, peer, "x")
	})
	t.Run("B4 B6 with MANDATORY it is ErrHostUnreachable, and the next message goes", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp", opt.RouterMandatory.To(true))
		peer := dealer(t, endpoint, "known")
		testkit.Send(t, peer, "hello")
		testkit.Expect(t, router, "known", "hello")
		for range 3 {
			err := router.Send(testkit.Soon(t), []byte("unknown"), []byte("known"), []byte("x"))
			testkit.WantError(t, err, zmq.ErrHostUnreachable)
			testkit.WantError(t, err, syscall.EHOSTUNREACH)
			testkit.Send(t, router, "known", "x", "y")
			testkit.Expect(t, peer, "x", "y")
		}
		testkit.Drop(peer)
		testkit.Eventually(t, "the peer is unknown", func() bool {
			return router.TrySend(zmq.NewMsg([]byte("known"), []byte("x"))) != nil
		})
		testkit.WantError(t, router.Send(testkit.Soon(t), []byte("known"), []byte("x")), zmq.ErrHostUnreachable)
	})
	t.Run("B5 with MANDATORY a peer at its high-water mark is ErrAgain", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc", opt.RouterMandatory.To(true), opt.SendHWM.To(5))
		peer := dealer(t, endpoint, "full", opt.RecvHWM.To(5))
		testkit.Send(t, peer, "hello")
		testkit.Expect(t, router, "full", "hello")
		sent := 0
		var err error
		for ; sent < 100 && err == nil; sent++ {
			err = router.TrySend(zmq.NewMsg([]byte("full"), []byte("body"), []byte(testkit.Numbered(sent))))
		}
		testkit.WantError(t, err, zmq.ErrAgain)
		for i := range sent - 1 {
			testkit.Expect(t, peer, "body", testkit.Numbered(i))
		}
	})
	t.Run("B10 a second peer of the same name is not heard", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		first := dealer(t, endpoint, "name")
		testkit.Send(t, first, "first")
		testkit.Expect(t, router, "name", "first")
		second := dealer(t, endpoint, "name")
		testkit.Send(t, second, "second")
		// A third one has been heard: so would the second have been.
		testkit.Send(t, dealer(t, endpoint, "other"), "third")
		testkit.Expect(t, router, "other", "third")
		testkit.Send(t, router, "name", "to the first")
		testkit.Expect(t, first, "to the first")
		testkit.ExpectNone(t, router)
	})
	t.Run("B11 with HANDOVER it takes over", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp", opt.RouterHandover.To(true))
		first := dealer(t, endpoint, "name")
		testkit.Send(t, first, "first")
		testkit.Expect(t, router, "name", "first")
		second := dealer(t, endpoint, "name")
		testkit.Send(t, second, "second")
		testkit.Expect(t, router, "name", "second")
		testkit.Send(t, router, "name", "to the second")
		testkit.Expect(t, second, "to the second")
	})
	t.Run("B12 PROBE_ROUTER introduces a peer", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		dealer(t, endpoint, "prober", opt.ProbeRouter.To(true))
		testkit.Expect(t, router, "prober", "")
	})
	t.Run("B13 B14 CONNECT_ROUTING_ID names a peer before it is there, once", func(t *testing.T) {
		peer, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp", opt.RoutingID.To("ignored"))
		router := testkit.Connected(t, zctx, zmq.ROUTER, endpoint, opt.RoutingID.To("me"), opt.ConnectRoutingID.To("you"),
			opt.RouterMandatory.To(true))
		testkit.Send(t, router, "you", "hello")
		testkit.Expect(t, peer, "me", "hello")
		testkit.Send(t, peer, "me", "hello yourself")
		testkit.Expect(t, router, "you", "hello yourself")
		next, endpoint := testkit.Bound(t, zctx, zmq.DEALER, "tcp", opt.RoutingID.To("own name"))
		if err := router.Connect(endpoint); err != nil {
			t.Fatal(err)
		}
		testkit.Send(t, next, "hello")
		testkit.Expect(t, router, "own name", "hello")
	})
	t.Run("B22 DEALER goes round, and hears all", func(t *testing.T) {
		one := testkit.Socket(t, zctx, zmq.DEALER)
		var peers [3]*zmq.Socket
		for i := range peers {
			peer, endpoint := testkit.Bound(t, zctx, zmq.DEALER, "tcp")
			if err := one.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			peers[i] = peer
		}
		for i := range 30 {
			testkit.Send(t, one, testkit.Numbered(i), "whole")
			testkit.Expect(t, peers[i%3], testkit.Numbered(i), "whole")
		}
	})
	t.Run("B27 a message of nothing but an id does no harm", func(t *testing.T) {
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		peer := dealer(t, endpoint, "name")
		testkit.Send(t, peer, "hello")
		testkit.Expect(t, router, "name", "hello")
		testkit.Send(t, router, "name")
		testkit.Send(t, router, "name", "x")
		testkit.Expect(t, peer, "x")
	})
	t.Run("B29 connecting twice is one connection for DEALER, two for PUSH", func(t *testing.T) {
		for _, c := range []struct {
			typ, peer zmq.SocketType
			times     int
		}{{zmq.DEALER, zmq.DEALER, 1}, {zmq.PUSH, zmq.PULL, 2}} {
			s := testkit.Socket(t, zctx, c.typ, opt.SendHWM.To(10))
			dead := testkit.DeadEndpoint(t)
			for range 2 {
				if err := s.Connect(dead); err != nil {
					t.Fatal(err)
				}
			}
			sent := 0
			for s.TrySend(zmq.NewMsg([]byte("x"))) == nil {
				sent++
			}
			if sent != 10*c.times {
				t.Errorf("%v has queues for %d messages, want %d", c.typ, sent, 10*c.times)
			}
		}
	})
}
