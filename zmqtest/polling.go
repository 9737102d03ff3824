package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// Section T: polling.
var polling = []row{
	{
		id: "T1", over: all,
		must: "In and Out follow a conversation: who can send and who can receive, before, in between and after",
		test: eventsOfConversations,
	},
	{
		id:   "T2",
		must: "waiting ends with ctx, neither early nor late, also with nothing to wait for; TryWait does not wait",
		test: waitsEnd,
	},
	{
		id:   "T3",
		must: "sockets and raw descriptors are waited for together, and each is reported as long as it is ready",
		test: socketsAndDescriptors,
	},
	{
		id:   "T4",
		must: "adding twice, changing or removing what is not there, and unknown or no events are ErrInvalid",
		test: pollerMisuse,
	},
	{
		id:   "T5",
		must: "waiting for what can never be ready ends with ctx, and watching for nothing is ErrInvalid",
		test: func(t *T) {
			p := poller(t)
			push, _ := t.Bound(zmq.PUSH)
			t.Refused(p.Add(push, 0), zmq.ErrInvalid)
			t.OK(p.Add(push, zmq.In))
			t.Refused(p.Modify(push, 0), zmq.ErrInvalid)
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
			defer cancel()
			_, err := p.Wait(ctx, make([]zmq.Ready, 1))
			t.Refused(err, context.DeadlineExceeded)
		},
	},
	{
		id:   "T6",
		must: "sockets may be removed, and closed, while what was found is read",
		test: func(t *T) {
			p := poller(t)
			for range 4 {
				pull, push := t.Pair(zmq.PULL, zmq.PUSH)
				t.OK(p.Add(pull, zmq.In))
				t.Send(push, "x")
			}
			t.Eventually("all are ready", func() bool { return len(p.wait()) == 4 })
			ready := p.wait()
			for i := 3; i >= 0; i-- { // some that are still to be read
				t.OK(p.Remove(ready[i].Socket))
				t.Drop(ready[i].Socket)
			}
			_, err := p.TryWait(make([]zmq.Ready, 1))
			t.Refused(err, zmq.ErrAgain)
		},
	},
	{
		id:   "T7",
		must: "a socket that is closed is reported with ErrClosed until it is removed, and the others go on",
		test: func(t *T) {
			p := poller(t)
			gone, _ := t.Bound(zmq.PULL)
			pull, push := t.Pair(zmq.PULL, zmq.PUSH)
			t.OK(p.Add(gone, zmq.In))
			t.OK(p.Add(pull, zmq.In))
			go t.Drop(gone) // under the wait
			r := p.wait()
			if len(r) != 1 || r[0].Socket != gone {
				t.Fatalf("ready is %v", r)
			}
			t.Refused(r[0].Err, zmq.ErrClosed)
			t.Send(push, "x")
			t.Eventually("both are reported", func() bool { return len(p.wait()) == 2 })
			t.OK(p.Remove(gone))
			if r := p.wait(); len(r) != 1 || r[0].Socket != pull || r[0].Err != nil {
				t.Errorf("ready is %v", r)
			}
		},
	},
	{
		id: "T8", over: all,
		must: "a wait is ended from other goroutines: by a message, by Add and Modify, by Wake",
		test: wakesFromElsewhere,
	},
	{
		id: "T9", needs: "draft",
		must: "the thread-safe draft types are waited for like others, together with those and descriptors",
		test: draftTypesPolled,
	},
	{
		id:    "T10",
		must:  "zmq_poller_fd gives a descriptor when a thread-safe socket is polled, and fails without one",
		proof: "libzmq/capi.TestDraftPoller libzmq/capi.TestDraftPollerDescriptor",
	},
	{
		id:    "T11",
		must:  "zmq_ppoll lets signals through, or keeps them away, exactly while it waits",
		proof: "libzmq/capi.TestDraftPPollSignals",
	},
	{
		id: "T12", over: all,
		must: "sockets in select by channels, and in a Poller of many goroutines, lose no wake-up under load",
		test: noWakeUpIsLost,
	},
	{
		id:    "T13",
		must:  "zmq_poller_destroy works when the context has ended",
		proof: "libzmq/capi.TestDraftPollerOutlivesContext",
	},
}

