package loop

import (
	"slices"
	"time"

	"gozmq/bench/internal/work"
)

// RoundTrips measures microseconds from a request to its reply. With end the
// request is an empty one, after which answer reports that.
func RoundTrips(w work.Work, ask func(end bool) error, answer func() (end bool, err error)) (work.Outcome, error) {
	g := newGroup()
	g.Go(func() error {
		for {
			if end, err := answer(); end || err != nil {
				return err
			}
		}
	})
	var out work.Outcome
	g.Go(func() (err error) {
		out, err = asked(w, ask)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}

func asked(w work.Work, ask func(end bool) error) (work.Outcome, error) {
	one := func() error { return ask(false) }
	if _, err := rateOf(one, 1, w.Warm()); err != nil {
		return nil, err
	}
	took := make([]time.Duration, 0, 1<<16)
	rate, err := rateOf(func() error {
		began := time.Now()
		err := ask(false)
		took = append(took, time.Since(began))
		return err
	}, 1, w.Time())
	if err != nil {
		return nil, err
	}
	out := Times(took)
	out[work.Rate] = rate
	return out, ask(true)
}

// Times sums up how long calls took. It sorts them.
func Times(took []time.Duration) work.Outcome {
	slices.Sort(took)
	us := func(i int) float64 { return float64(took[i].Nanoseconds()) / 1e3 }
	n := len(took)
	return work.Outcome{work.Median: us(n / 2), work.P99: us(n * 99 / 100), work.Max: us(n - 1)}
}
