package zmqtest

import (
	zmq "gozmq"
	"gozmq/opt"
)

// What goes from subscribers to publishers besides subscriptions, and XSUB.
var upstream = []row{
	{
		id: "C21", over: all,
		must: "what an XSUB sends that begins neither with 0x00 nor with 0x01 reaches an XPUB as it is, and a PUB ignores it",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			xsub := t.Connected(zmq.XSUB, endpoint)
			for _, m := range []string{"hello", "", "\x02A", "\xff", varied(100_000)} {
				t.Send(xsub, m)
				t.Expect(xpub, m)
			}
			pub, endpoint := t.Bound(zmq.PUB)
			xsub = t.Connected(zmq.XSUB, endpoint)
			t.Send(xsub, "hello")
			t.Send(xsub, subscribe+"A")
			t.sentUntilHeard(pub, xsub, "A1")
			t.Refused(pub.TryRecv(new(zmq.Msg)), zmq.ErrNotSupported)
		},
	},
	{
		id: "C22", over: all, since: 40303,
		must: "with ONLY_FIRST_SUBSCRIBE later frames of a message are data, whatever they begin with; without it they are subscriptions too",
		test: laterFrames,
	},
	{
		id: "C23", over: all,
		must: "a message of several frames goes from an XSUB to an XPUB whole",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			a, b := t.Connected(zmq.XSUB, endpoint), t.Connected(zmq.XSUB, endpoint)
			for _, xsub := range []*zmq.Socket{a, b, a} {
				t.Send(xsub, "several", "", "frames", varied(10_000))
				t.Send(xsub, "one")
				t.Expect(xpub, "several", "", "frames", varied(10_000))
				t.Expect(xpub, "one")
			}
		},
	},
	{
		id: "C24", over: all,
		must: "an XSUB passes every subscription on, but a cancellation only when it is the last; with XSUB_VERBOSE_UNSUBSCRIBE every one",
		test: func(t *T) {
			sends := []string{subscribe + "A", subscribe + "A", cancel + "A", subscribe + "1", cancel + "A", cancel + "A", subscribe + "2"}
			receives := []string{subscribe + "A", subscribe + "A", subscribe + "1", cancel + "A", subscribe + "2"}
			verbosities := map[bool][]string{false: receives}
			if t.Zctx().Has("draft") && t.Zctx().Version() >= 40305 {
				verbosities[true] = sends
			}
			for verbose, receives := range verbosities {
				xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerboser.To(true))
				xsub := t.Connected(zmq.XSUB, endpoint)
				if verbose {
					t.OK(xsub.Set(opt.XSubVerboseUnsubscribe.To(true)))
				}
				for _, m := range sends {
					t.Send(xsub, m)
				}
				for _, m := range receives {
					t.Expect(xpub, m)
				}
			}
		},
	},
	{
		id: "C25", over: all,
		must: "an XSUB receives whatever a publisher sends it, subscribed to or not; a SUB does not",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubManual.To(true))
			for _, typ := range []zmq.SocketType{zmq.XSUB, zmq.SUB} {
				s := t.Connected(typ, endpoint)
				if typ == zmq.XSUB {
					t.Send(s, subscribe+"A")
				} else {
					t.OK(s.Subscribe("A"))
				}
				t.Expect(xpub, subscribe+"A")
				t.OK(xpub.Subscribe(""))
				t.Send(xpub, "B")
				t.Send(xpub, "A")
				if typ == zmq.XSUB {
					t.Expect(s, "B")
				}
				t.Expect(s, "A")
			}
		},
	},
}

func laterFrames(t *T) {
	for _, onlyFirst := range []bool{true, false} {
		xpub, endpoint := t.Bound(zmq.XPUB, opt.OnlyFirstSubscribe.To(onlyFirst))
		xsub := t.Connected(zmq.XSUB, endpoint, opt.OnlyFirstSubscribe.To(onlyFirst))
		long := subscribe + varied(2000)
		for _, m := range [][]string{{"data", subscribe + "A"}, {"data", cancel + "A", subscribe + "A", ""}, {"data", long}} {
			t.Send(xsub, m...)
			if onlyFirst {
				t.Expect(xpub, m...)
			}
		}
		t.Send(xsub, subscribe+"end")
		for t.Recv(xpub)[0] != subscribe+"end" {
		}
		t.Send(xpub, "A")
		t.Send(xpub, "end")
		if !onlyFirst {
			t.Expect(xsub, "A")
		}
		t.Expect(xsub, "end")
	}
}
