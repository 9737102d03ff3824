package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Publishers and subscribers together: brokers, many topics, late comers.
var publishing = []row{
	{
		id: "C32", over: all, since: 40305,
		must: "TOPICS_COUNT is how many different topics are subscribed to, on both ends",
		test: func(t *T) {
			t.Run("different topics", differentTopics)
			t.Run("one topic twice, and subscribers that go", func(t *T) {
				xpub, sub := t.Pair(zmq.XPUB, zmq.SUB)
				t.OK(sub.Subscribe("a", "a"))
				t.told(xpub, subscribe+"a")
				t.subscribes(sub, xpub, "b")
				t.counts(xpub, 2)
				t.counts(sub, 2)
				t.Drop(sub)
				t.told(xpub, cancel+"a", cancel+"b")
				t.counts(xpub, 0)
			})
		},
	},
	{
		id: "C33", over: all,
		must: "subscriptions pass through a broker of XSUB and XPUB to the publisher, and messages back",
		test: func(t *T) {
			front, frontEndpoint := t.Bound(zmq.XSUB)
			back, backEndpoint := t.Bound(zmq.XPUB)
			t.runs(&zmq.Proxy{Frontend: front, Backend: back})
			xpub := t.Connected(zmq.XPUB, frontEndpoint)
			a, b := t.Connected(zmq.SUB, backEndpoint), t.Connected(zmq.SUB, backEndpoint)
			t.subscribes(a, xpub, "a")
			t.subscribes(b, xpub, "b")
			t.Send(xpub, "a", "1")
			t.Send(xpub, "b", "2")
			t.Expect(a, "a", "1")
			t.Expect(b, "b", "2")
			t.cancels(a, xpub, "a")
			t.Drop(b)
			t.Expect(xpub, cancel+"b")
			later := t.Connected(zmq.XPUB, frontEndpoint)
			t.subscribes(a, xpub, "c")
			t.Expect(later, subscribe+"c")
			t.Send(later, "c", "3")
			t.Expect(a, "c", "3")
		},
	},
	{
		id:   "C34",
		must: "thousands of topics, and ones of hundreds of kilobytes, come and go and harm neither subscriber, publisher nor broker",
		test: isolated(func(t *T) {
			manyTopics(t)
			longTopics(t)
		}),
	},
	{
		id: "C35", over: all,
		must: "topics are any bytes: 0x00 and 0xFF match like others",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			sub := t.Connected(zmq.SUB, endpoint)
			topics := []string{"\x00", "\x00\x00", "\xff", "\xff\x00\xff", "a\x00", "\x01", "a\xff\x00b"}
			for _, topic := range topics {
				t.subscribes(sub, xpub, topic)
				t.Send(xpub, "a", topic)
				t.Send(xpub, topic+"!", topic)
				t.Expect(sub, topic+"!", topic)
				t.cancels(sub, xpub, topic)
				t.Send(xpub, topic)
			}
		},
	},
	{
		id:   "C36",
		must: "SUB and XSUB have LINGER 0: their end does not wait for subscriptions that nobody has received",
		test: func(t *T) {
			for _, typ := range []zmq.SocketType{zmq.SUB, zmq.XSUB} {
				zctx := t.NewContext()
				s, err := zctx.NewSocket(typ)
				t.OK(err)
				if linger, err := opt.Linger.Get(s); err != nil || linger != 0 {
					t.Errorf("LINGER of %v is %v, %v", typ, linger, err)
				}
				t.Connect(s, testkit.DeadEndpoint(t))
				for i := range 100 {
					if typ == zmq.SUB {
						t.OK(s.Subscribe(testkit.Numbered(i)))
					} else {
						t.Send(s, subscribe+testkit.Numbered(i))
					}
				}
				t.OK(zctx.Shutdown(testkit.Soon(t)))
			}
		},
	},
	{
		id: "C37", over: all,
		must: "a message from before a subscription is lost, one from after it comes: an XPUB that waits to be told loses none",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			sub := t.Connected(zmq.SUB, endpoint)
			t.subscribes(sub, xpub, "other")
			t.Send(xpub, "a1")
			t.OK(sub.Subscribe("a"))
			t.OK(xpub.WaitSubscription(testkit.Soon(t), "a"))
			t.Send(xpub, "a2")
			t.Expect(sub, "a2")
		},
	},
	{
		id:   "C38",
		must: "over inproc a publisher may connect before its subscriber binds: what it sends before is dropped, and later messages come",
		test: func(t *T) {
			endpoint := testkit.Endpoint(t, "inproc")
			xpub := t.Connected(zmq.XPUB, endpoint)
			t.Send(xpub, "early")
			sub := t.Socket(zmq.SUB, toAll)
			t.OK(sub.Bind(endpoint))
			t.Expect(xpub, subscribe)
			t.Send(xpub, "late")
			t.Expect(sub, "late")
		},
	},
	{
		id: "C39", over: all,
		must: "a SUB hears its publishers in turn, whoever of them binds or connects",
		test: func(t *T) {
			sub, endpoint := t.Bound(zmq.SUB, toAll)
			inTurns(t, sub, func() *zmq.Socket {
				xpub := t.Connected(zmq.XPUB, endpoint)
				t.Expect(xpub, subscribe)
				return xpub
			})
			sub = t.Socket(zmq.SUB, toAll)
			inTurns(t, sub, func() *zmq.Socket {
				xpub, endpoint := t.Bound(zmq.XPUB)
				t.Connect(sub, endpoint)
				t.Expect(xpub, subscribe)
				return xpub
			})
		},
	},
	{
		id: "C40", over: remote,
		must: "a subscriber of ZMTP 1.0, which cannot subscribe, gets everything",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			old := wire.Dial(t, endpoint)
			old.Greet1("")
			t.Expect(xpub, subscribe)
			t.Send(xpub, "a", "b")
			for i, want := range []wire.Frame{{Flags: wire.More, Body: "a"}, {Body: "b"}} {
				if got := old.Next1(); got != want {
					t.Errorf("frame %d is %v, want %v", i, got, want)
				}
			}
			pub, endpoint := t.Bound(zmq.PUB)
			old = wire.Dial(t, endpoint)
			stop := t.repeating(func(ctx context.Context) error { return pub.Send(ctx, []byte("a")) })
			old.Greet1("")
			if got := old.Next1(); got.Body != "a" {
				t.Errorf("frame is %v", got)
			}
			stop()
		},
	},
	{
		id: "C41", over: all,
		must: "Disconnect of a SUB cancels its subscriptions once each, and ends what it receives",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerboser.To(true))
			sub, other := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.SUB, endpoint)
			for range 3 {
				t.OK(sub.Subscribe("A", "A", "B"))
				t.told(xpub, subscribe+"A", subscribe+"A", subscribe+"B")
				t.OK(sub.Disconnect(endpoint))
				t.told(xpub, cancel+"A", cancel+"B")
				t.Send(xpub, "A, to nobody")
				t.subscribes(other, xpub, "told of no more")
				t.cancels(other, xpub, "told of no more")
				t.OK(sub.Unsubscribe("A", "A", "B"))
				t.Connect(sub, endpoint)
				t.subscribes(sub, xpub, "end")
				t.Send(xpub, "end")
				t.Expect(sub, "end")
				t.cancels(sub, xpub, "end")
			}
		},
	},
	{
		id: "C42", over: all,
		must: "a late subscriber can get the last value of a topic, or a snapshot and all updates since",
		test: func(t *T) {
			t.Run("last values", lastValues)
			t.Run("snapshot and updates", snapshotAndUpdates)
		},
	},
}

