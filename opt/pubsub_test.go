package opt_test

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Subscriptions as XPUB receives them and XSUB sends them.
const sub, unsub = "\x01", "\x00"

// publisher is an XPUB with two raw subscribers.
func publisher(t *testing.T, settings ...zmq.Setting) (xpub, a, b *zmq.Socket) {
	t.Helper()
	zctx := testlib.Context(t)
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", settings...)
	return xpub, testkit.Connected(t, zctx, zmq.XSUB, endpoint), testkit.Connected(t, zctx, zmq.XSUB, endpoint)
}

func TestXPubVerbose(t *testing.T) {
	for _, c := range []struct {
		name    string
		setting zmq.Setting
		want    [4]int // how many messages come of each step below
	}{
		{"neither", zmq.Setting{}, [4]int{1, 0, 0, 1}},
		{"verbose", opt.XPubVerbose.To(true), [4]int{1, 1, 0, 1}},
		{"verboser", opt.XPubVerboser.To(true), [4]int{1, 1, 1, 1}},
		{"verbose after verboser", zmq.Settings(opt.XPubVerboser.To(true), opt.XPubVerbose.To(true)), [4]int{1, 1, 0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			xpub, a, b := publisher(t, c.setting)
			for i, step := range []struct {
				from *zmq.Socket
				what string
			}{{a, sub + "A"}, {b, sub + "A"}, {a, unsub + "A"}, {b, unsub + "A"}} {
				testkit.Send(t, step.from, step.what)
				end := sub + testkit.Numbered(i)
				testkit.Send(t, step.from, end)
				got := 0
				for m := testkit.Recv(t, xpub)[0]; m != end; m = testkit.Recv(t, xpub)[0] {
					if got++; m != step.what {
						t.Errorf("step %d: received %q, want %q", i, m, step.what)
					}
				}
				if got != c.want[i] {
					t.Errorf("step %d: %q came %d times, want %d", i, step.what, got, c.want[i])
				}
			}
		})
	}
}

// The program decides what a subscription means.
func TestXPubManual(t *testing.T) {
	xpub, a, b := publisher(t, opt.XPubManual.To(true))
	testkit.Send(t, a, sub+"A")
	testkit.Expect(t, xpub, sub+"A")
	if err := xpub.Set(opt.Subscribe.To([]byte("XA"))); err != nil {
		t.Fatal(err)
	}
	testkit.Send(t, b, sub+"B")
	testkit.Expect(t, xpub, sub+"B")
	if err := xpub.Set(opt.Subscribe.To([]byte("XB")), opt.Unsubscribe.To([]byte("XB")), opt.Subscribe.To([]byte("XC"))); err != nil {
		t.Fatal(err)
	}
	for _, m := range []string{"A", "B", "XB", "XA", "XC"} {
		testkit.Send(t, xpub, m)
	}
	testkit.Expect(t, a, "XA")
	testkit.Expect(t, b, "XC")
}

// A message goes only to who subscribed last.
func TestXPubManualLastValue(t *testing.T) {
	if spec, _ := options.Socket(int(opt.XPubManualLastValue)); lacks(t, spec) {
		_, err := testlib.Context(t).NewSocket(zmq.XPUB, opt.XPubManualLastValue.To(true))
		wantLacking(t, spec, err)
		return
	}
	xpub, a, b := publisher(t, opt.XPubManualLastValue.To(true))
	for i, s := range []*zmq.Socket{a, b} {
		testkit.Send(t, s, sub+"A")
		testkit.Expect(t, xpub, sub+"A")
		if err := xpub.Set(opt.Subscribe.To([]byte("A"))); err != nil {
			t.Fatal(err)
		}
		testkit.Send(t, xpub, "A"+testkit.Numbered(i))
		testkit.Expect(t, s, "A"+testkit.Numbered(i))
	}
	testkit.ExpectNone(t, a)
}

