package zmq_test

import (
	"context"
	"encoding/binary"
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
	t.Run("U1 clients and workers, any number of answers", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, front, back := broker(t, zctx, "tcp")
		r := run(t, p)
		const clients, workers, each = 5, 3, 200
		work, end := context.WithCancel(testkit.Soon(t))
		wg := testkit.NewGroup(t)
		for range workers {
			w := testkit.Connected(t, zctx, zmq.DEALER, back)
			wg.Go(func() error {
				for {
					m, err := w.Recv(work)
					if err != nil {
						return nil
					}
					for n := range int(m[1][0]) { // how many the client wants
						if err := w.Send(work, m[0], m[1], m[2], []byte{byte(n)}); err != nil {
							return err
						}
					}
				}
			})
		}
		g := testkit.NewGroup(t)
		for k := range clients {
			c := testkit.Connected(t, zctx, zmq.DEALER, front)
			g.Go(func() error {
				want, got := 0, 0
				ctx := testkit.Soon(t)
				for i := range each {
					text := fmt.Sprintf("%d/%d", k, i)
					if err := c.Send(ctx, []byte{byte(i % 5)}, []byte(text)); err != nil {
						return err
					}
					want += i % 5
				}
				for ; got < want; got++ {
					m, err := c.Recv(ctx)
					if err != nil {
						return fmt.Errorf("%d of %d answers: %w", got, want, err)
					}
					if len(m) != 3 || string(m[1][:len(fmt.Sprint(k))+1]) != fmt.Sprintf("%d/", k) {
						return fmt.Errorf("client %d got %q", k, m)
					}
				}
				return nil
			})
		}
		g.Wait()
		end()
		wg.Wait()
		testkit.Eventually(t, "all is counted", func() bool {
			s := p.Stats()
			return s.FrontendSent == s.BackendReceived && s.BackendSent == s.FrontendReceived
		})
		stats := p.Stats()
		if stats.FrontendReceived.Messages != clients*each || stats.BackendSent != stats.FrontendReceived ||
			stats.BackendReceived != stats.FrontendSent || stats.BackendReceived.Messages != clients*each*2 ||
			stats.FrontendReceived.Frames != 3*clients*each {
			t.Errorf("%+v", stats)
		}
		r.stop()
	})

	t.Run("U2 one socket as both sides", func(t *testing.T) {
		zctx := testlib.Context(t)
		rep, req := testkit.Pair(t, zctx, "inproc", zmq.REP, zmq.REQ)
		r := run(t, &zmq.Proxy{Frontend: rep, Backend: rep})
		for i := range 20 {
			testkit.Send(t, req, testkit.Numbered(i), "more")
			testkit.Expect(t, req, testkit.Numbered(i), "more")
		}
		r.stop()
	})

	t.Run("U3 subscriptions and data", func(t *testing.T) {
		zctx := testlib.Context(t)
		xsub, in := testkit.Bound(t, zctx, zmq.XSUB, "tcp")
		xpub, out := testkit.Bound(t, zctx, zmq.XPUB, "tcp")
		capture, captured := testkit.Pair(t, zctx, "inproc", zmq.PAIR, zmq.PAIR)
		p := &zmq.Proxy{Frontend: xsub, Backend: xpub, Capture: capture}
		r := run(t, p)
		pub := testkit.Connected(t, zctx, zmq.XPUB, in)
		sub := testkit.Connected(t, zctx, zmq.SUB, out)
		if err := sub.Subscribe("a"); err != nil {
			t.Fatal(err)
		}
		testkit.Expect(t, pub, "\x01a")
		testkit.Send(t, pub, "b", "not wanted")
		testkit.Send(t, pub, "a", "wanted")
		testkit.Expect(t, sub, "a", "wanted")
		if err := sub.Unsubscribe("a"); err != nil {
			t.Fatal(err)
		}
		testkit.Expect(t, pub, "\x00a")
		testkit.Expect(t, captured, "\x01a")
		testkit.Expect(t, captured, "a", "wanted")
		testkit.Expect(t, captured, "\x00a")
		r.stop()
	})

	t.Run("U6 ends when the backend never reads", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, front, back := broker(t, zctx, "inproc", opt.SendHWM.To(1), opt.RecvHWM.To(1))
		testkit.Connected(t, zctx, zmq.DEALER, back, opt.RecvHWM.To(1))
		r := run(t, p)
		flood(t, testkit.Connected(t, zctx, zmq.DEALER, front, opt.SendHWM.To(1)))
		r.stop()
	})

	t.Run("U7 ends when a socket or the Context does", func(t *testing.T) {
		for _, which := range []string{"frontend", "backend", "capture", "control", "context"} {
			zctx := testlib.Context(t)
			p, _, _ := broker(t, zctx, "inproc")
			p.Capture, _ = testkit.Bound(t, zctx, zmq.PUB, "inproc")
			p.Control, _ = testkit.Bound(t, zctx, zmq.REP, "inproc")
			r := run(t, p)
			want := error(zmq.ErrClosed)
			switch which {
			case "frontend":
				testkit.Drop(p.Frontend)
			case "backend":
				testkit.Drop(p.Backend)
			case "capture":
				testkit.Drop(p.Capture)
			case "control":
				testkit.Drop(p.Control)
			case "context":
				want = zmq.ErrTerminated
				_ = zctx.Close()
			}
			err := r.err()
			if !errors.Is(err, want) && !errors.Is(err, zmq.ErrClosed) {
				t.Errorf("%s: %v", which, err)
			}
		}
	})

	t.Run("U8 capture gets both directions and stalls nothing", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, front, back := broker(t, zctx, "inproc")
		capture, captured := testkit.Pair(t, zctx, "inproc", zmq.PUSH, zmq.PULL)
		p.Capture = capture
		r := run(t, p)
		w := testkit.Connected(t, zctx, zmq.REP, back)
		c := testkit.Connected(t, zctx, zmq.REQ, front)
		testkit.Send(t, c, "question")
		testkit.Expect(t, w, "question")
		testkit.Send(t, w, "answer")
		testkit.Expect(t, c, "answer")
		for _, text := range []string{"question", "answer"} {
			if m := testkit.Recv(t, captured); len(m) != 3 || m[2] != text {
				t.Errorf("captured %q", m)
			}
		}
		testkit.Drop(captured) // nobody takes copies any more
		const n = 200
		for range n {
			testkit.Send(t, c, "question")
			testkit.Send(t, w, testkit.Recv(t, w)...)
			testkit.Recv(t, c)
		}
		r.stop()
		if s := p.Stats(); s.CaptureDropped < n || s.FrontendSent.Messages != n+1 {
			t.Errorf("%+v", s)
		}
	})

	t.Run("U9 takes nothing that it cannot pass on", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, front, back := broker(t, zctx, "inproc")
		r := run(t, p)
		c := testkit.Connected(t, zctx, zmq.DEALER, front)
		for i := range 10 {
			testkit.Send(t, c, testkit.Numbered(i))
		}
		// No worker is there: the messages stay with the frontend.
		testkit.Eventually(t, "the frontend has them", func() bool {
			n, err := opt.Events.Get(p.Frontend)
			return err == nil && int(n)&int(zmq.In) != 0
		})
		if s := p.Stats(); s != (zmq.ProxyStats{}) {
			t.Errorf("%+v", s)
		}
		w := testkit.Connected(t, zctx, zmq.DEALER, back)
		for i := range 10 {
			if m := testkit.Recv(t, w); m[1] != testkit.Numbered(i) {
				t.Errorf("%q", m)
			}
		}
		r.stop()
	})

	t.Run("U10 a flood one way leaves room for the other", func(t *testing.T) {
		zctx := testlib.Context(t)
		a, in := testkit.Bound(t, zctx, zmq.DEALER, "inproc")
		b, out := testkit.Bound(t, zctx, zmq.DEALER, "inproc")
		r := run(t, &zmq.Proxy{Frontend: a, Backend: b})
		left := testkit.Connected(t, zctx, zmq.DEALER, in)
		right := testkit.Connected(t, zctx, zmq.DEALER, out)
		ctx, cancel := context.WithCancel(context.Background())
		g := testkit.NewGroup(t)
		g.Go(func() error {
			for left.Send(ctx, []byte("flood")) == nil {
			}
			return nil
		})
		g.Go(func() error {
			var m zmq.Msg
			for right.RecvMsg(ctx, &m) == nil {
			}
			return nil
		})
		for i := range 200 {
			testkit.Send(t, right, testkit.Numbered(i))
			testkit.Expect(t, left, testkit.Numbered(i))
		}
		cancel()
		g.Wait()
		r.stop()
	})

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

