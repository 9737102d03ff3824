package zmqtest

import (
	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// What an XPUB is told of its subscribers, and what it makes of it.
var toXPub = []row{
	{
		id: "C12", over: all,
		must: "an XPUB receives 0x01 and the topic of the first subscription to it, and 0x00 and the topic when the last one ends",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			a, b := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint)
			t.subscribes(a, xpub, "topic", "top", "")
			t.OK(b.Subscribe("topic"))
			t.subscribes(b, xpub, "b")
			t.OK(a.Unsubscribe("topic"))
			t.cancels(a, xpub, "top")
			t.cancels(b, xpub, "b", "topic")
			t.cancels(a, xpub, "")
		},
	},
	{
		id:   "C13",
		must: "with XPUB_VERBOSE an XPUB is told of every subscription, with XPUB_VERBOSER of every cancellation too; VERBOSE takes VERBOSER back",
		test: func(t *T) {
			verbose, verboser := opt.XPubVerbose.To(true), opt.XPubVerboser.To(true)
			t.Run("neither", verbosity{subscribed: 1, cancelled: 0}.by())
			t.Run("verbose", verbosity{subscribed: 2, cancelled: 0}.by(verbose))
			t.Run("verboser", verbosity{subscribed: 2, cancelled: 1}.by(verboser))
			t.Run("verbose after verboser", verbosity{subscribed: 2, cancelled: 0}.by(verboser, verbose))
			t.Run("verboser after verbose", verbosity{subscribed: 2, cancelled: 1}.by(verbose, verboser))
			t.Run("neither after verboser", verbosity{subscribed: 1, cancelled: 0}.by(verboser, opt.XPubVerboser.To(false)))
		},
	},
	{
		id: "C14", over: all,
		must: "an XPUB is told that a topic's last subscriber has gone, with XPUB_VERBOSER that each has",
		test: func(t *T) {
			for _, verboser := range []bool{false, true} {
				xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerboser.To(verboser))
				a, b := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint)
				t.subscribes(a, xpub, "both", "a")
				t.OK(b.Subscribe("both"))
				if verboser {
					t.Expect(xpub, subscribe+"both")
				}
				t.subscribes(b, xpub, "b")
				t.Drop(a)
				if verboser {
					t.told(xpub, cancel+"a", cancel+"both")
				} else {
					t.told(xpub, cancel+"a")
				}
				t.Drop(b)
				t.told(xpub, cancel+"b", cancel+"both")
			}
		},
	},
	{
		id: "C15", over: all, key: true,
		must: "with XPUB_MANUAL a subscription counts as what the program makes of it, for the subscriber whose message was read last, and not before",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubManual.To(true))
			a, b := t.Connected(zmq.XSUB, endpoint), t.Connected(zmq.XSUB, endpoint)
			t.Send(b, subscribe+"A")
			t.Expect(xpub, subscribe+"A")
			t.OK(xpub.Subscribe("B")) // for b
			t.Send(a, subscribe+"A")
			t.Expect(xpub, subscribe+"A")
			t.Send(xpub, "A, for nobody yet")
			t.OK(xpub.Subscribe("XA", "end", "gone")) // for a
			t.OK(xpub.Unsubscribe("gone"))
			for _, m := range []string{"A", "XA", "gone", "B", "end"} {
				t.Send(xpub, m)
			}
			t.Expect(a, "XA")
			t.Expect(a, "end")
			t.Expect(b, "B")
			t.ExpectNone(b)
		},
	},
	{
		id: "C16", over: all,
		must: "with XPUB_MANUAL cancellations are the program's to make, the end of a subscriber takes all of its with it, and without a subscriber read of nothing happens",
		test: manualCancellations,
	},
	{
		id: "C17", over: all,
		must: "with XPUB_MANUAL two subscribers that come at the same moment both get what the program makes of theirs",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubManual.To(true))
			subs := map[string]*zmq.Socket{}
			for i := range 5 {
				sub := t.Connected(zmq.XSUB, endpoint)
				name := testkit.Numbered(i)
				t.Send(sub, subscribe+name)
				subs[name] = sub
			}
			for range subs {
				name := t.Recv(xpub)[0][1:]
				t.OK(xpub.Subscribe("for " + name))
			}
			for name := range subs {
				t.Send(xpub, "for "+name)
			}
			for name, sub := range subs {
				t.Expect(sub, "for "+name)
				t.ExpectNone(sub)
			}
		},
	},
	{
		id: "C18", over: all,
		must: "a broker with XPUB_MANUAL learns of each subscriber's end, so that it can cancel at the publisher, whose messages then stay away",
		test: manualBroker,
	},
	{
		id:   "C19",
		must: "with XPUB_MANUAL a program may answer the subscription of a subscriber that has gone meanwhile",
		test: isolated(answerTheGone),
	},
	{
		id: "C20", since: 40302,
		must: "with XPUB_MANUAL_LAST_VALUE what is sent after an answered subscription goes to that subscriber alone",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubManualLastValue.To(true))
			var subs []*zmq.Socket
			for i := range 3 {
				sub := t.Connected(zmq.SUB, endpoint)
				t.subscribes(sub, xpub, "A")
				t.OK(xpub.Subscribe("A"))
				t.Send(xpub, "A", testkit.Numbered(i)) // to this one
				subs = append(subs, sub)
			}
			t.Send(xpub, "A", "to all")
			for i, sub := range subs {
				t.Expect(sub, "A", testkit.Numbered(i))
				t.Expect(sub, "A", "to all")
			}
		},
	},
}