// counts waits until s counts so many topics.
func (t *T) counts(s *zmq.Socket, want int) {
	t.Helper()
	t.Eventually(fmt.Sprintf("%v counts %d topics", s.Type(), want), func() bool {
		n, err := opt.TopicsCount.Get(s)
		t.OK(err)
		return n == want
	})
}

func differentTopics(t *T) {
	pub, endpoint := t.Bound(zmq.PUB)
	sub, xsub := t.Connected(zmq.SUB, endpoint), t.Connected(zmq.XSUB, endpoint)
	t.counts(sub, 0)
	t.counts(pub, 0)
	t.OK(sub.Subscribe("a", "ab", "abc", "x"))
	t.counts(sub, 4)
	t.counts(pub, 4)
	t.Send(xsub, subscribe+"x")
	t.Send(xsub, subscribe+"y")
	t.counts(xsub, 2)
	t.counts(pub, 5)
	t.OK(sub.Unsubscribe("a", "never", "x"))
	t.counts(sub, 2)
	t.counts(pub, 4)
	t.OK(sub.Unsubscribe("ab", "abc"))
	t.Send(xsub, cancel+"x")
	t.Send(xsub, cancel+"y")
	for _, s := range []*zmq.Socket{sub, xsub, pub} {
		t.counts(s, 0)
	}
}

