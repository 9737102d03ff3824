package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section G: high-water marks.
var hwm = []row{
	{
		id:   "G1",
		must: "between two inproc sockets 2000 messages fit by default: a thousand of each side",
		test: func(t *T) { t.capacity(2000) },
	},
	{
		id:   "G2",
		must: "between two inproc sockets as many messages fit as both high-water marks together, whoever comes first",
		test: func(t *T) {
			for _, c := range []struct{ send, recv int }{{1, 1}, {5, 7}, {100, 3}} {
				t.capacity(c.send+c.recv, opt.SendHWM.To(c.send), opt.RecvHWM.To(c.recv))
			}
		},
	},
	{
		id:   "G3",
		must: "a high-water mark of 0 on either side means no bound",
		test: func(t *T) {
			for _, c := range []struct{ send, recv int }{{0, 1}, {1, 0}, {0, 0}} {
				for _, push := range t.pipes(opt.SendHWM.To(c.send), opt.RecvHWM.To(c.recv)) {
					if n := t.fill(push.from, 10_000); n != 10_000 {
						t.Errorf("%d and %d took %d messages", c.send, c.recv, n)
					}
				}
			}
		},
	},
	{
		id:   "G4",
		must: "what is sent over inproc before anybody binds is bounded by the sender's mark, and delivered although the sender has closed",
		test: func(t *T) {
			endpoint := testkit.Endpoint(t, "inproc")
			push := t.Connected(zmq.PUSH, endpoint, opt.SendHWM.To(10))
			if n := t.fill(push, 100); n != 10 {
				t.Errorf("it took %d messages", n)
			}
			t.OK(push.Close())
			pull := t.Socket(zmq.PULL, opt.RecvHWM.To(1))
			t.OK(pull.Bind(endpoint))
			t.drain(pull, 10)
		},
	},
	{
		id: "G5", over: all,
		must: "a queue that was full takes messages again once it is read",
		test: func(t *T) {
			pull, endpoint := t.Bound(zmq.PULL, opt.RecvHWM.To(2))
			push := t.Connected(zmq.PUSH, endpoint, opt.SendHWM.To(2))
			for range 3 {
				t.Send(push, testkit.Numbered(0))
				n := 1
				for ; n < 2000 && t.TrySend(push, testkit.Numbered(n), string(filled(50_000, 'x'))) == nil; n++ {
				}
				for i := range n {
					if m := t.Recv(pull); m[0] != testkit.Numbered(i) {
						t.Fatalf("%q instead of message %d", m[0], i)
					}
				}
				t.Send(push, "one more") // waits for the news that there is room
				t.Expect(pull, "one more")
			}
		},
	},
	{
		id:   "G6",
		must: "marks that are set before an inproc Connect count for it",
		test: func(t *T) {
			pull, push := t.Socket(zmq.PULL), t.Socket(zmq.PUSH)
			t.OK(pull.Set(opt.RecvHWM.To(2)))
			t.OK(push.Set(opt.SendHWM.To(2)))
			endpoint := testkit.Bind(t, pull, "inproc")
			t.Connect(push, endpoint)
			if n := t.fill(push, 100); n != 4 {
				t.Errorf("it took %d messages", n)
			}
		},
	},
	{
		id:   "G7",
		must: "a mark that is raised after Connect counts for the connections that are there",
		test: func(t *T) {
			for _, p := range t.pipes(opt.SendHWM.To(1), opt.RecvHWM.To(1)) {
				t.OK(p.from.Set(opt.SendHWM.To(5)))
				if n := t.fill(p.from, 100); n != 6 {
					t.Errorf("it took %d messages", n)
				}
			}
		},
	},
	{
		id:   "G8",
		must: "lowering a mark under what is queued loses nothing, and counts from then on",
		test: func(t *T) {
			t.Run("by a third", func(t *T) { lowered(t, 70) })
			t.Run("to a tenth", func(t *T) { lowered(t, 10) })
		},
	},
	{
		id:   "G9",
		must: "raising a mark while the queue is full makes room at once",
		test: func(t *T) {
			for _, p := range t.pipes(opt.SendHWM.To(1), opt.RecvHWM.To(1)) {
				n := t.fill(p.from, 100)
				t.OK(p.from.Set(opt.SendHWM.To(50)))
				t.drainAfter(p, n)
			}
		},
	},
	{
		id: "G10", over: all,
		must: "a publisher drops nothing of as many messages as its mark and the subscriber's allow",
		test: func(t *T) {
			for _, n := range []int{100, 1000} {
				pub, sub := t.subscribed(opt.SendHWM.To(n), opt.RecvHWM.To(n))
				if got := t.fill(pub, n); got != n {
					t.Fatalf("%d of %d messages were sent", got, n)
				}
				t.drain(sub, n)
			}
		},
	},
	{
		id: "G11", over: all,
		must: "a mark counts what is unread, not what was ever sent",
		test: func(t *T) {
			pub, sub := t.subscribed(opt.SendHWM.To(1102), opt.RecvHWM.To(1102))
			for _, n := range []int{999, 110, 110} {
				if got := t.fill(pub, n); got != n {
					t.Fatalf("%d of %d messages were sent", got, n)
				}
				t.drain(sub, n)
			}
		},
	},
	{
		id:   "G12",
		must: "a mark counts messages, not their frames",
		test: func(t *T) {
			for _, p := range t.pipes(opt.SendHWM.To(5), opt.RecvHWM.To(5)) {
				n := 0
				for n < 100 && t.TrySend(p.from, "several", "frames", "count", "as one") == nil {
					n++
				}
				if n != 10 {
					t.Errorf("it took %d messages", n)
				}
				for range n {
					t.Expect(p.to, "several", "frames", "count", "as one")
				}
			}
		},
	},
	{
		id: "G13", over: remote,
		must: "a reader that does not read stops the sender: what is on the way is bounded, and nothing of it is lost",
		test: func(t *T) {
			pull, endpoint := t.Bound(zmq.PULL, opt.RecvHWM.To(1), opt.RecvBuffer.To(10_000))
			push := t.Connected(zmq.PUSH, endpoint, opt.SendHWM.To(1), opt.SendBuffer.To(10_000),
				opt.SendTimeout.To(200*time.Millisecond))
			body := string(filled(100_000, 'x'))
			n := 0
			for n < 1000 && push.Send(testkit.Soon(t), []byte(testkit.Numbered(n)), []byte(body)) == nil {
				n++
			}
			if n == 1000 {
				t.Error("a hundred megabytes that nobody reads were taken")
			}
			for i := range n {
				t.Expect(pull, testkit.Numbered(i), body)
			}
		},
	},
	{
		id:   "G14",
		must: "a proxy whose backend is full stops its frontend: publishers that drop nothing have to wait, and the counts can be read meanwhile",
		test: dammed,
	},
	{
		id: "G15", needs: "draft",
		must: "a datagram of DGRAM, two frames, counts as one message",
		test: func(t *T) {
			in, out := t.Socket(zmq.DGRAM, opt.RecvHWM.To(1)), t.Socket(zmq.DGRAM, opt.SendHWM.To(1))
			t.OK(out.Bind(fmt.Sprintf("udp://127.0.0.1:%d", udpPort(t))))
			address := fmt.Sprintf("127.0.0.1:%d", udpPort(t))
			t.OK(in.Bind("udp://" + address))
			for i := range 20 {
				// It listens a moment after Bind, and drops what does not fit:
				// say it until it is heard.
				t.Eventually("a datagram arrives", func() bool {
					t.Send(out, address, testkit.Numbered(i))
					var m zmq.Msg
					if in.TryRecv(&m) != nil {
						return false
					}
					if m.Len() != 2 {
						t.Fatalf("received %q", m.Frames())
					}
					return string(m.Frame(1)) == testkit.Numbered(i)
				})
			}
		},
	},
}

