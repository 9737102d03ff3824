package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// wait is one Wait that must find something.
func wait(t *testing.T, p *zmq.Poller) []zmq.Ready {
	t.Helper()
	ready := make([]zmq.Ready, 16)
	n, err := p.Wait(testkit.Soon(t), ready)
	if err != nil {
		t.Fatal(err)
	}
	return ready[:n]
}

func add(t *testing.T, p *zmq.Poller, s *zmq.Socket, events zmq.Events) {
	t.Helper()
	if err := p.Add(s, events); err != nil {
		t.Fatal(err)
	}
}

// events is what TryWait says of s.
func events(t *testing.T, p *zmq.Poller, s *zmq.Socket) zmq.Events {
	t.Helper()
	ready := make([]zmq.Ready, 16)
	n, err := p.TryWait(ready)
	if err != nil && !errors.Is(err, zmq.ErrAgain) {
		t.Fatal(err)
	}
	for _, r := range ready[:n] {
		if r.Socket == s {
			return r.Events
		}
	}
	return 0
}

func poller(t *testing.T) *zmq.Poller {
	p := new(zmq.Poller)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestPoller(t *testing.T) {
	zctx := testlib.Context(t)

	t.Run("T1 readiness follows the conversation", func(t *testing.T) {
		for _, c := range []struct {
			asks, answers zmq.SocketType
			idle, idle2   zmq.Events // before anything is sent
			sent, arrived zmq.Events // after a message went one way
		}{
			{zmq.PAIR, zmq.PAIR, zmq.Out, zmq.Out, zmq.Out, zmq.In | zmq.Out},
			{zmq.REQ, zmq.REP, zmq.Out, 0, 0, zmq.In},
			{zmq.PUSH, zmq.PULL, zmq.Out, 0, zmq.Out, zmq.In},
			{zmq.DEALER, zmq.ROUTER, zmq.Out, zmq.Out, zmq.Out, zmq.In | zmq.Out},
		} {
			t.Run(fmt.Sprint(c.asks, "-", c.answers), func(t *testing.T) {
				b, a := testkit.Pair(t, zctx, "inproc", c.answers, c.asks)
				p := poller(t)
				add(t, p, a, zmq.In|zmq.Out)
				add(t, p, b, zmq.In|zmq.Out)
				if ea, eb := events(t, p, a), events(t, p, b); ea != c.idle || eb != c.idle2 {
					t.Errorf("idle: %v and %v, want %v and %v", ea, eb, c.idle, c.idle2)
				}
				testkit.Send(t, a, "hello")
				if ea, eb := events(t, p, a), events(t, p, b); ea != c.sent || eb != c.arrived {
					t.Errorf("after sending: %v and %v, want %v and %v", ea, eb, c.sent, c.arrived)
				}
				testkit.Recv(t, b)
				if eb := events(t, p, b); eb&zmq.In != 0 {
					t.Errorf("after receiving: %v", eb)
				}
			})
		}
		t.Run("SUB-PUB", func(t *testing.T) {
			pub, sub := testkit.Pair(t, zctx, "inproc", zmq.XPUB, zmq.SUB)
			if err := sub.Subscribe(""); err != nil {
				t.Fatal(err)
			}
			p := poller(t)
			add(t, p, pub, zmq.In|zmq.Out)
			add(t, p, sub, zmq.In)
			testkit.Eventually(t, "the subscription is In", func() bool { return events(t, p, pub) == zmq.In|zmq.Out })
			testkit.Expect(t, pub, "\x01")
			testkit.Send(t, pub, "news")
			testkit.Eventually(t, "the news are In", func() bool { return events(t, p, sub) == zmq.In })
			if ev := events(t, p, pub); ev != zmq.Out {
				t.Errorf("the publisher is ready for %v", ev)
			}
		})
	})

	t.Run("T2 timeouts", func(t *testing.T) {
		for _, c := range []struct {
			name string
			fill bool
		}{{"an empty poller", false}, {"a silent socket", true}} {
			p := poller(t)
			if c.fill {
				pull, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
				add(t, p, pull, zmq.In)
			}
			ready := make([]zmq.Ready, 1)
			_, err := p.TryWait(ready)
			testkit.WantError(t, err, zmq.ErrAgain)
			began := time.Now()
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			_, err = p.Wait(ctx, ready)
			cancel()
			testkit.WantError(t, err, context.DeadlineExceeded)
			if took := time.Since(began); took < 50*time.Millisecond || took > 5*time.Second {
				t.Errorf("%s: 50 ms took %v", c.name, took)
			}
			_, err = p.Wait(ctx, ready)
			testkit.WantError(t, err, context.DeadlineExceeded)
		}
	})

	t.Run("T4 misuse is an error", func(t *testing.T) {
		p := poller(t)
		s, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		closed := testkit.Socket(t, zctx, zmq.PULL)
		testkit.Drop(closed)
		add(t, p, s, zmq.In)
		for what, err := range map[string]error{
			"add twice":          p.Add(s, zmq.In),
			"modify unknown":     p.Modify(closed, zmq.In),
			"remove unknown":     p.Remove(closed),
			"modify nil":         p.Modify(nil, zmq.In),
			"remove nil":         p.Remove(nil),
			"add no events":      p.Add(closed, 0),
			"add strange events": p.Add(closed, 128),
			"modify to nothing":  p.Modify(s, 0),
			"unknown descriptor": p.RemoveFD(3),
			"modify descriptor":  p.ModifyFD(3, zmq.In),
		} {
			if !errors.Is(err, zmq.ErrInvalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		testkit.WantError(t, p.Add(closed, zmq.In), zmq.ErrClosed)
		testkit.WantError(t, p.Add(nil, zmq.In), zmq.ErrClosed)
		testkit.WantError(t, p.Add(new(zmq.Socket), zmq.In), zmq.ErrClosed)
		_, err := p.Wait(testkit.Soon(t), nil)
		testkit.WantError(t, err, zmq.ErrInvalid)
		_, err = p.TryWait(nil)
		testkit.WantError(t, err, zmq.ErrInvalid)
		_, err = p.Wait(noContext, make([]zmq.Ready, 1))
		testkit.WantError(t, err, zmq.ErrInvalid)
		var none *zmq.Poller
		testkit.WantError(t, none.Add(s, zmq.In), zmq.ErrClosed)
		testkit.WantError(t, none.AddFD(0, zmq.In), zmq.ErrClosed)
		testkit.WantError(t, none.Close(), zmq.ErrClosed)
		_, err = none.Wait(testkit.Soon(t), make([]zmq.Ready, 1))
		testkit.WantError(t, err, zmq.ErrClosed)
	})

	t.Run("T5 a poller that can never be ready ends with ctx", func(t *testing.T) {
		p := poller(t)
		push, _ := testkit.Bound(t, zctx, zmq.PUSH, "inproc")
		add(t, p, push, zmq.In)
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		defer cancel()
		_, err := p.Wait(ctx, make([]zmq.Ready, 1))
		testkit.WantError(t, err, context.DeadlineExceeded)
	})

	t.Run("T6 items may be removed while the results are read", func(t *testing.T) {
		p := poller(t)
		for range 4 {
			b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			add(t, p, b, zmq.In)
			testkit.Send(t, a, "x")
		}
		testkit.Eventually(t, "all are ready", func() bool { return len(wait(t, p)) == 4 })
		for _, r := range wait(t, p) {
			if err := p.Remove(r.Socket); err != nil {
				t.Error(err)
			}
			testkit.Drop(r.Socket)
		}
		_, err := p.TryWait(make([]zmq.Ready, 1))
		testkit.WantError(t, err, zmq.ErrAgain)
	})

	t.Run("T7 a closed socket is reported and others go on", func(t *testing.T) {
		p := poller(t)
		gone, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		add(t, p, gone, zmq.In)
		add(t, p, b, zmq.In)
		go testkit.Drop(gone)
		if r := wait(t, p); len(r) != 1 || r[0].Socket != gone || !errors.Is(r[0].Err, zmq.ErrClosed) {
			t.Errorf("%v", r)
		}
		testkit.Send(t, a, "x")
		testkit.Eventually(t, "both are reported", func() bool { return len(wait(t, p)) == 2 })
		if err := p.Remove(gone); err != nil {
			t.Error(err)
		}
		if r := wait(t, p); len(r) != 1 || r[0].Socket != b || r[0].Err != nil {
			t.Errorf("%v", r)
		}
	})

	t.Run("T8 woken from other goroutines", func(t *testing.T) {
		b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		c, d := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		testkit.Send(t, d, "was here before it was added")
		for what, f := range map[string]func(p *zmq.Poller) error{
			"send":   func(*zmq.Poller) error { return a.Send(testkit.Soon(t), []byte("x")) },
			"add":    func(p *zmq.Poller) error { return p.Add(c, zmq.In) },
			"modify": func(p *zmq.Poller) error { return p.Modify(a, zmq.Out) },
		} {
			p := poller(t)
			add(t, p, b, zmq.In)
			add(t, p, a, zmq.In) // never
			g := testkit.NewGroup(t)
			g.Go(func() error { return f(p) })
			if r := wait(t, p); len(r) != 1 {
				t.Errorf("%s: %v", what, r)
			}
			g.Wait()
			if what == "send" {
				testkit.Expect(t, b, "x")
			}
		}
		p := poller(t)
		for range 100 {
			g := testkit.NewGroup(t)
			g.Go(p.Wake)
			if r := wait(t, p); len(r) != 0 {
				t.Errorf("Wake: %v", r)
			}
			g.Wait()
		}
		_, err := p.TryWait(make([]zmq.Ready, 1))
		testkit.WantError(t, err, zmq.ErrAgain)
	})

	t.Run("T12 no wake-up is lost under load", func(t *testing.T) {
		const senders, each, waiters = 4, 2000, 3
		p := poller(t)
		g := testkit.NewGroup(t)
		for range senders {
			b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			add(t, p, b, zmq.In)
			g.Go(func() error {
				for i := range each {
					if err := a.Send(testkit.Soon(t), []byte(testkit.Numbered(i))); err != nil {
						return err
					}
				}
				return nil
			})
		}
		var got atomic.Int64
		ctx, cancel := context.WithCancel(testkit.Soon(t))
		for range waiters {
			g.Go(func() error {
				ready := make([]zmq.Ready, 2) // not room for all: they take turns
				var m zmq.Msg
				for {
					n, err := p.Wait(ctx, ready)
					if err != nil {
						if got.Load() == senders*each {
							return nil
						}
						return fmt.Errorf("after %d messages: %w", got.Load(), err)
					}
					for _, r := range ready[:n] {
						if r.Socket.TryRecv(&m) == nil && got.Add(1) == senders*each {
							cancel()
						}
					}
				}
			})
		}
		g.Wait()
		cancel()
	})
}

// Each of many ready sockets gets its turn when there is room for one.
func TestPollerFair(t *testing.T) {
	zctx := testlib.Context(t)
	p := poller(t)
	const n = 5
	for range n {
		b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		add(t, p, b, zmq.In)
		testkit.Send(t, a, "x")
	}
	testkit.Eventually(t, "all are ready", func() bool { return len(wait(t, p)) == n })
	seen := make(map[*zmq.Socket]int)
	ready := make([]zmq.Ready, 1)
	for range 3 * n {
		if _, err := p.Wait(testkit.Soon(t), ready); err != nil {
			t.Fatal(err)
		}
		seen[ready[0].Socket]++
	}
	for _, times := range seen {
		if times != 3 {
			t.Errorf("turns: %v", seen)
		}
	}
}

// A message that an earlier call brought along into Go counts as ready.
func TestPollerSeesPrefetched(t *testing.T) {
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	p := poller(t)
	const n = 1000
	for i := range n {
		testkit.Send(t, a, testkit.Numbered(i))
	}
	add(t, p, b, zmq.In)
	for i := range n {
		wait(t, p)
		testkit.Expect(t, b, testkit.Numbered(i))
	}
	if ev := events(t, p, b); ev != 0 {
		t.Errorf("ready for %v when all is read", ev)
	}
}

// Removing, closing and adding anew, many times, on the same endpoint.
func TestPollerRemoveCloseAdd(t *testing.T) {
	zctx := testlib.Context(t)
	p := poller(t)
	for i := range 50 {
		b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		add(t, p, b, zmq.In)
		testkit.Send(t, a, "x")
		if r := wait(t, p); len(r) != 1 || r[0].Socket != b {
			t.Fatalf("round %d: %v", i, r)
		}
		if err := p.Remove(b); err != nil {
			t.Fatal(err)
		}
		if _, err := p.TryWait(make([]zmq.Ready, 1)); !errors.Is(err, zmq.ErrAgain) {
			t.Fatalf("round %d: removed, and still there: %v", i, err)
		}
		add(t, p, b, zmq.In)
		if r := wait(t, p); len(r) != 1 {
			t.Fatalf("round %d: %v", i, r)
		}
		if i%2 == 0 { // in either order
			testkit.Drop(b)
		}
		if err := p.Remove(b); err != nil {
			t.Fatal(err)
		}
		testkit.Drop(b)
		testkit.Drop(a)
	}
}

// Close ends every Wait, and use after it is an error.
func TestPollerClose(t *testing.T) {
	zctx := testlib.Context(t)
	s, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
	p := new(zmq.Poller)
	add(t, p, s, zmq.In)
	g := testkit.NewGroup(t)
	for range 5 {
		g.Go(func() error {
			if _, err := p.Wait(testkit.Soon(t), make([]zmq.Ready, 1)); !errors.Is(err, zmq.ErrClosed) {
				return fmt.Errorf("Wait during Close: %v", err)
			}
			return nil
		})
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	g.Wait()
	testkit.WantError(t, p.Close(), zmq.ErrClosed)
	testkit.WantError(t, p.Add(s, zmq.In), zmq.ErrClosed)
	testkit.WantError(t, p.Remove(s), zmq.ErrClosed)
	testkit.WantError(t, p.Wake(), zmq.ErrClosed)
	var m zmq.Msg
	testkit.WantError(t, s.TryRecv(&m), zmq.ErrAgain)
}

func TestPollerAllocatesNothing(t *testing.T) {
	if testkit.Instrumented {
		t.Skip("the race detector and the address sanitizer allocate by themselves")
	}
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	idle, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
	p := poller(t)
	add(t, p, b, zmq.In)
	add(t, p, idle, zmq.In)
	ctx := testkit.Soon(t)
	out, in, ready := zmq.NewMsg([]byte("x")), new(zmq.Msg), make([]zmq.Ready, 4)
	turn := func() {
		if err := a.SendMsg(ctx, out); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Wait(ctx, ready); err != nil {
			t.Fatal(err)
		}
		if err := b.RecvMsg(ctx, in); err != nil {
			t.Fatal(err)
		}
	}
	turn()
	if n := testing.AllocsPerRun(200, turn); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkPollerWait(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(n, " sockets"), func(b *testing.B) {
			zctx := testlib.Context(b)
			pull, push := testkit.Pair(b, zctx, "inproc", zmq.PULL, zmq.PUSH)
			p := new(zmq.Poller)
			defer p.Close()
			_ = p.Add(pull, zmq.In)
			for range n - 1 {
				idle, _ := testkit.Bound(b, zctx, zmq.PULL, "inproc")
				_ = p.Add(idle, zmq.In)
			}
			testkit.Send(b, push, "x")
			ready := make([]zmq.Ready, n)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				if _, err := p.Wait(context.Background(), ready); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
