package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

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
