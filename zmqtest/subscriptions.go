package zmqtest

import (
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Which messages come to a subscriber.
var subscriptions = []row{
	{
		id: "C1", over: all,
		must: "a SUB receives the messages whose first frame begins with a topic it subscribed to, each once, and no others",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			some, every, none := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint)
			t.subscribes(some, xpub, "ab", "abc")
			t.subscribes(every, xpub, "")
			t.subscribes(none, xpub, "z") // it is connected,
			t.cancels(none, xpub, "z")    // and subscribed to nothing
			messages := [][]string{{"a", "ab"}, {"ab"}, {"abc", "second"}, {"zab"}, {"z"}, {""}, {"abcd", "", "z"}, {"b", "abc"}}
			for _, m := range messages {
				t.Send(xpub, m...)
			}
			for _, m := range messages {
				t.Expect(every, m...)
			}
			for _, i := range []int{1, 2, 6} {
				t.Expect(some, messages[i]...)
			}
			for _, s := range []*zmq.Socket{some, none} {
				t.subscribes(s, xpub, fmt.Sprintf("end of %p", s))
				t.Send(xpub, fmt.Sprintf("end of %p", s))
				t.Expect(s, fmt.Sprintf("end of %p", s))
			}
		},
	},
	{
		id: "C2", over: all,
		must: "a publisher without subscribers takes every message at once and drops it",
		test: func(t *T) {
			for _, typ := range []zmq.SocketType{zmq.PUB, zmq.XPUB} {
				pub := t.Socket(typ, opt.SendHWM.To(1))
				for range 10 {
					t.OK(t.TrySend(pub, "to nobody"))
				}
				endpoint := t.Bind(pub)
				for range 10 {
					t.OK(t.TrySend(pub, "to nobody", "either"))
				}
				sub := t.Connected(zmq.SUB, endpoint, toAll)
				t.sentUntilHeard(pub, sub, "to somebody")
			}
		},
	},
	{
		id: "C3", over: all,
		must: "a publisher never waits: what is too much for a slow subscriber is dropped for that one, and the others get all",
		test: func(t *T) {
			p := t.lopsided()
			const n = 200
			for range n {
				p.publish()
			}
			if got := p.slowReads(); got == 0 || got >= n {
				t.Errorf("the slow subscriber has %d of %d messages", got, n)
			}
		},
	},
	{
		id: "C4", over: all, key: true,
		must: "of a message of several frames a slow subscriber gets all frames or none",
		test: func(t *T) {
			p := t.lopsided()
			got := 0
			for range 20 {
				for range 10 {
					p.publish()
				}
				if p.slowReadsOne() { // room for some of the next
					got++
				}
			}
			got += p.slowReads()
			if got < 20 || got >= 200 {
				t.Errorf("the slow subscriber has %d of 200 messages; some were to be dropped, and some not", got)
			}
		},
	},
	{
		id:   "C5",
		must: "PUB cannot receive, SUB cannot send, and only SUB can subscribe: the others are ErrNotSupported",
		test: func(t *T) {
			pub, sub := t.Socket(zmq.PUB), t.Socket(zmq.SUB)
			t.Refused(pub.TryRecv(new(zmq.Msg)), zmq.ErrNotSupported)
			t.Refused(t.TrySend(sub, "x"), zmq.ErrNotSupported)
			for how, recv := range receives(pub) {
				if t.Refused(recv(testkit.Soon(t)), zmq.ErrNotSupported); t.Failed() {
					t.Fatal(how)
				}
			}
			for how, send := range sends(sub) {
				if t.Refused(send(testkit.Soon(t)), zmq.ErrNotSupported); t.Failed() {
					t.Fatal(how)
				}
			}
			for typ := zmq.PAIR; typ <= zmq.STREAM; typ++ {
				if s := t.Socket(typ); typ != zmq.SUB && typ != zmq.XPUB {
					t.Refused(s.Subscribe("x"), zmq.ErrNotSupported)
					t.Refused(s.Unsubscribe("x"), zmq.ErrNotSupported)
					t.Refused(s.Set(opt.Subscribe.To(nil)), zmq.ErrNotSupported)
				}
			}
			// An XPUB can with XPUB_MANUAL.
			t.Refused(t.Socket(zmq.XPUB).Subscribe("x"), zmq.ErrInvalid)
		},
	},
	{
		id: "C6", over: all,
		must: "subscriptions are counted: one made twice ends with the second cancellation, and cancelling what was never subscribed does nothing",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			sub := t.Connected(zmq.SUB, endpoint)
			t.OK(sub.Unsubscribe("a", "never"))
			t.subscribes(sub, xpub, "a")
			t.OK(sub.Subscribe("a"))
			t.OK(sub.Unsubscribe("a", "never"))
			t.subscribes(sub, xpub, "end") // all of that has arrived
			t.Send(xpub, "a1")             // once, though it was subscribed twice
			t.Send(xpub, "end")
			t.Expect(sub, "a1")
			t.Expect(sub, "end")
			t.cancels(sub, xpub, "a")
			t.OK(sub.Unsubscribe("a"))
			t.Send(xpub, "a2")
			t.subscribes(sub, xpub, "a") // it counts from 0, not from less
			t.Send(xpub, "a3")
			t.Expect(sub, "a3")
		},
	},
	{
		id: "C7", over: all,
		must: "a SUB filters what it receives: a publisher may send too much, and what has arrived of a topic goes when that is cancelled",
		test: func(t *T) {
			t.Run("what has arrived", cancelledOnArrival)
			if t.Transport == "inproc" {
				return
			}
			l := wire.Listen(t, t.Transport)
			sub := t.Connected(zmq.SUB, l.Endpoint, topic("a"))
			pub := l.Accept()
			pub.Null("PUB")
			pub.Send("b", "unasked")
			pub.Send("a1")
			t.Expect(sub, "a1")
			t.OK(sub.Unsubscribe("a"))
			t.OK(sub.Subscribe("c"))
			pub.Send("a2")
			pub.Send("c")
			t.Expect(sub, "c")
		},
	},
	{
		id: "C8", over: all, key: true,
		must: "a SUB's subscriptions come to every new publisher, bound or connected, and again after a loss, without those that were cancelled",
		test: func(t *T) {
			sub, endpoint := t.Bound(zmq.SUB, topic("a"), topic("gone"), topic("b"))
			t.OK(sub.Unsubscribe("gone"))
			for range 3 {
				xpub := t.Connected(zmq.XPUB, endpoint)
				t.told(xpub, subscribe+"a", subscribe+"b")
				t.Send(xpub, "b1")
				t.Expect(sub, "b1")
				t.Drop(xpub)
			}
			if t.Transport == "inproc" {
				return // it does not come back after a loss
			}
			endpoint = t.Free()
			sub = t.Connected(zmq.SUB, endpoint, topic("a"), topic("gone"), quickly)
			for range 3 {
				xpub := t.Socket(zmq.XPUB)
				t.BindAt(xpub, endpoint)
				t.told(xpub, subscribe+"a", subscribe+"gone")
				t.cancels(sub, xpub, "gone")
				t.Send(xpub, "a1")
				t.Expect(sub, "a1")
				t.Drop(xpub)
				t.OK(sub.Subscribe("gone")) // while nobody is there
			}
		},
	},
	{
		id: "C9", over: all, key: true,
		must: "a bound SUB subscribes to publishers that connect, though its program calls nothing",
		test: func(t *T) {
			_, endpoint := t.Bound(zmq.SUB, topic("a"))
			for range 3 {
				t.Expect(t.Connected(zmq.XPUB, endpoint), subscribe+"a")
			}
		},
	},
	{
		id: "C10", over: all, key: true,
		must: "5000 subscriptions reach the publisher completely, made before Connect or after, by SUB or by XSUB",
		test: thousandsOfTopics,
	},
	{
		id: "C11", over: all, key: true,
		must: "topics of every length from 0 to 300 bytes let their messages through and no others, also with publishers that come later or speak ZMTP 3.0",
		test: func(t *T) {
			t.Run("one by one", topicsOfEveryLength)
			t.Run("that begin alike", topicsThatBeginAlike)
			if t.Transport != "inproc" {
				t.Run("with a publisher of ZMTP 3.0", topicsForOldPublisher)
			}
		},
	},
}

