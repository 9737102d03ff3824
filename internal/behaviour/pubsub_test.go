package behaviour

import (
	"slices"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestPublishSubscribe(t *testing.T) {
	zctx := testlib.Context(t)
	all := opt.Subscribe.To(nil)
	t.Run("C2 C3 PUB never waits: not without subscribers, not for a slow one", func(t *testing.T) {
		xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.SendHWM.To(5))
		testkit.Send(t, xpub, "to nobody")
		slow := testkit.Connected(t, zctx, zmq.SUB, endpoint, all, opt.RecvHWM.To(5))
		// XPUB hears late that a message was read, so the quick one has room for all.
		quick := testkit.Connected(t, zctx, zmq.SUB, endpoint, all, opt.RecvHWM.To(0))
		testkit.Expect(t, xpub, "\x01")
		var none zmq.Msg
		testkit.Eventually(t, "both are subscribed", func() bool {
			testkit.Send(t, xpub, "sync")
			return quick.TryRecv(&none) == nil
		})
		for quick.TryRecv(&none) == nil {
		}
		for i := range 100 {
			// C4: frames of one message are dropped together.
			testkit.Send(t, xpub, testkit.Numbered(i), "second", "third")
			testkit.Expect(t, quick, testkit.Numbered(i), "second", "third")
		}
		n := 0
		for m := new(zmq.Msg); slow.TryRecv(m) == nil; n++ {
			if m.Len() != 3 && string(m.Frame(0)) != "sync" {
				t.Errorf("C4 received %q", m.Frames())
			}
		}
		if n == 0 || n > 10 {
			t.Errorf("the slow one has %d messages, want at most 10", n)
		}
	})
	t.Run("C6 each subscription counts", func(t *testing.T) {
		xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp")
		sub := testkit.Connected(t, zctx, zmq.SUB, endpoint)
		steps := []error{sub.Unsubscribe("never"), sub.Subscribe("a", "a"), sub.Unsubscribe("a"), sub.Subscribe("end")}
		for _, err := range steps {
			if err != nil {
				t.Fatal(err)
			}
		}
		testkit.Expect(t, xpub, "\x01a")
		testkit.Expect(t, xpub, "\x01end")
		testkit.Send(t, xpub, "a1")
		testkit.Expect(t, sub, "a1")
		if err := sub.Unsubscribe("a"); err != nil {
			t.Fatal(err)
		}
		testkit.Expect(t, xpub, "\x00a")
		testkit.Send(t, xpub, "a2")
		testkit.Send(t, xpub, "end")
		testkit.Expect(t, sub, "end")
	})
	t.Run("C8 subscriptions come to every new peer, and again after a loss", func(t *testing.T) {
		sub, endpoint := testkit.Bound(t, zctx, zmq.SUB, "tcp", opt.Subscribe.To([]byte("a")), opt.Subscribe.To([]byte("b")))
		for range 3 {
			xpub := testkit.Connected(t, zctx, zmq.XPUB, endpoint)
			got := []string{testkit.Recv(t, xpub)[0], testkit.Recv(t, xpub)[0]}
			slices.Sort(got)
			if !slices.Equal(got, []string{"\x01a", "\x01b"}) {
				t.Errorf("subscriptions are %q", got)
			}
			testkit.Send(t, xpub, "b1")
			testkit.Expect(t, sub, "b1")
			testkit.Drop(xpub)
		}
	})
	t.Run("C11 topics of all lengths but those that this libzmq loses", func(t *testing.T) {
		xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp")
		sub := testkit.Connected(t, zctx, zmq.SUB, endpoint)
		for n := range 301 {
			if n > 245 && n < 256 {
				continue // libzmq 4.3.3 and 4.3.4
			}
			topic := strings.Repeat("t", n)
			if err := sub.Subscribe(topic); err != nil {
				t.Fatal(err)
			}
			testkit.Expect(t, xpub, "\x01"+topic)
		}
	})
	t.Run("C14 the last subscriber's end is told", func(t *testing.T) {
		xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp")
		one := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To([]byte("a")))
		testkit.Expect(t, xpub, "\x01a")
		testkit.Drop(one)
		testkit.Expect(t, xpub, "\x00a")
	})
	t.Run("C15 with XPUB_MANUAL the publisher decides", func(t *testing.T) {
		xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp", opt.XPubManual.To(true))
		sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To([]byte("A")), opt.Subscribe.To([]byte("XA")))
		for range 2 {
			if testkit.Recv(t, xpub)[0] == "\x01A" {
				if err := xpub.Subscribe("XA"); err != nil {
					t.Fatal(err)
				}
			}
		}
		testkit.Send(t, xpub, "A")
		testkit.Send(t, xpub, "XA")
		testkit.Expect(t, sub, "XA")
	})
	t.Run("C26 with XPUB_NODROP nothing is lost", func(t *testing.T) {
		for _, transport := range testkit.Transports {
			xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, transport, opt.XPubNoDrop.To(true), opt.SendHWM.To(10))
			sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, all, opt.RecvHWM.To(10))
			testkit.Expect(t, xpub, "\x01")
			group := testkit.NewGroup(t)
			ctx := testkit.Soon(t)
			group.Go(func() error {
				for i := range 6000 {
					if err := xpub.Send(ctx, []byte(testkit.Numbered(i))); err != nil {
						return err
					}
				}
				return nil
			})
			for i := range 6000 {
				testkit.Expect(t, sub, testkit.Numbered(i))
			}
			group.Wait()
		}
	})
	t.Run("C30 with CONFLATE only the newest is received", func(t *testing.T) {
		pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.Conflate.To(true))
		push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.Conflate.To(true))
		for i := range 20 {
			testkit.Send(t, push, testkit.Numbered(i))
		}
		testkit.Expect(t, pull, testkit.Numbered(19))
		testkit.ExpectNone(t, pull)
	})
}