// A pipe is two sockets that are connected.
type pipe struct{ from, to *zmq.Socket }

// pipes are pairs over inproc of which one binds first in the one and connects
// first in the other. Settings are given to both.
func (t *T) pipes(settings ...zmq.Setting) []pipe {
	t.Helper()
	pull, endpoint := testkit.Bound(t, t.Zctx(), zmq.PULL, "inproc", settings...)
	pipes := []pipe{{t.Connected(zmq.PUSH, endpoint, settings...), pull}}
	endpoint = testkit.Endpoint(t, "inproc")
	push := t.Connected(zmq.PUSH, endpoint, settings...)
	pull = t.Socket(zmq.PULL, settings...)
	t.OK(pull.Bind(endpoint))
	return append(pipes, pipe{push, pull})
}

// capacity fails unless exactly want messages fit into pipes.
func (t *T) capacity(want int, settings ...zmq.Setting) {
	t.Helper()
	for _, p := range t.pipes(settings...) {
		if n := t.fill(p.from, 10*want); n != want {
			t.Errorf("it took %d messages, not %d", n, want)
		}
		t.drain(p.to, min(want, 10*want))
	}
}

// fill sends numbered messages until the socket takes no more, most at most.
func (t *T) fill(s *zmq.Socket, most int) int { return t.fillFrom(s, 0, most) }