func TestProxyControl(t *testing.T) {
	for _, kind := range []zmq.SocketType{zmq.REP, zmq.PAIR} {
		t.Run("U4 steered through "+kind.String(), func(t *testing.T) {
			zctx := testlib.Context(t)
			p, front, back := broker(t, zctx, "inproc")
			peer := map[zmq.SocketType]zmq.SocketType{zmq.REP: zmq.REQ, zmq.PAIR: zmq.PAIR}[kind]
			control, commands := testkit.Pair(t, zctx, "inproc", kind, peer)
			p.Control = control
			r := run(t, p)
			w := testkit.Connected(t, zctx, zmq.DEALER, back)
			c := testkit.Connected(t, zctx, zmq.DEALER, front)
			command := func(name string) {
				testkit.Send(t, commands, name)
				if kind == zmq.REP {
					testkit.Expect(t, commands, "")
				}
			}
			statistics := func() (n [8]uint64) {
				testkit.Send(t, commands, "STATISTICS")
				m := testkit.Recv(t, commands)
				if len(m) != 8 {
					t.Fatalf("statistics %q", m)
				}
				for i := range n {
					n[i] = binary.NativeEndian.Uint64([]byte(m[i]))
				}
				return n
			}
			testkit.Send(t, c, "12345")
			m := testkit.Recv(t, w)
			testkit.Send(t, w, append(m, "678")...)
			testkit.Expect(t, c, "12345", "678")
			testkit.Eventually(t, "the statistics count all frames", func() bool {
				return statistics() == [8]uint64{2, 10, 3, 13, 3, 13, 2, 10}
			})

			command("PAUSE")
			before := statistics() // with PAIR it also shows that the pause has come
			const n = 100
			for i := range n {
				testkit.Send(t, c, testkit.Numbered(i))
				testkit.Send(t, w, m[0], testkit.Numbered(i))
			}
			testkit.Eventually(t, "both sides have messages", func() bool {
				f, _ := opt.Events.Get(p.Frontend)
				b, _ := opt.Events.Get(p.Backend)
				return int(f)&int(b)&int(zmq.In) != 0
			})
			if after := statistics(); after != before {
				t.Errorf("messages pass in a pause: %v, then %v", before, after)
			}
			command("PAUSE") // again
			command("RESUME")
			command("RESUME")
			for i := range n {
				testkit.Expect(t, c, testkit.Numbered(i))
				testkit.Expect(t, w, m[0], testkit.Numbered(i))
			}

			command("TERMINATE")
			if err := r.err(); err != nil {
				t.Errorf("TERMINATE: %v", err)
			}
		})
	}

	t.Run("U5 unknown commands", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, _, _ := broker(t, zctx, "inproc")
		control, commands := testkit.Pair(t, zctx, "inproc", zmq.REP, zmq.REQ)
		p.Control = control
		r := run(t, p)
		for _, words := range [][]string{{"DANCE"}, {""}, {"PAUSE\x00"}, {"pause"}, {"PAUSE", "PAUSE"}, {string(make([]byte, 1<<20))}} {
			testkit.Send(t, commands, words...)
			if m := testkit.Recv(t, commands); len(m) != 1 || m[0] == "" {
				t.Errorf("the answer is %q", m)
			}
		}
		testkit.Send(t, commands, "TERMINATE")
		testkit.Expect(t, commands, "")
		if err := r.err(); err != nil {
			t.Error(err)
		}
	})

	t.Run("U5 a SUB obeys and cannot answer", func(t *testing.T) {
		zctx := testlib.Context(t)
		p, _, _ := broker(t, zctx, "inproc")
		sub, pub := testkit.Pair(t, zctx, "inproc", zmq.SUB, zmq.XPUB)
		p.Control = sub
		if err := sub.Subscribe(""); err != nil {
			t.Fatal(err)
		}
		r := run(t, p)
		testkit.Expect(t, pub, "\x01")
		for _, word := range []string{"STATISTICS", "DANCE", "PAUSE", "TERMINATE"} {
			testkit.Send(t, pub, word)
		}
		if err := r.err(); err != nil {
			t.Error(err)
		}
	})
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