// A full subscriber makes the publisher wait instead of missing messages.
func TestXPubNoDrop(t *testing.T) {
	for _, typ := range []zmq.SocketType{zmq.PUB, zmq.XPUB} {
		zctx := testlib.Context(t)
		pub, endpoint := testkit.Bound(t, zctx, typ, "inproc", opt.XPubNoDrop.To(true), opt.SendHWM.To(2))
		s := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.RecvHWM.To(1), opt.Subscribe.To(nil))
		var m zmq.Msg
		m.Append([]byte("x"))
		n := 0
		testkit.Eventually(t, "the publisher is full", func() bool {
			if err := pub.TrySend(&m); err != nil {
				testkit.WantError(t, err, zmq.ErrAgain)
				return true
			}
			n++
			return false
		})
		testkit.Expect(t, s, "x")
		if n < 3 {
			t.Errorf("%v was full after %d messages", typ, n)
		}
	}
}

// A new subscriber gets the message before it has said anything else, if it
// lets it through.
func TestXPubWelcomeMsg(t *testing.T) {
	zctx := testlib.Context(t)
	_, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp", opt.XPubWelcomeMsg.To([]byte("welcome")))
	s := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To([]byte("w")))
	testkit.Expect(t, s, "welcome")
	// Empty is none.
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp", opt.XPubWelcomeMsg.To([]byte("welcome")), opt.XPubWelcomeMsg.To(nil))
	s = testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To(nil))
	testkit.Expect(t, xpub, sub)
	testkit.Send(t, xpub, "first")
	testkit.Expect(t, s, "first")
}

func TestInvertMatching(t *testing.T) {
	zctx := testlib.Context(t)
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.InvertMatching.To(true))
	s := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.InvertMatching.To(true), opt.Subscribe.To([]byte("A")))
	testkit.Expect(t, xpub, sub+"A")
	testkit.Send(t, xpub, "A1")
	testkit.Send(t, xpub, "B1")
	testkit.Expect(t, s, "B1")
}

func TestSubscribe(t *testing.T) {
	zctx := testlib.Context(t)
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc")
	s := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To([]byte("A")), opt.Subscribe.To([]byte("B")))
	if err := s.Set(opt.Unsubscribe.To([]byte("A")), opt.Unsubscribe.To([]byte("never"))); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{sub + "A", sub + "B", unsub + "A"} {
		testkit.Expect(t, xpub, want)
	}
	testkit.Send(t, xpub, "A")
	testkit.Send(t, xpub, "B")
	testkit.Expect(t, s, "B")
}

// Later frames are data, also when they look like subscriptions.
func TestOnlyFirstSubscribe(t *testing.T) {
	spec, _ := options.Socket(int(opt.OnlyFirstSubscribe))
	zctx := testlib.Context(t)
	if lacks(t, spec) {
		_, err := zctx.NewSocket(zmq.XPUB, opt.OnlyFirstSubscribe.To(true))
		wantLacking(t, spec, err)
		return
	}
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.OnlyFirstSubscribe.To(true))
	xsub := testkit.Connected(t, zctx, zmq.XSUB, endpoint, opt.OnlyFirstSubscribe.To(true))
	testkit.Send(t, xsub, "data", sub+"A")
	testkit.Expect(t, xpub, "data", sub+"A")
}

// Every unsubscription is passed on, also of what is still subscribed.
func TestXSubVerboseUnsubscribe(t *testing.T) {
	spec, _ := options.Socket(int(opt.XSubVerboseUnsubscribe))
	zctx := testlib.Context(t)
	if lacks(t, spec) {
		_, err := zctx.NewSocket(zmq.XSUB, opt.XSubVerboseUnsubscribe.To(true))
		wantLacking(t, spec, err)
		return
	}
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.XPubVerboser.To(true))
	xsub := testkit.Connected(t, zctx, zmq.XSUB, endpoint, opt.XSubVerboseUnsubscribe.To(true))
	for _, m := range []string{sub + "A", sub + "A", unsub + "A", unsub + "A"} {
		testkit.Send(t, xsub, m)
	}
	for _, want := range []string{sub + "A", sub + "A", unsub + "A", unsub + "A"} {
		testkit.Expect(t, xpub, want)
	}
}