// sentUntilHeard sends a message until to gets one, which must be the first
// that it gets: a PUB does not know when it is subscribed to, nor a PUSH when
// a peer has gone.
func (t *T) sentUntilHeard(from, to *zmq.Socket, text string) {
	t.Helper()
	var m zmq.Msg
	t.Eventually("a message arrives", func() bool {
		t.Send(from, text)
		return to.TryRecv(&m) == nil
	})
	if m.Len() != 1 || string(m.Frame(0)) != text {
		t.Fatalf("received %q, want %q", m.Frames(), text)
	}
}

// A partial publisher has a subscriber that reads everything, and one with
// little room that reads only when it is told to.
type lopsided struct {
	t                 *T
	xpub, quick, slow *zmq.Socket
	sent, last        int // how many messages, and the last that slow has read
	body              string
}

func (t *T) lopsided() *lopsided {
	xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerbose.To(true), opt.SendHWM.To(10), opt.SendBuffer.To(10_000))
	p := &lopsided{t: t, xpub: xpub, last: -1, body: varied(20_000)}
	p.quick = t.Connected(zmq.SUB, endpoint, opt.RecvHWM.To(0))
	p.slow = t.Connected(zmq.SUB, endpoint, opt.RecvHWM.To(5), opt.RecvBuffer.To(10_000))
	t.subscribes(p.quick, xpub, "message ")
	t.subscribes(p.slow, xpub, "message ", "of the slow one")
	return p
}