func manyTopics(t *T) {
	const n = 1500
	xpub, endpoint := t.Bound(zmq.XPUB, opt.RecvHWM.To(0))
	sub := t.Connected(zmq.SUB, endpoint)
	random := rand.New(rand.NewPCG(1, 2))
	topics := map[string]bool{}
	for len(topics) < n {
		name := make([]byte, 1+random.IntN(64))
		for i := range name {
			name[i] = byte('a' + random.IntN(3)) // many begin alike
		}
		topics[string(name)] = true
	}
	for _, change := range []struct {
		do   func(...string) error
		what string
	}{{sub.Subscribe, subscribe}, {sub.Unsubscribe, cancel}, {sub.Subscribe, subscribe}} {
		for topic := range topics { // every time in another order
			t.OK(change.do(topic))
		}
		got := map[string]bool{}
		for range n {
			m := t.Recv(xpub)[0]
			if m[:1] != change.what || !topics[m[1:]] || got[m] {
				t.Fatalf("the publisher is told %q", m)
			}
			got[m] = true
		}
	}
	t.Drop(sub)
	for range n {
		m := t.Recv(xpub)[0]
		if m[:1] != cancel || !topics[m[1:]] {
			t.Fatalf("at the end the publisher is told %q", m)
		}
		delete(topics, m[1:])
	}
}

// longTopics: to walk a tree of topics byte by byte in a function that calls
// itself ends the process.
func longTopics(t *T) {
	const size = 200_000
	front, frontEndpoint := t.Bound(zmq.XSUB)
	back, backEndpoint := t.Bound(zmq.XPUB)
	t.runs(&zmq.Proxy{Frontend: front, Backend: back})
	xpub := t.Connected(zmq.XPUB, frontEndpoint)
	sub := t.Connected(zmq.SUB, backEndpoint)
	for _, long := range []string{strings.Repeat("x", 1024), strings.Repeat("x", 1025), strings.Repeat("x", size)} {
		t.OK(sub.Subscribe(long+"a", long+"b"))
		t.settled(sub, xpub)
		for _, m := range []string{long, long + "c", long + "a", long + "bc"} {
			t.Send(xpub, m)
		}
		t.Expect(sub, long+"a")
		t.Expect(sub, long+"bc")
		t.OK(sub.Unsubscribe(long+"a", long+"a"))
		t.settled(sub, xpub)
		t.Send(xpub, long+"a")
		t.Send(xpub, long+"b")
		t.Expect(sub, long+"b")
		later := t.Connected(zmq.XPUB, frontEndpoint) // the broker tells it too
		t.settled(sub, xpub, later)
		t.Send(later, long+"a")
		t.Send(later, long+"b")
		t.Expect(sub, long+"b")
		t.Drop(later)
		t.OK(sub.Unsubscribe(long + "b"))
	}

	// Through the broker comes what any subscriber sends, which may be gone in
	// the middle.
	long := strings.Repeat("y", size)
	for range 3 {
		p := wire.Dial(t, backEndpoint)
		p.Null("SUB")
		p.Command("SUBSCRIBE", long)
		p.Send(subscribe + long + "y")
		p.Command("SUBSCRIBE", "here")
		t.settled(sub, xpub)
		t.Send(xpub, long+"y")
		p.Expect(long + "y")
		p.Command("CANCEL", long)
		p.Reset()
		t.settled(sub, xpub)
	}
}

