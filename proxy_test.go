package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// running is a Proxy in a Run. End it with stop, or see how it ended by err.
type running struct {
	t    testing.TB
	end  context.CancelFunc
	done chan error
}

func run(t testing.TB, p *zmq.Proxy) *running {
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, end: cancel, done: make(chan error, 1)}
	go func() { r.done <- p.Run(ctx) }()
	t.Cleanup(cancel)
	return r
}

func (r *running) err() (err error) {
	r.t.Helper()
	select {
	case err = <-r.done:
	case <-time.After(testkit.Hang):
		r.t.Fatal("Run hangs")
	}
	return err
}

func (r *running) stop() {
	r.t.Helper()
	r.end()
	testkit.WantError(r.t, r.err(), context.Canceled)
}

// broker is a Proxy between a bound ROUTER and a bound DEALER.
func broker(t testing.TB, zctx *zmq.Context, transport string, settings ...zmq.Setting) (p *zmq.Proxy, front, back string) {
	f, front := testkit.Bound(t, zctx, zmq.ROUTER, transport, settings...)
	b, back := testkit.Bound(t, zctx, zmq.DEALER, transport, settings...)
	return &zmq.Proxy{Frontend: f, Backend: b}, front, back
}

func TestProxy(t *testing.T) {
	t.Run("G14 high-water marks hold from end to end", func(t *testing.T) {
		const hwm = 10
		marks := []zmq.Setting{opt.SendHWM.To(hwm), opt.RecvHWM.To(hwm)}
		noDrop := append([]zmq.Setting{opt.XPubNoDrop.To(true)}, marks...)
		zctx := testlib.Context(t)
		xsub, in := testkit.Bound(t, zctx, zmq.XSUB, "inproc", marks...)
		xpub, out := testkit.Bound(t, zctx, zmq.XPUB, "inproc", noDrop...)
		p := &zmq.Proxy{Frontend: xsub, Backend: xpub}
		r := run(t, p)
		pub := testkit.Connected(t, zctx, zmq.XPUB, in, noDrop...)
		sub := testkit.Connected(t, zctx, zmq.SUB, out, marks...)
		if err := sub.Subscribe(""); err != nil {
			t.Fatal(err)
		}
		testkit.Expect(t, pub, "\x01")
		sent := flood(t, pub)
		// Each of two queues has 20 places, and is served in halves.
		if sent < 2*hwm || sent > 4*hwm+1 {
			t.Errorf("%d messages went in", sent)
		}
		if s := p.Stats(); s.BackendSent.Messages > uint64(sent) || s.BackendSent.Messages < hwm {
			t.Errorf("%+v", s)
		}
		for i := range sent {
			testkit.Expect(t, sub, testkit.Numbered(i))
		}
		r.stop()
	})
}

// flood sends until nothing more goes in for a while, and says how many did.
func flood(t testing.TB, s *zmq.Socket) (sent int) {
	t.Helper()
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		err := s.Send(ctx, []byte(testkit.Numbered(sent)))
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return sent
		}
		if err != nil {
			t.Fatal(err)
		}
		sent++
	}
}

// Messages that the proxy holds when it ends go on with the next Run, in order
// and once.
func TestProxyLosesNothing(t *testing.T) {
	zctx := testlib.Context(t)
	pull, in := testkit.Bound(t, zctx, zmq.PULL, "inproc")
	push, out := testkit.Bound(t, zctx, zmq.PUSH, "inproc", opt.SendHWM.To(100))
	p := &zmq.Proxy{Frontend: pull, Backend: push}
	c := testkit.Connected(t, zctx, zmq.PUSH, in)
	w := testkit.Connected(t, zctx, zmq.PULL, out, opt.RecvHWM.To(100))
	const n = 20000
	g := testkit.NewGroup(t)
	g.Go(func() error {
		for i := range n {
			if err := c.Send(testkit.Soon(t), []byte(testkit.Numbered(i)), []byte("second")); err != nil {
				return err
			}
		}
		return nil
	})
	over := make(chan struct{})
	g.Go(func() error {
		for {
			ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			err := p.Run(ctx)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				return fmt.Errorf("Run: %v", err)
			}
			select {
			case <-over:
				return nil
			default:
			}
		}
	})
	for i := range n {
		testkit.Expect(t, w, testkit.Numbered(i), "second")
	}
	close(over)
	g.Wait()
	if s := p.Stats(); s.FrontendReceived.Messages != n || s.BackendSent.Messages != n {
		t.Errorf("%+v", s)
	}
}