// publish sends a message of three frames, and has quick receive it.
func (p *lopsided) publish() {
	p.t.Helper()
	m := []string{"message " + testkit.Numbered(p.sent), p.body, testkit.Numbered(p.sent)}
	p.t.OK(p.t.TrySend(p.xpub, m...))
	p.t.Expect(p.quick, m...)
	events(p.t, p.xpub) // makes it see what quick has read
	p.sent++
}

// slowReadsOne has slow read a message if there is one, whole and of a later
// number than the one before.
func (p *lopsided) slowReadsOne() bool {
	p.t.Helper()
	var m zmq.Msg
	if p.slow.TryRecv(&m) != nil {
		return false
	}
	var number int
	if _, err := fmt.Sscanf(string(m.Frame(0)), "message %d", &number); err != nil || m.Len() != 3 ||
		string(m.Frame(1)) != p.body || string(m.Frame(2)) != testkit.Numbered(number) {
		p.t.Fatalf("the slow subscriber has a message of %d frames that begins with %q", m.Len(), m.Frame(0))
	}
	if number <= p.last {
		p.t.Fatalf("message %d comes after %d", number, p.last)
	}
	p.last = number
	return true
}

// slowReads has slow read until a new message comes, and returns how many came
// before. Then slow is gone.
func (p *lopsided) slowReads() (n int) {
	p.t.Helper()
	end := p.sent
	p.t.Eventually("there is room again", func() bool {
		p.publish()
		for p.slowReadsOne() {
			if p.last < end {
				n++
			}
		}
		return p.last >= end
	})
	// Both ends must not go at once: a message may be half sent, and libzmq
	// aborts the process when its connection is lost while it drops the rest.
	p.t.Drop(p.slow)
	p.t.Expect(p.xpub, cancel+"of the slow one")
	return n
}

// cancelledOnArrival: a receive may bring messages along. Once Unsubscribe has
// returned, those of its topic do not come any more, whatever their size, and
// those around them do, with their peer's properties.
func cancelledOnArrival(t *T) {
	const rounds = 100
	xpub, endpoint := t.Bound(zmq.XPUB)
	sub := t.Connected(zmq.SUB, endpoint)
	t.subscribes(sub, xpub, "a", "b")
	t.OK(sub.Subscribe("b"))
	t.subscribes(sub, xpub, "c") // now the second is counted there too
	for i := range rounds {
		for _, topic := range []string{"a", "b"} {
			for _, size := range []int{1, 100, 10_000} {
				t.Send(xpub, fmt.Sprint(topic, i), string(make([]byte, size)))
			}
		}
	}
	t.Send(xpub, "b end")
	var m zmq.Msg
	got := 0 // of the topic that stays
	receive := func() (first string) {
		t.OK(sub.RecvMsg(testkit.Soon(t), &m))
		if typ := m.Property("Socket-Type"); t.Transport != "inproc" && typ != "XPUB" {
			t.Fatalf("message %q is from %q", m.Frame(0), typ)
		}
		if first = string(m.Frame(0)); strings.HasPrefix(first, "b") {
			got++
		}
		return first
	}
	for range 50 {
		receive()
	}
	t.OK(sub.Unsubscribe("b", "a")) // the second "b" still stands
	for first := receive(); first != "b end"; first = receive() {
		if strings.HasPrefix(first, "a") {
			t.Fatalf("%q came after Unsubscribe", first)
		}
	}
	if want := 3*rounds + 1; got != want {
		t.Fatalf("%d messages of the topic that stayed, want %d", got, want)
	}

	// With nothing subscribed any more, all that has arrived goes.
	for range 100 {
		t.Send(xpub, "b again")
	}
	for range 3 {
		receive()
	}
	t.OK(sub.Unsubscribe("b"))
	t.ExpectNone(sub)
}

func thousandsOfTopics(t *T) {
	const n = 5000
	complete := func(xpub *zmq.Socket) {
		t.Helper()
		got := map[string]bool{}
		batch := make([]zmq.Msg, 100)
		for len(got) < n {
			k, err := xpub.RecvBatch(testkit.Soon(t), batch)
			if err != nil {
				t.Fatalf("after %d subscriptions: %v", len(got), err)
			}
			for i := range k {
				got[string(batch[i].Frame(0))] = true
			}
		}
		for i := range n {
			if !got[subscribe+testkit.Numbered(i)] {
				t.Fatalf("%d subscriptions arrived, not that to %s", len(got), testkit.Numbered(i))
			}
		}
	}
	for _, typ := range []zmq.SocketType{zmq.SUB, zmq.XSUB} {
		s := t.Socket(typ)
		first, endpoint := t.Bound(zmq.XPUB, opt.RecvHWM.To(0))
		t.Connect(s, endpoint)
		for i := range n {
			if typ == zmq.SUB {
				t.OK(s.Subscribe(testkit.Numbered(i)))
			} else {
				t.OK(t.TrySend(s, subscribe+testkit.Numbered(i)))
			}
		}
		complete(first)
		second, endpoint := t.Bound(zmq.XPUB, opt.RecvHWM.To(0))
		t.Connect(s, endpoint)
		complete(second)
	}
}