// lastValues is a cache that answers each subscription with what it has.
func lastValues(t *T) {
	xpub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerbose.To(true))
	cache := map[string]string{}
	update := func(topic, value string) {
		cache[topic] = value
		t.Send(xpub, topic, value)
	}
	answer := func(topic string) {
		t.Helper()
		t.Expect(xpub, subscribe+topic)
		t.Send(xpub, topic, cache[topic])
	}
	update("A", "1")
	update("B", "1")
	update("A", "2")
	a := t.Connected(zmq.SUB, endpoint, topic("A"))
	answer("A")
	t.Expect(a, "A", "2")
	update("A", "3")
	t.Expect(a, "A", "3")
	late := t.Connected(zmq.SUB, endpoint, topic("A"))
	answer("A")
	t.Expect(late, "A", "3")
	t.Expect(a, "A", "3") // and who was there hears it again
}

// snapshotAndUpdates: a client subscribes first and asks for the state then, so
// that no update is in neither.
func snapshotAndUpdates(t *T) {
	xpub, updates := t.Bound(zmq.XPUB)
	router, snapshots := t.Bound(zmq.ROUTER)
	state, sequence := map[string]string{}, 0
	update := func(key, value string) {
		state[key] = value
		sequence++
		t.Send(xpub, key, testkit.Numbered(sequence), value)
	}
	update("a", "1")
	update("b", "1")

	sub, dealer := t.Connected(zmq.SUB, updates), t.Connected(zmq.DEALER, snapshots)
	t.subscribes(sub, xpub, "")
	update("b", "2") // before the snapshot is taken: in both
	t.Send(dealer, "state?")
	client := t.Recv(router)[0]
	for key, value := range state {
		t.Send(router, client, key, testkit.Numbered(sequence), value)
	}
	update("a", "3") // only an update
	update("c", "1")

	mine, at := map[string]string{}, ""
	for range 2 {
		m := t.Recv(dealer)
		mine[m[0]], at = m[2], m[1]
	}
	for range 3 {
		if m := t.Recv(sub); m[1] > at {
			mine[m[0]], at = m[2], m[1]
		}
	}
	if !maps.Equal(mine, state) {
		t.Errorf("the client has %v, the server %v", mine, state)
	}
}

// inTurns: when messages of several peers have arrived, none of the peers gets
// ahead of the others. An engine may hold one message ready, no more.
func inTurns(t *T, receiver *zmq.Socket, connect func() *zmq.Socket) {
	t.Helper()
	const each = 10
	w := t.Watch(receiver, zmq.EventDisconnected)
	heard := map[string]int{}
	var peers []*zmq.Socket
	for range 4 {
		peers = append(peers, connect())
	}
	for i, peer := range peers {
		heard[fmt.Sprint(i)] = 0
		for range each {
			t.Send(peer, fmt.Sprint(i))
		}
		t.OK(peer.Close())
	}
	if t.Transport != "inproc" {
		for range peers {
			w.Expect(zmq.EventDisconnected) // after all it has sent
		}
	}
	events(t, receiver) // makes it see what has arrived
	for range each * len(peers) {
		heard[t.Recv(receiver)[0]]++
		counts := slices.Sorted(maps.Values(heard))
		if counts[len(counts)-1]-counts[0] > 2 {
			t.Fatalf("%v was heard of the peers", heard)
		}
	}
	t.ExpectNone(receiver)
}

// background runs something until stop is called, or the test ends, which must
// end it with this error.
func (t *T) background(run func(context.Context) error, end error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-over; !errors.Is(err, end) {
			t.Errorf("it ended with %v, want %v", err, end)
		}
	})
	t.Cleanup(stop)
	return stop
}

// repeating does something now and then until stop is called.
func (t *T) repeating(do func(context.Context) error) (stop func()) {
	return t.background(func(ctx context.Context) error {
		for ctx.Err() == nil {
			if err := do(ctx); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
		}
		return ctx.Err()
	}, context.Canceled)
}
