package loop

import (
	"sync/atomic"
	"time"

	"gozmq/bench/internal/work"
)

// counter has a cache line of its own.
type counter struct {
	n atomic.Int64
	_ [56]byte
}

// Fanout measures deliveries per second, of all subs together, each in a
// goroutine of its own.
//
// The publisher must not drop, or what is counted is luck: with
// ZMQ_XPUB_NODROP a send waits until every SUB has room. It begins before all
// have subscribed; the clock starts when each has received something.
func Fanout(w work.Work, pub Sender, subs []Receiver) (work.Outcome, error) {
	var (
		stop    atomic.Bool
		started atomic.Int64
		counts  = make([]counter, len(subs))
		rate    float64
	)
	defer stop.Store(true)
	g := newGroup()
	for i, sub := range subs {
		g.Go(func() error { return countUntilEnd(sub, &counts[i].n, &started) })
	}
	g.Go(func() error { return sendUntil(&stop, pub, w.Chunk()) })
	g.Go(func() error {
		defer stop.Store(true)
		for started.Load() < int64(len(subs)) {
			if stop.Load() { // because somebody failed
				return nil
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(w.Warm())
		rate = delivered(counts, w.Time(), &stop)
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return work.Outcome{work.Rate: rate}, nil
}

func countUntilEnd(sub Receiver, count, started *atomic.Int64) error {
	for all := int64(0); ; {
		n, ends, err := sub.Take()
		if err != nil {
			return err
		}
		if all == 0 && n > 0 {
			started.Add(1)
		}
		all += int64(n)
		count.Store(all)
		if ends > 0 {
			return nil
		}
	}
}

func delivered(counts []counter, long time.Duration, stop *atomic.Bool) (perSecond float64) {
	began, before := time.Now(), total(counts)
	for {
		time.Sleep(long)
		if n := total(counts) - before; n > 0 || stop.Load() {
			return float64(n) / time.Since(began).Seconds()
		}
	}
}

func total(counts []counter) (n int64) {
	for i := range counts {
		n += counts[i].n.Load()
	}
	return n
}
