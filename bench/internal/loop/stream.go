package loop

import (
	"fmt"
	"sync/atomic"
	"time"

	"gozmq/bench/internal/work"
)

// Sender is an end that sends. A message of no bytes is the end: receivers
// cannot know how many messages come.
type Sender interface {
	Send(n int) error // sends n messages
	End() error       // sends an empty one
}

// Receiver is an end that receives.
type Receiver interface {
	// Receive receives n messages; none of them is an end.
	Receive(n int) error
	// Take receives what one call of the library gives, at least one message.
	Take() (n, ends int, err error)
}

// Look reads what a program reads of every message, its length and its first
// byte, so that no end is measured that never touches what it received.
func Look(body []byte, size int) (first byte, err error) {
	if len(body) != size {
		return 0, fmt.Errorf("received a message of %d bytes, want %d", len(body), size)
	}
	return body[0], nil
}

// Stream measures messages per second, as they arrive. All of outs send at
// once.
func Stream(w work.Work, in Receiver, outs ...Sender) (work.Outcome, error) {
	var stop atomic.Bool
	g := newGroup()
	for _, out := range outs {
		g.Go(func() error { return sendUntil(&stop, out, w.Chunk()) })
	}
	var rate float64
	g.Go(func() (err error) {
		defer stop.Store(true)
		if rate, err = received(w, in); err != nil {
			return err
		}
		stop.Store(true)
		for missing := len(outs); missing > 0; {
			_, ends, err := in.Take()
			if err != nil {
				return err
			}
			missing -= ends
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return work.Outcome{work.Rate: rate}, nil
}

func sendUntil(stop *atomic.Bool, out Sender, chunk int) error {
	for !stop.Load() {
		if err := out.Send(chunk); err != nil {
			return err
		}
	}
	return out.End()
}

func received(w work.Work, in Receiver) (float64, error) {
	if err := in.Receive(1); err != nil { // it is connected now
		return 0, err
	}
	receive := func() error { return in.Receive(w.Chunk()) }
	if _, err := rateOf(receive, w.Chunk(), w.Warm()); err != nil {
		return 0, err
	}
	return rateOf(receive, w.Chunk(), w.Time())
}

// rateOf calls move, which moves n, for at least so long.
func rateOf(move func() error, n int, long time.Duration) (perSecond float64, err error) {
	began := time.Now()
	for all := 0; ; {
		if err := move(); err != nil {
			return 0, err
		}
		all += n
		if took := time.Since(began); took >= long {
			return float64(all) / took.Seconds(), nil
		}
	}
}
