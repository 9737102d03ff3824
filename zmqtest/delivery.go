package zmqtest

import (
	"context"
	"os"
	"slices"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Options of what a publisher drops, adds and turns round.
var delivery = []row{
	{
		id: "C26", over: all, key: true,
		must: "with XPUB_NODROP a publisher waits for a full subscriber, and every message arrives",
		test: func(t *T) {
			for _, typ := range []zmq.SocketType{zmq.XPUB, zmq.PUB} {
				nothingDropped(t, typ)
			}
		},
	},
	{
		id: "C27", over: all,
		must: "a message that XPUB_NODROP refused leaves nothing behind: the next one goes to its own subscribers, whole",
		test: refusedByNoDrop,
	},
	{
		id: "C28", over: all,
		must: "XPUB_WELCOME_MSG comes first to each new subscriber whose subscriptions let it through, and to nobody when it is empty",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubWelcomeMsg.To([]byte("welcome")), opt.XPubVerbose.To(true))
			for range 3 {
				sub, other := t.Connected(zmq.SUB, endpoint, topic("we")), t.Connected(zmq.SUB, endpoint, topic("x"))
				t.told(xpub, subscribe+"we", subscribe+"x")
				t.Send(xpub, "we are")
				t.Send(xpub, "x")
				t.Expect(sub, "welcome")
				t.Expect(sub, "we are")
				t.Expect(other, "x")
				t.ExpectNone(other)
				t.Drop(sub)
				t.Drop(other)
				t.told(xpub, cancel+"we", cancel+"x")
			}
			t.OK(xpub.Set(opt.XPubWelcomeMsg.To(nil)))
			sub := t.Connected(zmq.SUB, endpoint)
			t.subscribes(sub, xpub, "")
			t.Send(xpub, "first")
			t.Expect(sub, "first")
		},
	},
	{
		id: "C29", over: all,
		must: "with INVERT_MATCHING on both ends what matches no subscription is delivered; with it on the publisher alone nothing gets through",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.InvertMatching.To(true))
			inverted, plain := t.Connected(zmq.SUB, endpoint, opt.InvertMatching.To(true)), t.Connected(zmq.SUB, endpoint)
			t.subscribes(inverted, xpub, "A", "AB")
			t.subscribes(plain, xpub, "P")
			for _, m := range []string{"A", "B", "AB", "P", "", "PA"} {
				t.Send(xpub, m)
			}
			for _, m := range []string{"B", "P", "", "PA"} {
				t.Expect(inverted, m)
			}
			t.OK(xpub.Set(opt.InvertMatching.To(false)))
			t.Send(xpub, "P end")
			t.Expect(plain, "P end")
		},
	},
	{
		id: "C30", over: all, key: true,
		must: "with CONFLATE one message waits, the newest: of 20 the receiver gets the last, and not those before",
		test: func(t *T) {
			conflate := opt.Conflate.To(true)
			for from, to := range map[zmq.SocketType]zmq.SocketType{zmq.PUSH: zmq.PULL, zmq.DEALER: zmq.DEALER} {
				endpoint := t.Free()
				receiver := t.Socket(to, conflate)
				bind := func() { t.BindAt(receiver, endpoint) }
				if t.Transport == "inproc" {
					bind() // there messages wait in the receiver,
				}
				sender := t.Connected(from, endpoint, conflate, quickly)
				for i := range 20 {
					t.OK(t.TrySend(sender, testkit.Numbered(i)))
				}
				if t.Transport != "inproc" {
					bind() // and here in the sender
				}
				if older := t.newest(sender, receiver, testkit.Numbered(19)); older > 1 {
					t.Errorf("%d older messages came before the newest", older)
				}
			}
		},
	},
	{
		id: "C31", over: all,
		must: "a PUB with CONFLATE keeps the newest message for a slow subscriber; other types, such as ROUTER and REQ, ignore the option",
		test: newestOfPub,
	},
}

