package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

func clientsAndWorkers(t *T) {
	const clients, workers, each = 4, 3, 100
	p, front, back := t.broker()
	r := t.runs(p)
	working, end := context.WithCancel(testkit.Soon(t))
	atWork := testkit.NewGroup(t)
	for range workers {
		w := t.Connected(zmq.DEALER, back)
		atWork.Go(func() error {
			return until(working, func() error {
				m, err := w.Recv(working)
				if err != nil {
					return err
				}
				for n := range int(m[1][0]) { // how many replies the client wants
					if err := w.Send(working, m[0], m[1], m[2], []byte{byte(n)}); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	g := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	for k := range clients {
		c := t.Connected(zmq.DEALER, front)
		g.Go(func() error {
			missing := map[string]bool{}
			for i := range each {
				request := fmt.Sprintf("%d of client %d, %s", i, k, varied(i*50))
				if err := c.Send(ctx, []byte{byte(i % 5)}, []byte(request)); err != nil {
					return err
				}
				for n := range i % 5 {
					missing[fmt.Sprint(n, request)] = true
				}
			}
			for len(missing) > 0 {
				m, err := c.Recv(ctx)
				if err != nil {
					return fmt.Errorf("%d replies are missing: %w", len(missing), err)
				}
				reply := fmt.Sprint(m[2][0], string(m[1]))
				if len(m) != 3 || !missing[reply] {
					return fmt.Errorf("client %d got %.60q", k, m)
				}
				delete(missing, reply)
			}
			return nil
		})
	}
	g.Wait()
	end()
	atWork.Wait()
	t.Eventually("all is counted", func() bool {
		s := p.Stats()
		return s.FrontendSent == s.BackendReceived && s.BackendSent == s.FrontendReceived
	})
	if s := p.Stats(); s.FrontendReceived.Messages != clients*each || s.FrontendReceived.Frames != 3*clients*each ||
		s.FrontendSent.Messages != 2*clients*each {
		t.Errorf("the statistics are %+v", s)
	}
	r.stop()
}

func subscriptionsAndData(t *T) {
	xsub, in := t.Bound(zmq.XSUB)
	xpub, out := t.Bound(zmq.XPUB)
	r := t.runs(&zmq.Proxy{Frontend: xsub, Backend: xpub})
	pubs := []*zmq.Socket{t.Connected(zmq.XPUB, in), t.Connected(zmq.XPUB, in)}
	subs := []*zmq.Socket{t.Connected(zmq.SUB, out), t.Connected(zmq.SUB, out)}
	t.OK(subs[0].Subscribe("a"))
	t.OK(subs[1].Subscribe("b"))
	for _, pub := range pubs {
		got := t.Recv(pub)[0] + t.Recv(pub)[0]
		if got != "\x01a\x01b" && got != "\x01b\x01a" {
			t.Errorf("the publisher hears of %q", got)
		}
	}
	for _, pub := range pubs {
		t.Send(pub, "c", "nobody wants this")
		t.Send(pub, "b", "", "second")
		t.Send(pub, "a", "", "first")
		t.Expect(subs[0], "a", "", "first")
		t.Expect(subs[1], "b", "", "second")
	}
	t.OK(subs[0].Unsubscribe("a"))
	for _, pub := range pubs {
		t.Expect(pub, "\x00a")
	}
	r.stop()
}

func closedUnderProxy(t *T, which string) {
	p, front, back := t.broker()
	p.Capture, _ = t.Bound(zmq.PUB)
	p.Control, _ = t.Bound(zmq.REP)
	r := t.runs(p)
	c, w := t.Connected(zmq.REQ, front), t.Connected(zmq.REP, back)
	t.Send(c, "it runs")
	t.Expect(w, "it runs")
	switch which {
	case "context":
		go func() { _ = t.Zctx().Close() }() // the sockets of the test are still to be dropped
		if err := r.err(); !errors.Is(err, zmq.ErrTerminated) && !errors.Is(err, zmq.ErrClosed) {
			t.Errorf("Run ends with %v", err)
		}
		return
	case "frontend":
		t.Drop(p.Frontend)
	case "backend":
		t.Drop(p.Backend)
	case "capture":
		t.Drop(p.Capture)
	case "control":
		t.Drop(p.Control)
	}
	t.Refused(r.err(), zmq.ErrClosed)
}

func capturedMessages(t *T) {
	t.Transport = "inproc" // whose queues hold no more than they say
	p, front, back := t.broker()
	narrow := zmq.Settings(opt.SendHWM.To(1), opt.RecvHWM.To(1))
	capture, at := t.Bound(zmq.PUSH, narrow)
	captured := t.Connected(zmq.PULL, at, narrow)
	p.Capture = capture
	r := t.runs(p)
	w, c := t.Connected(zmq.REP, back), t.Connected(zmq.REQ, front)
	turn := func() {
		t.Helper()
		t.Send(c, "question", "")
		t.Expect(w, "question", "")
		t.Send(w, "answer")
		t.Expect(c, "answer")
	}
	turn()
	if m := t.Recv(captured); len(m) != 4 || m[1] != "" || m[2] != "question" || m[3] != "" {
		t.Errorf("captured %q", m)
	}
	if m := t.Recv(captured); len(m) != 3 || m[1] != "" || m[2] != "answer" {
		t.Errorf("captured %q", m)
	}
	const n = 100 // nobody takes copies any more
	for range n {
		turn()
	}
	r.stop()
	if s := p.Stats(); s.CaptureDropped < n || s.FrontendSent.Messages != n+1 {
		t.Errorf("the statistics are %+v", s)
	}

	xsub, in := t.Bound(zmq.XSUB)
	xpub, out := t.Bound(zmq.XPUB)
	capture, captured = t.Pair(zmq.PAIR, zmq.PAIR)
	r = t.runs(&zmq.Proxy{Frontend: xsub, Backend: xpub, Capture: capture})
	pub, sub := t.Connected(zmq.XPUB, in), t.Connected(zmq.SUB, out)
	t.OK(sub.Subscribe("a"))
	t.Expect(pub, "\x01a")
	t.Send(pub, "b", "not wanted")
	t.Send(pub, "a", "wanted")
	t.Expect(sub, "a", "wanted")
	t.OK(sub.Unsubscribe("a"))
	t.Expect(pub, "\x00a")
	t.Expect(captured, "\x01a")
	copies := map[string]bool{}
	for range 2 { // of two directions, in either order
		copies[strings.Join(t.Recv(captured), " ")] = true
	}
	if !copies["a wanted"] || !copies["\x00a"] {
		t.Errorf("captured %v", copies)
	}
	r.stop()
}

func oneSidedFlood(t *T) {
	a, in := t.Bound(zmq.DEALER)
	b, out := t.Bound(zmq.DEALER)
	r := t.runs(&zmq.Proxy{Frontend: a, Backend: b})
	left, right := t.Connected(zmq.DEALER, in), t.Connected(zmq.DEALER, out)
	ctx, cancel := context.WithCancel(context.Background())
	g := testkit.NewGroup(t)
	flowing := make(chan bool, 1)
	g.Go(func() error { return until(ctx, func() error { return left.Send(ctx, []byte("flood")) }) })
	g.Go(func() error {
		var m zmq.Msg
		return until(ctx, func() error {
			select {
			case flowing <- true:
			default:
			}
			return right.RecvMsg(ctx, &m)
		})
	})
	for i := range 20 {
		<-flowing // the flood has not dried up
		t.Send(right, testkit.Numbered(i))
		t.Expect(left, testkit.Numbered(i))
	}
	cancel()
	g.Wait()
	r.stop()
}
