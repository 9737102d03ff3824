package main

import (
	"context"
	"time"
)

// pace lets something happen so often in a second. Who is late catches up, as
// long as it is less than a second.
type pace struct {
	every time.Duration // 0: as fast as possible
	next  time.Time
}

func newPace(perSecond float64) *pace {
	if perSecond <= 0 {
		return &pace{}
	}
	every := min(float64(time.Second)/perSecond, 1<<62)
	return &pace{every: time.Duration(every), next: time.Now()}
}

// wait waits for the next turn; the first is at once.
func (p *pace) wait(ctx context.Context) error {
	if p.every == 0 {
		return nil
	}
	now := time.Now()
	if now.Sub(p.next) > time.Second {
		p.next = now
	}
	turn := p.next
	p.next = p.next.Add(p.every)
	if !turn.After(now) {
		return ctx.Err()
	}
	return pause(ctx, turn.Sub(now))
}

// pause waits for d.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
