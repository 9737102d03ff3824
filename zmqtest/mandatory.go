package zmqtest

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// ROUTER_MANDATORY, and peers that are full.
var mandatory = []row{
	{
		id: "B4", key: true, over: all,
		must: "with ROUTER_MANDATORY a message for an unknown name is ErrHostUnreachable, and the next message goes out whole",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER, opt.RouterMandatory.To(true))
			peer := called(t, router, zmq.DEALER, endpoint, "known")
			for range 3 {
				for op, send := range sends(router) { // to "x", which nobody is called
					err := send(testkit.Soon(t))
					if !errors.Is(err, zmq.ErrHostUnreachable) || !errors.Is(err, syscall.EHOSTUNREACH) {
						t.Errorf("%s: error is %v, want %v", op, err, zmq.ErrHostUnreachable)
					}
				}
				t.Refused(t.TrySend(router, "unknown", "known", "x"), zmq.ErrHostUnreachable)
				t.Send(router, "known", "x", "y")
				t.Expect(peer, "x", "y")
			}
		},
	},
	{
		id: "B5", over: all,
		must: "with ROUTER_MANDATORY a send to a peer at its high-water mark waits until the peer reads, and drops nothing",
		test: fullPeer,
	},
	{
		id: "B6", over: all,
		must: "with ROUTER_MANDATORY a send to a peer that has gone is ErrHostUnreachable, also one that waited for it",
		test: gonePeer,
	},
	{
		id: "B7", over: all,
		must: "without ROUTER_MANDATORY a send never waits: what a full peer cannot take is dropped whole",
		test: droppedAtHWM,
	},
	{
		id:   "B8",
		must: "ROUTER is always ready to send; with ROUTER_MANDATORY only when one of its peers can take a message",
		test: readyRouter,
	},
	{
		id: "B9", over: all, needs: "draft",
		must: "a ROUTER tells whether a peer is writable, full or unknown; other types have no such answer",
		test: peerState,
	},
}

// Few messages fill a peer that has small buffers, if they are large where
// the system has buffers too.
var (
	narrow = zmq.Settings(opt.SendHWM.To(2), opt.RecvHWM.To(2), opt.SendBuffer.To(10_000), opt.RecvBuffer.To(10_000))
	bulky  = strings.Repeat("x", 100_000)
)

// crowd sends numbered messages until a peer that does not read is full, and
// returns how many it took. The last of them may still be on their way. For a
// ROUTER they begin with the peer's name.
func crowd(t *T, s *zmq.Socket, to ...string) (n int) {
	t.Helper()
	for ; n < 1000; n++ {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		err := s.Send(ctx, testkit.Bytes(append(to, testkit.Numbered(n), bulky)...)...)
		cancel()
		if err != nil {
			t.Refused(err, context.DeadlineExceeded)
			return n
		}
	}
	t.Fatal("a peer that does not read takes a hundred megabytes")
	return n
}

func fullPeer(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, narrow, opt.RouterMandatory.To(true))
	peer := called(t, router, zmq.DEALER, endpoint, "full", narrow)
	n := crowd(t, router, "full")
	if t.Transport == "inproc" { // where nothing is still on its way
		t.Refused(t.TrySend(router, "full", "given up"), zmq.ErrAgain)
		t.OK(router.Set(opt.SendTimeout.To(time.Millisecond)))
		t.Refused(router.Send(context.Background(), testkit.Bytes("full", "given up")...), os.ErrDeadlineExceeded)
		t.OK(router.Set(opt.SendTimeout.To(-1)))
	}
	sent := testkit.NewGroup(t)
	sent.Go(func() error { return router.Send(testkit.Soon(t), testkit.Bytes("full", "patient")...) })
	for i := range n {
		t.Expect(peer, testkit.Numbered(i), bulky)
	}
	t.Expect(peer, "patient")
	sent.Wait()
}