// verbosity says how often an XPUB is told when two subscribe to one topic, and when
// one of them cancels.
type verbosity struct{ subscribed, cancelled int }

func (want verbosity) by(settings ...zmq.Setting) func(t *T) {
	return func(t *T) {
		xpub, endpoint := t.Bound(zmq.XPUB, settings...)
		a, b := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint)
		expect := func(by *zmq.Socket, what string, times int) {
			t.Helper()
			t.OK(by.Subscribe("end of " + what))
			for range times {
				t.Expect(xpub, what)
			}
			t.Expect(xpub, subscribe+"end of "+what)
			t.cancels(by, xpub, "end of "+what)
		}
		t.OK(a.Subscribe("A"))
		expect(a, subscribe+"A", 1)
		t.OK(b.Subscribe("A"))
		expect(b, subscribe+"A", want.subscribed-1)
		t.OK(a.Unsubscribe("A"))
		expect(a, cancel+"A", want.cancelled)
		t.OK(b.Unsubscribe("A"))
		expect(b, cancel+"A", 1)
	}
}

func manualCancellations(t *T) {
	xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubManual.To(true))
	t.OK(xpub.Subscribe("X"))
	t.OK(xpub.Unsubscribe("X"))
	a := t.Connected(zmq.XSUB, endpoint)
	for _, topic := range []string{"A", "B", "end"} {
		t.Send(a, subscribe+topic)
		t.Expect(xpub, subscribe+topic)
		t.OK(xpub.Subscribe("X" + topic))
	}
	t.Send(a, cancel+"A")
	t.Expect(xpub, cancel+"A")
	t.Send(xpub, "XA1") // it is told, and has not done it
	t.Expect(a, "XA1")
	t.OK(xpub.Unsubscribe("XA", "never"))
	t.Send(xpub, "XA2")
	t.Send(xpub, "XB2")
	t.Expect(a, "XB2")

	t.Drop(a)
	t.told(xpub, cancel+"B", cancel+"end")
	t.OK(xpub.Unsubscribe("XB", "Xend")) // speaks of nobody

	b := t.Connected(zmq.XSUB, endpoint)
	t.Send(b, subscribe+"B")
	t.Expect(xpub, subscribe+"B")
	t.Send(xpub, "XB3")
	t.Send(xpub, "Xend3")
	t.OK(xpub.Subscribe("Xend"))
	t.Send(xpub, "XB4")
	t.Send(xpub, "Xend4")
	t.Expect(b, "Xend4")
}

func manualBroker(t *T) {
	front, frontEndpoint := t.Bound(zmq.XSUB)
	back, backEndpoint := t.Bound(zmq.XPUB, opt.XPubManual.To(true))
	publisher := t.Connected(zmq.XPUB, frontEndpoint)
	var subs []*zmq.Socket
	for range 2 {
		sub := t.Connected(zmq.SUB, backEndpoint)
		t.subscribes(sub, back, "1")
		t.OK(back.Subscribe("1"))
		t.Send(front, subscribe+"1")
		subs = append(subs, sub)
	}
	t.Expect(publisher, subscribe+"1")
	t.Send(publisher, "1", "data")
	t.Expect(front, "1", "data")
	t.Send(back, "1", "data")
	for _, sub := range subs {
		t.Expect(sub, "1", "data")
	}
	for _, sub := range subs {
		t.Drop(sub)
		t.Expect(back, cancel+"1")
		t.OK(back.Unsubscribe("1"))
		t.Send(front, cancel+"1")
	}
	t.Expect(publisher, cancel+"1")
	t.Send(publisher, "1", "for nobody")
	t.Send(front, subscribe+"end")
	t.Expect(publisher, subscribe+"end")
	t.Send(publisher, "end")
	t.Expect(front, "end")
}

// answerTheGone: a subscription waits in the XPUB, and is read and answered
// when its subscriber has gone.
func answerTheGone(t *T) {
	xpub := t.Socket(zmq.XPUB, opt.XPubManual.To(true))
	w := t.Watch(xpub, zmq.EventDisconnected)
	endpoint := t.Bind(xpub)
	for range 50 {
		sub := t.Connected(zmq.SUB, endpoint, topic("A"))
		readable(t, xpub)
		t.Drop(sub)
		w.Expect(zmq.EventDisconnected)
		events(t, xpub) // makes it see that
		t.Expect(xpub, subscribe+"A")
		t.OK(xpub.Subscribe("A"))
		t.Send(xpub, "A, to nobody")
		t.Expect(xpub, cancel+"A")
		t.OK(xpub.Unsubscribe("A"))
	}
	b := t.Connected(zmq.XSUB, endpoint)
	t.Send(b, subscribe+"B")
	t.Expect(xpub, subscribe+"B")
	t.OK(xpub.Subscribe("B"))
	t.Send(xpub, "A")
	t.Send(xpub, "B")
	t.Expect(b, "B")
}