// fillFrom is fill with another first number.
func (t *T) fillFrom(s *zmq.Socket, first, most int) (n int) {
	t.Helper()
	for ; n < most; n++ {
		if err := t.TrySend(s, testkit.Numbered(first+n)); err != nil {
			t.Refused(err, zmq.ErrAgain)
			break
		}
	}
	return n
}

// drain receives n numbered messages, which must be all.
func (t *T) drain(s *zmq.Socket, n int) {
	t.Helper()
	for i := range n {
		t.Expect(s, testkit.Numbered(i))
	}
}

// drainAfter sends to a full pipe of n messages, and finds all in order.
func (t *T) drainAfter(p pipe, n int) {
	t.Helper()
	t.OK(t.TrySend(p.from, testkit.Numbered(n)))
	t.drain(p.to, n+1)
}

// subscribed is a publisher and who gets all of it. The settings are given to
// both.
func (t *T) subscribed(settings ...zmq.Setting) (pub, sub *zmq.Socket) {
	t.Helper()
	pub, endpoint := t.Bound(zmq.XPUB, settings...)
	sub = t.Connected(zmq.SUB, endpoint, append(settings, opt.Subscribe.To([]byte{}))...)
	t.Expect(pub, "\x01")
	return pub, sub
}

// lowered lowers the mark of a full queue from 100.
func lowered(t *T, mark int) {
	for _, p := range t.pipes(opt.SendHWM.To(100), opt.RecvHWM.To(1)) {
		n := t.fill(p.from, 1000)
		t.OK(p.from.Set(opt.SendHWM.To(mark)))
		t.Refused(t.TrySend(p.from, "one more"), zmq.ErrAgain)
		t.drain(p.to, n)
		t.Send(p.from, testkit.Numbered(0)) // waits for the news that there is room
		more := 1 + t.fillFrom(p.from, 1, 1000)
		if more > mark+1 {
			t.Errorf("it took %d messages with a mark of %d", more, mark)
		}
		t.drain(p.to, more)
	}
}

// dammed fills a chain of a publisher, a proxy and a subscriber that does not
// read yet.
func dammed(t *T) {
	small := []zmq.Setting{opt.SendHWM.To(2), opt.RecvHWM.To(2)}
	keep := zmq.Settings(append(small, opt.XPubNoDrop.To(true))...)
	front, back := t.Socket(zmq.XSUB, small...), t.Socket(zmq.XPUB, keep)
	in, out := testkit.Bind(t, front, "inproc"), testkit.Bind(t, back, "inproc")
	proxy := &zmq.Proxy{Frontend: front, Backend: back}
	ctx, cancel := context.WithCancel(context.Background())
	g := testkit.NewGroup(t)
	g.Go(func() error {
		if err := proxy.Run(ctx); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	})
	sub := t.Connected(zmq.SUB, out, append(small, opt.Subscribe.To([]byte{}))...)
	pub := t.Connected(zmq.XPUB, in, keep, opt.SendTimeout.To(500*time.Millisecond))
	t.Expect(pub, "\x01")

	n := 0
	var err error
	for ; n < 1000 && err == nil; n++ {
		err = pub.Send(testkit.Soon(t), []byte(testkit.Numbered(n)))
	}
	if n--; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("after %d messages that nobody read: %v", n, err)
	}
	if stats := proxy.Stats(); stats.FrontendReceived.Messages == 0 {
		t.Errorf("the counts are %+v", stats)
	}
	t.drain(sub, n)
	t.Send(pub, "one more")
	t.Expect(sub, "one more")
	cancel()
	g.Wait()
}