func gonePeer(t *T) {
	setup := func(t *T) (router, peer *zmq.Socket, endpoint string) {
		router, endpoint = t.Bound(zmq.ROUTER, narrow, opt.RouterMandatory.To(true))
		return router, called(t, router, zmq.DEALER, endpoint, "peer", narrow), endpoint
	}
	t.Run("idle", func(t *T) {
		router, peer, _ := setup(t)
		t.Drop(peer)
		t.Eventually("the peer is unknown", func() bool {
			return errors.Is(t.TrySend(router, "peer", "x"), zmq.ErrHostUnreachable)
		})
		t.Refused(router.Send(testkit.Soon(t), testkit.Bytes("peer", "x")...), zmq.ErrHostUnreachable)
	})
	for _, other := range []string{"alone", "beside another"} {
		t.Run("full, "+other, func(t *T) {
			router, peer, endpoint := setup(t)
			if other != "alone" {
				called(t, router, zmq.DEALER, endpoint, "other")
			}
			crowd(t, router, "peer")
			waiting := testkit.NewGroup(t)
			for range 3 {
				waiting.Go(func() error {
					var err error
					for ctx := testkit.Soon(t); err == nil; { // what crowd sent may make room on its way
						err = router.Send(ctx, testkit.Bytes("peer", bulky)...)
					}
					if errors.Is(err, zmq.ErrHostUnreachable) {
						return nil
					}
					return errors.Join(errors.New("want "+zmq.ErrHostUnreachable.Error()), err)
				})
			}
			t.Drop(peer)
			waiting.Wait()
		})
	}
}

func droppedAtHWM(t *T) {
	const many = 200
	router, endpoint := t.Bound(zmq.ROUTER, narrow)
	peer := called(t, router, zmq.DEALER, endpoint, "slow", narrow)
	for i := range many {
		t.OK(t.TrySend(router, "slow", testkit.Numbered(i), bulky))
	}
	got, last := 0, ""
	t.Eventually("there is room for the last message", func() bool {
		t.OK(t.TrySend(router, "slow", "last"))
		for {
			var m zmq.Msg
			if err := peer.TryRecv(&m); err != nil {
				t.Refused(err, zmq.ErrAgain)
				return false
			}
			number := string(m.Frame(0))
			if number == "last" {
				return true
			}
			if m.Len() != 2 || string(m.Frame(1)) != bulky || number <= last {
				t.Fatalf("%q with %d frames comes after %q", number, m.Len(), last)
			}
			got, last = got+1, number
		}
	})
	if got == 0 || got == many {
		t.Errorf("%d messages of %d came to a peer that did not read", got, many)
	}
}

func readyRouter(t *T) {
	t.Transport = "inproc" // where a message is there when it has been sent
	for _, mandatory := range []bool{false, true} {
		router, endpoint := t.Bound(zmq.ROUTER, narrow, opt.RouterMandatory.To(mandatory))
		readyIs := func(when string, want bool) {
			t.Helper()
			if got := events(t, router)&zmq.Out != 0; got != want {
				t.Errorf("mandatory %v, %s: ready to send is %v, want %v", mandatory, when, got, want)
			}
		}
		readyIs("without a peer", !mandatory)
		peer := called(t, router, zmq.DEALER, endpoint, "peer", narrow)
		readyIs("with a peer", true)
		for range 10 {
			_ = t.TrySend(router, "peer", "x") // refused or dropped at last
		}
		readyIs("with a peer that is full", !mandatory)
		called(t, router, zmq.DEALER, endpoint, "another")
		readyIs("with another that is not", true)
		t.Expect(peer, "x")
	}
}

func peerState(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, narrow, opt.RouterMandatory.To(true))
	_, err := router.PeerWritable([]byte("peer"))
	t.Refused(err, zmq.ErrHostUnreachable)
	peer := called(t, router, zmq.DEALER, endpoint, "peer", narrow)
	writable := func() bool {
		is, err := router.PeerWritable([]byte("peer"))
		t.OK(err)
		return is
	}
	if !writable() {
		t.Error("a new peer is not writable")
	}
	n := crowd(t, router, "peer")
	if t.Transport == "inproc" && writable() { // elsewhere the system's buffers may still drain
		t.Error("a full peer is writable")
	}
	for i := range n {
		t.Expect(peer, testkit.Numbered(i), bulky)
	}
	t.Eventually("a peer that has read is writable", writable)
	t.Drop(peer)
	t.Eventually("a peer that has gone is unknown", func() bool {
		_, err := router.PeerWritable([]byte("peer"))
		return errors.Is(err, zmq.ErrHostUnreachable)
	})
	_, err = t.Socket(zmq.DEALER).PeerWritable([]byte("peer"))
	t.Refused(err, zmq.ErrNotSupported)
}