func nothingDropped(t *T, typ zmq.SocketType) {
	const n = 300
	pub, endpoint := t.Bound(typ, opt.XPubNoDrop.To(true), opt.SendHWM.To(10), opt.SendBuffer.To(10_000))
	sub := t.Connected(zmq.SUB, endpoint, toAll, opt.RecvHWM.To(10), opt.RecvBuffer.To(10_000))
	t.sentUntilHeard(pub, sub, "sync")

	body := varied(20_000)
	next := 0
	full := func(err, reason error) bool {
		if err == nil {
			next++
			return false
		}
		t.Refused(err, reason)
		return true
	}
	t.Eventually("the publisher does not send at once", func() bool {
		return full(t.TrySend(pub, testkit.Numbered(next), body), zmq.ErrAgain)
	})
	t.OK(pub.Set(opt.SendTimeout.To(time.Millisecond)))
	t.Eventually("the publisher waits", func() bool {
		return full(pub.Send(testkit.Soon(t), testkit.Bytes(testkit.Numbered(next), body)...), os.ErrDeadlineExceeded)
	})
	t.OK(pub.Set(opt.SendTimeout.To(-1)))
	if next == 0 || next >= n {
		t.Fatalf("the publisher is full after %d messages", next)
	}
	sending := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	sending.Go(func() error {
		for i := next; i < n; i++ {
			if err := pub.Send(ctx, testkit.Bytes(testkit.Numbered(i), body)...); err != nil {
				return err
			}
		}
		return nil
	})
	first := t.Recv(sub)
	for len(first) == 1 { // of the sync
		first = t.Recv(sub)
	}
	for i := range n {
		if i > 0 {
			first = t.Recv(sub)
		}
		if first[0] != testkit.Numbered(i) || first[1] != body {
			t.Fatalf("message %d is %.20q", i, first)
		}
	}
	sending.Wait()
}

func refusedByNoDrop(t *T) {
	xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubNoDrop.To(true), opt.SendHWM.To(2), opt.SendBuffer.To(10_000))
	slow := t.Connected(zmq.XSUB, endpoint, opt.RecvHWM.To(1), opt.RecvBuffer.To(10_000)) // an XSUB does not filter
	other := t.Connected(zmq.SUB, endpoint)
	t.Send(slow, subscribe+"a")
	t.Expect(xpub, subscribe+"a")
	t.subscribes(other, xpub, "b")
	body := varied(20_000)
	sent := 0
	for round := range 5 {
		t.Eventually("slow is full", func() bool {
			err := t.TrySend(xpub, "a", testkit.Numbered(sent), body)
			if err == nil {
				sent++
			}
			return err != nil
		})
		t.Send(xpub, "b", testkit.Numbered(round))
		t.Expect(other, "b", testkit.Numbered(round))
	}
	sending := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	sending.Go(func() error { return xpub.Send(ctx, []byte("a"), []byte("end")) })
	for i := range sent {
		t.Expect(slow, "a", testkit.Numbered(i), body)
	}
	t.Expect(slow, "a", "end")
	sending.Wait()
	t.ExpectNone(other)
}

func newestOfPub(t *T) {
	conflate := opt.Conflate.To(true)
	pub, endpoint := t.Bound(zmq.PUB, conflate)
	sub := t.Connected(zmq.SUB, endpoint, conflate)
	t.Eventually("the subscription has arrived", func() bool {
		t.OK(sub.Subscribe("")) // again: it may be lost where there is room for one message
		t.Send(pub, "")
		return sub.TryRecv(new(zmq.Msg)) == nil
	})
	for i := range 100 {
		t.Send(pub, testkit.Numbered(i))
	}
	if older := t.newest(pub, sub, testkit.Numbered(99)); t.Transport == "inproc" && older > 3 || older > 90 {
		t.Errorf("%d older messages came before the newest", older)
	}
	for typ, peer := range map[zmq.SocketType]zmq.SocketType{zmq.ROUTER: zmq.DEALER, zmq.PAIR: zmq.PAIR, zmq.XPUB: zmq.XSUB} {
		s, endpoint := t.Bound(typ, conflate)
		p := t.Connected(peer, endpoint)
		for i := range 5 {
			t.Send(p, testkit.Numbered(i), "whole")
		}
		for i := range 5 {
			got := t.Recv(s)
			if typ == zmq.ROUTER {
				got = got[1:]
			}
			if !slices.Equal(got, []string{testkit.Numbered(i), "whole"}) {
				t.Errorf("%v receives %q as message %d", typ, got, i)
			}
		}
	}
}

// newest receives until the newest message comes, which was sent, and returns
// how many came before. It is sent again meanwhile: a queue of one message may
// show the one before, and keep the newest until the next, when both sides are
// at it in the same moment.
func (t *T) newest(sender, receiver *zmq.Socket, text string) (older int) {
	t.Helper()
	stop := t.repeating(func(ctx context.Context) error { return sender.Send(ctx, []byte(text)) })
	defer stop()
	for last := ""; ; older++ {
		m := t.Recv(receiver)[0]
		if m == text {
			return older
		}
		if m < last {
			t.Fatalf("%s comes after %s", m, last)
		}
		last = m
	}
}