func BenchmarkProxy(b *testing.B) {
	for _, size := range []int{16, 1024, 65536} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) {
			zctx := testlib.Context(b)
			pull, in := testkit.Bound(b, zctx, zmq.PULL, "tcp")
			push, out := testkit.Bound(b, zctx, zmq.PUSH, "tcp")
			r := run(b, &zmq.Proxy{Frontend: pull, Backend: push})
			benchmarkThrough(b, zctx, in, out, size)
			r.stop()
		})
	}
}

// benchmarkThrough measures messages from a PUSH at in to a PULL at out.
func benchmarkThrough(b *testing.B, zctx *zmq.Context, in, out string, size int) {
	c := testkit.Connected(b, zctx, zmq.PUSH, in)
	w := testkit.Connected(b, zctx, zmq.PULL, out)
	ctx := context.Background()
	body := make([]byte, size)
	batch := make([]zmq.Msg, 128)
	for i := range batch {
		batch[i].Append(body)
	}
	testkit.Send(b, c, "first")
	testkit.Recv(b, w)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	go func() {
		for left := b.N; left > 0; {
			n, err := c.SendBatch(ctx, batch[:min(left, len(batch))])
			if err != nil {
				return
			}
			left -= n
		}
	}()
	got := make([]zmq.Msg, 128)
	for left := b.N; left > 0; {
		n, err := w.RecvBatch(ctx, got)
		if err != nil {
			b.Fatal(err)
		}
		left -= n
	}
}