// A thousand starts, each ended by ctx or by closing a socket under it.
func TestProxyStartStop(t *testing.T) {
	zctx := testlib.Context(t)
	p, _, _ := broker(t, zctx, "inproc")
	for i := range 1000 {
		ctx, cancel := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { defer wg.Done(); cancel() }()
		began := time.Now()
		if err := p.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("Run %d: %v", i, err)
		}
		wg.Wait()
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("Run %d took %v", i, took)
		}
	}
	for range 50 {
		p, _, back := broker(t, zctx, "inproc")
		testkit.Connected(t, zctx, zmq.REP, back)
		r := run(t, p)
		testkit.Drop(p.Frontend)
		testkit.Drop(p.Backend)
		testkit.WantError(t, r.err(), zmq.ErrClosed)
	}
}

func TestProxyMisuse(t *testing.T) {
	zctx := testlib.Context(t)
	p, front, back := broker(t, zctx, "inproc")
	r := run(t, p)
	testkit.Send(t, testkit.Connected(t, zctx, zmq.DEALER, front), "x")
	testkit.Recv(t, testkit.Connected(t, zctx, zmq.DEALER, back)) // so it runs
	testkit.WantError(t, p.Run(testkit.Soon(t)), zmq.ErrState)
	p.Resume() // without a Pause
	p.Pause()
	p.Pause()
	r.stop() // in a pause too
	p.Resume()
	p.Resume()
	testkit.WantError(t, p.Run(noContext), zmq.ErrInvalid)
	for _, bad := range []*zmq.Proxy{nil, {}, {Frontend: p.Frontend}, {Backend: p.Backend}} {
		testkit.WantError(t, bad.Run(testkit.Soon(t)), zmq.ErrInvalid)
		bad.Pause()
		bad.Resume()
		if s := bad.Stats(); s != (zmq.ProxyStats{}) {
			t.Errorf("%+v", s)
		}
	}
	testkit.WantError(t, (&zmq.Proxy{Frontend: new(zmq.Socket), Backend: p.Backend}).Run(testkit.Soon(t)), zmq.ErrClosed)
	testkit.WantError(t, (&zmq.Proxy{Frontend: p.Frontend, Backend: p.Backend, Capture: new(zmq.Socket)}).Run(testkit.Soon(t)), zmq.ErrClosed)
}

// A message for a peer that has gone is dropped and counted; the rest goes on.
func TestProxyRefused(t *testing.T) {
	zctx := testlib.Context(t)
	p, front, back := broker(t, zctx, "inproc", opt.SendHWM.To(100))
	if err := p.Frontend.Set(opt.RouterMandatory.To(true)); err != nil {
		t.Fatal(err)
	}
	r := run(t, p)
	w := testkit.Connected(t, zctx, zmq.DEALER, back)
	c := testkit.Connected(t, zctx, zmq.DEALER, front)
	testkit.Send(t, c, "hello")
	m := testkit.Recv(t, w)
	testkit.Send(t, w, "nobody", "lost")
	testkit.Send(t, w, "nobody", "lost")
	testkit.Send(t, w, m[0], "found")
	testkit.Expect(t, c, "found")
	testkit.Eventually(t, "two messages are counted as refused, one as sent", func() bool {
		s := p.Stats()
		return s.Refused == 2 && s.FrontendSent.Messages == 1
	})
	r.stop()
}

// A send that only another peer has room for honours ctx, and goes on when
// the one in question has.
func TestSendToFullPeer(t *testing.T) {
	zctx := testlib.Context(t)
	pub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.XPubNoDrop.To(true), opt.SendHWM.To(2))
	sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.RecvHWM.To(2))
	if err := sub.Subscribe(""); err != nil {
		t.Fatal(err)
	}
	testkit.Expect(t, pub, "\x01")
	n := flood(t, pub)
	g := testkit.NewGroup(t)
	g.Go(func() error { return pub.Send(testkit.Soon(t), []byte("last")) })
	var got []string
	for range n + 1 {
		got = append(got, testkit.Recv(t, sub)[0])
	}
	g.Wait()
	if !slices.IsSorted(got[:n]) || got[n] != "last" {
		t.Errorf("%q", got)
	}
	if err := pub.Set(opt.SendTimeout.To(20 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	flood := func() (err error) {
		for err == nil {
			err = pub.Send(testkit.Soon(t), []byte("x"))
		}
		return err
	}
	if err := flood(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
}