// A pollerT is a Poller with verbs.
type pollerT struct {
	*zmq.Poller
	t *T
}

func poller(t *T) *pollerT {
	p := &pollerT{new(zmq.Poller), t}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// wait is one Wait that must find something.
func (p *pollerT) wait() []zmq.Ready {
	p.t.Helper()
	ready := make([]zmq.Ready, 16)
	n, err := p.Wait(testkit.Soon(p.t), ready)
	p.t.OK(err)
	return ready[:n]
}

// events is what TryWait says of s now.
func (p *pollerT) events(s *zmq.Socket) zmq.Events {
	p.t.Helper()
	ready := make([]zmq.Ready, 16)
	n, _ := p.TryWait(ready)
	i := slices.IndexFunc(ready[:n], func(r zmq.Ready) bool { return r.Socket == s })
	if i < 0 {
		return 0
	}
	p.t.OK(ready[i].Err)
	return ready[i].Events
}

// settles waits until s is ready for exactly these events.
func (p *pollerT) settles(s *zmq.Socket, want zmq.Events) {
	p.t.Helper()
	p.t.Eventually(fmt.Sprintf("%v is ready for %v", s.Type(), want), func() bool { return p.events(s) == want })
}

func eventsOfConversations(t *T) {
	const in, out = zmq.In, zmq.Out
	for _, c := range []struct {
		binds, connects     zmq.SocketType
		idleB, idleC        zmq.Events
		sentB, sentC        zmq.Events // when the one that connects has sent
		receivedB, answered zmq.Events // when the other has received, and answered
	}{
		{zmq.PAIR, zmq.PAIR, out, out, in | out, out, out, in | out},
		{zmq.REP, zmq.REQ, 0, out, in, 0, out, in},
		{zmq.PULL, zmq.PUSH, 0, out, in, out, 0, 0},
		{zmq.ROUTER, zmq.DEALER, out, out, in | out, out, out, in | out},
	} {
		b, a := t.Pair(c.binds, c.connects)
		p := poller(t)
		t.OK(p.Add(b, in|out))
		t.OK(p.Add(a, in|out))
		p.settles(b, c.idleB)
		p.settles(a, c.idleC)
		t.Send(a, "hello")
		p.settles(b, c.sentB)
		p.settles(a, c.sentC)
		received := t.Recv(b)
		p.settles(b, c.receivedB)
		if c.answered == 0 {
			continue
		}
		t.Send(b, received...)
		p.settles(a, c.answered)
		t.Expect(a, "hello")
		p.settles(a, c.idleC)
		p.settles(b, c.idleB)
	}

	pub, sub := t.Pair(zmq.XPUB, zmq.SUB)
	p := poller(t)
	t.OK(p.Add(pub, in|out))
	t.OK(p.Add(sub, in))
	p.settles(pub, out)
	t.OK(sub.Subscribe(""))
	p.settles(pub, in|out)
	t.Expect(pub, "\x01")
	p.settles(pub, out)
	p.settles(sub, 0)
	t.Send(pub, "news")
	p.settles(sub, in)
	t.Expect(sub, "news")
	p.settles(sub, 0)
}

func waitsEnd(t *T) {
	for _, fill := range []bool{false, true} {
		p := poller(t)
		if fill {
			pull, _ := t.Bound(zmq.PULL)
			t.OK(p.Add(pull, zmq.In))
		}
		ready := make([]zmq.Ready, 1)
		_, err := p.TryWait(ready)
		t.Refused(err, zmq.ErrAgain)
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		_, err = p.Wait(ctx, ready)
		t.Refused(err, context.DeadlineExceeded)
		if took := time.Since(began); took < 20*time.Millisecond || took > testkit.Hang {
			t.Errorf("20 ms took %v", took)
		}
		_, err = p.Wait(ctx, ready) // it has ended already
		t.Refused(err, context.DeadlineExceeded)
		cancel()

		ctx, cancel = context.WithCancel(context.Background())
		g := testkit.NewGroup(t)
		g.Go(func() error {
			if _, err := p.Wait(ctx, ready); !errors.Is(err, context.Canceled) {
				return fmt.Errorf("error is %v, want %v", err, context.Canceled)
			}
			return nil
		})
		cancel()
		g.Wait()
	}
}

func pollerMisuse(t *T) {
	p := poller(t)
	s, _ := t.Bound(zmq.PULL)
	other, _ := t.Bound(zmq.PULL)
	closed := t.Socket(zmq.PULL)
	t.Drop(closed)
	t.OK(p.Add(s, zmq.In))
	for what, err := range map[string]error{
		"adding twice":               p.Add(s, zmq.In),
		"changing what is not there": p.Modify(other, zmq.In),
		"removing what is not there": p.Remove(other),
		"changing nil":               p.Modify(nil, zmq.In),
		"removing nil":               p.Remove(nil),
		"no events":                  p.Add(other, 0),
		"unknown events":             p.Add(other, 128),
		"a known one and unknown":    p.Add(other, zmq.In|4),
		"changing to no events":      p.Modify(s, 0),
		"removing a descriptor":      p.RemoveFD(3),
		"changing a descriptor":      p.ModifyFD(3, zmq.In),
	} {
		if !errors.Is(err, zmq.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	t.OK(p.Add(other, zmq.In)) // nothing of that has left a trace
	t.OK(p.Remove(other))
	t.Refused(p.Add(closed, zmq.In), zmq.ErrClosed)
	t.Refused(p.Add(nil, zmq.In), zmq.ErrClosed)
	t.Refused(p.Add(new(zmq.Socket), zmq.In), zmq.ErrClosed)
	var nothing context.Context
	for _, wait := range []func() error{
		func() error { _, err := p.Wait(testkit.Soon(t), nil); return err },
		func() error { _, err := p.TryWait(nil); return err },
		func() error { _, err := p.Wait(nothing, make([]zmq.Ready, 1)); return err },
	} {
		t.Refused(wait(), zmq.ErrInvalid)
	}
	var none *zmq.Poller
	t.Refused(none.Add(s, zmq.In), zmq.ErrClosed)
	t.Refused(none.AddFD(0, zmq.In), zmq.ErrClosed)
	t.Refused(none.Close(), zmq.ErrClosed)
	_, err := none.Wait(testkit.Soon(t), make([]zmq.Ready, 1))
	t.Refused(err, zmq.ErrClosed)
}

func wakesFromElsewhere(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	full, feeds := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(feeds, "was here before it was added")
	for what, wakes := range map[string]func(p *pollerT) error{
		"a message": func(*pollerT) error { return push.Send(testkit.Soon(t), []byte("x")) },
		"Add":       func(p *pollerT) error { return p.Add(full, zmq.In) },
		"Modify":    func(p *pollerT) error { return p.Modify(push, zmq.Out) },
	} {
		p := poller(t)
		t.OK(p.Add(pull, zmq.In))
		t.OK(p.Add(push, zmq.In)) // never
		g := testkit.NewGroup(t)
		g.Go(func() error { return wakes(p) })
		if r := p.wait(); len(r) != 1 {
			t.Errorf("%s: ready is %v", what, r)
		}
		g.Wait()
		if what == "a message" {
			t.Expect(pull, "x")
		}
	}
	p := poller(t)
	for range 100 {
		g := testkit.NewGroup(t)
		g.Go(p.Wake)
		if r := p.wait(); len(r) != 0 {
			t.Errorf("Wake: ready is %v", r)
		}
		g.Wait()
	}
	_, err := p.TryWait(make([]zmq.Ready, 1))
	t.Refused(err, zmq.ErrAgain)
}
