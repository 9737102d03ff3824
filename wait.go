package zmq

import (
	"context"
	"os"
	"sync"
	"time"

	"gozmq/internal/engine"
)

// bound is how long a call may wait besides its ctx: opt.SendTimeout or
// opt.RecvTimeout, counted from the first time it has to.
type bound struct {
	timeout int64 // nanoseconds; negative is for ever
	until   time.Time
	early   int // tries that failed although the socket said that it is ready
}

// earlyPause is how long to wait for news at most before the next try when a
// socket keeps saying that it can send, and then cannot: it means another peer
// than the one in question. XPUB with opt.XPubNoDrop is like that, and ROUTER
// with opt.RouterMandatory.
const earlyPause = time.Millisecond

// departurePause is how long a ROUTER's send that waits for a peer sleeps at
// most before the next try. The peer may go, which is an error to be told, and
// makes the socket no more ready than it was: only the news of it may wake the
// send.
const departurePause = 20 * time.Millisecond

// left is what remains, and whether there is a bound at all. Waiting again
// never extends it.
func (b *bound) left() (d time.Duration, bounded bool) {
	if b.timeout < 0 {
		return 0, false
	}
	now := time.Now()
	if b.until.IsZero() {
		b.until = now.Add(time.Duration(b.timeout))
	}
	return b.until.Sub(now), true
}

// parked is what a waiting call needs. It is pooled: waiting allocates nothing.
type parked struct {
	engine.Waiter
	timer *time.Timer // nil until a bounded call needs it; stopped in the pool
}

var parking = sync.Pool{New: func() any {
	return &parked{Waiter: engine.Waiter{C: make(chan struct{}, 1)}}
}}

// wait returns nil when a try for want is worthwhile, or the reason why there
// will be none: the socket has failed, ctx has ended, the bound has passed.
func (s *Socket) wait(ctx context.Context, want engine.Events, b *bound) error {
	_, err := s.waitWith(ctx, want, nil, b)
	return err
}

// waitWith is wait, and may come back with the first n messages of batch
// received, so that no try is needed.
func (s *Socket) waitWith(ctx context.Context, want engine.Events, batch []engine.Message, b *bound) (n int, err error) {
	left, bounded := b.left()
	if bounded && left <= 0 {
		return 0, os.ErrDeadlineExceeded
	}
	p := parking.Get().(*parked)
	p.Want, p.Batch, p.N = want, batch, 0
	err = s.park(ctx, p, b, left, bounded)
	n, p.Batch = p.N, nil
	parking.Put(p)
	if n > 0 {
		return n, nil // received, whatever came at the same moment
	}
	return 0, err
}

// park arms p and waits for its token, which has been taken back when park
// returns.
func (s *Socket) park(ctx context.Context, p *parked, b *bound, left time.Duration, bounded bool) error {
	if !bounded && p.Want == engine.In && s.eng.Attend(ctx, &p.Waiter) {
		if ctx.Err() != nil {
			return ended(ctx)
		}
		return nil
	}
	var pause time.Duration // before a try that nothing calls for; 0 is none
	if p.Want == engine.Out && s.typ == ROUTER {
		p.Want |= engine.News
		pause = departurePause
	}
	ready, err := s.eng.Arm(&p.Waiter)
	if err != nil {
		return err
	}
	if ready != 0 {
		if b.early++; ready&engine.Out == 0 || b.early == 1 {
			return nil
		}
		p.Want = engine.News
		if _, err := s.eng.Arm(&p.Waiter); err != nil {
			return err
		}
		pause = earlyPause
	}
	retry := pause > 0 && (!bounded || pause < left)
	if retry {
		left, bounded = pause, true
	}
	var timeout <-chan time.Time
	if bounded {
		if p.timer == nil {
			p.timer = time.NewTimer(left)
		} else {
			p.timer.Reset(left)
		}
		defer p.timer.Stop()
		timeout = p.timer.C
	}
	select {
	case <-p.C:
		return nil // with its token the waiter has left the list
	case <-ctx.Done():
		s.eng.Disarm(&p.Waiter) // also when it is not armed
		return ended(ctx)
	case <-timeout:
		s.eng.Disarm(&p.Waiter)
		if retry {
			return nil
		}
		return os.ErrDeadlineExceeded
	}
}
