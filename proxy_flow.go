package zmq

import (
	"context"
	"errors"

	"gozmq/internal/engine"
	"gozmq/internal/options"
)

// flow is one direction of a Proxy. It belongs to one goroutine.
type flow struct {
	proxy          *Proxy
	from, to       *Socket
	received, sent *trafficCount
	wants          engine.Waiter
}

// burst bounds what a flow takes at once, so that it looks at the Proxy's
// state, and the other direction gets its turn, often enough.
const burst = 64

// run passes messages on until something ends it; the reason is never nil.
func (f *flow) run(ctx context.Context) error {
	// Shared: a flow that finds one side ready may have to wait for the other,
	// and must not keep who else uses the first from being woken.
	f.wants = engine.Waiter{C: make(chan struct{}, 1), Shared: true}
	batch := make([]Msg, f.most())
	defer release(batch)
	for {
		if err := f.forward(ctx, len(batch)); err != nil {
			return err
		}
		if err := f.ready(ctx); err != nil {
			return err
		}
		n, err := f.take(messages(batch))
		if err != nil {
			return err
		}
		if n == 0 {
			if err := f.rest(ctx); err != nil {
				return err
			}
			continue
		}
		f.received.add(messages(batch[:n]))
		done, err := f.pass(ctx, batch[:n])
		if err != nil {
			// Not lost: whoever receives next gets them, in order.
			f.received.take(messages(batch[done:n]))
			f.from.eng.Unread(messages(batch[done:n]))
			return err
		}
	}
}

// most keeps what is in the Proxy's hands small beside what the sockets may
// hold: high-water marks are the user's word on how much may be under way.
func (f *flow) most() int {
	n := burst
	for _, side := range [...]struct {
		s   *Socket
		num int
	}{{f.from, options.RecvHWM}, {f.to, options.SendHWM}} {
		if hwm, err := getOption[int](side.s, side.num); err == nil && hwm > 0 {
			n = min(n, max(1, hwm/8))
		}
	}
	return n
}

// ready waits until, at one and the same time, a message can be sent and one
// can be received.
func (f *flow) ready(ctx context.Context) error {
	for {
		if f.to != f.from {
			// What is sent back to where it came from may only be possible
			// after receiving, as with REP.
			waited, err := f.await(ctx, f.to, engine.Out)
			if err != nil {
				return err
			}
			if waited {
				continue
			}
		}
		waited, err := f.await(ctx, f.from, engine.In)
		if err != nil {
			return err
		}
		if waited {
			continue
		}
		if ctx.Err() != nil {
			return ended(ctx)
		}
		return nil
	}
}

// await returns when s is ready, or has become so for a moment at least. It
// reports whether that took any waiting.
func (f *flow) await(ctx context.Context, s *Socket, event engine.Events) (waited bool, err error) {
	w := &f.wants
	w.Want = event
	if ready, err := s.eng.Arm(w); err != nil || ready != 0 {
		return false, err
	}
	defer s.eng.Disarm(w)
	select {
	case <-w.C:
		return true, nil
	case <-ctx.Done():
		return true, ended(ctx)
	}
}

// forward lets the engine pass messages on, if it can, until what comes next
// is to be received and sent, or ctx ends.
func (f *flow) forward(ctx context.Context, most int) error {
	from, ok := f.from.eng.(engine.Forwarder)
	if !ok || f.proxy.Capture != nil {
		return nil
	}
	for ctx.Err() == nil {
		passed, ok := f.forwardBurst(from, most)
		if !ok {
			return nil
		}
		if passed.Messages == uint64(most) {
			continue
		}
		side, event := f.from, engine.In
		if passed.Full {
			side, event = f.to, engine.Out
		}
		if _, err := f.await(ctx, side, event); err != nil {
			return err
		}
	}
	return ended(ctx)
}

func (f *flow) forwardBurst(from engine.Forwarder, most int) (passed engine.Forwarded, ok bool) {
	f.proxy.gate.RLock()
	defer f.proxy.gate.RUnlock()
	if f.proxy.paused {
		return passed, false
	}
	passed, ok = from.Forward(f.to.eng, most)
	f.received.count(passed.Messages, passed.Frames, passed.Bytes)
	f.sent.count(passed.Messages, passed.Frames, passed.Bytes)
	if passed.Lost {
		f.proxy.counts.refused.Add(1)
	}
	return passed, ok
}

// take receives what is there, unless the Proxy is paused or somebody else
// was faster.
func (f *flow) take(batch []engine.Message) (int, error) {
	f.proxy.gate.RLock()
	defer f.proxy.gate.RUnlock()
	if f.proxy.paused {
		return 0, nil
	}
	n, err := f.from.eng.Recv(batch)
	if err == ErrAgain || err == ErrState || n > 0 {
		err = nil
	}
	return n, err
}

// rest waits while the Proxy is paused.
func (f *flow) rest(ctx context.Context) error {
	resumed := f.proxy.pausing()
	if resumed == nil {
		return nil
	}
	select {
	case <-resumed:
		return nil
	case <-ctx.Done():
		return ended(ctx)
	}
}

// pass sends messages, captures them, and empties them. It returns how many
// it is done with: all of them, or fewer with an error.
func (f *flow) pass(ctx context.Context, msgs []Msg) (done int, err error) {
	forever := bound{timeout: -1}
	for done < len(msgs) {
		batch := messages(msgs[done:])
		if f.to.typ >= SERVER {
			batch = batch[:1] // each has its own reasons to be refused
		}
		n := 0
		if err = f.to.checkOutgoing(batch); err == nil {
			n, err = f.to.eng.Send(batch)
		}
		if n > 0 {
			f.sent.add(batch[:n])
			f.proxy.capture(batch[:n])
			reset(batch[:n])
			done += n
			forever.early = 0
		}
		switch {
		case err == nil:
		case err == ErrAgain || err == ErrState:
			if err = f.to.wait(ctx, engine.Out, &forever); err != nil {
				return done, err
			}
		case errors.Is(err, ErrClosed) || errors.Is(err, ErrTerminated):
			return done, err
		default:
			f.proxy.counts.refused.Add(1)
			msgs[done].Reset()
			done++
		}
	}
	return done, nil
}
