package loop

import (
	"time"

	"gozmq/bench/internal/work"
)

// Client is the end of a broker that asks, and may do so many times before the
// first reply.
type Client interface {
	Sender
	Receiver
}

// Broker measures replies per second with w.Window requests always in flight.
// echo sends back what it receives in one call, and reports when the last
// message of that is empty.
func Broker(w work.Work, client Client, echo func() (end bool, err error)) (work.Outcome, error) {
	g := newGroup()
	g.Go(func() error {
		for {
			if end, err := echo(); end || err != nil {
				return err
			}
		}
	})
	var rate float64
	g.Go(func() (err error) {
		if err := client.Send(w.Window); err != nil {
			return err
		}
		if _, err := exchange(client, w.Chunk(), w.Warm()); err != nil {
			return err
		}
		if rate, err = exchange(client, w.Chunk(), w.Time()); err != nil {
			return err
		}
		if err := client.Receive(w.Window); err != nil {
			return err
		}
		if err := client.End(); err != nil {
			return err
		}
		_, _, err = client.Take()
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return work.Outcome{work.Rate: rate}, nil
}

// exchange asks anew as often as replies come.
func exchange(client Client, chunk int, long time.Duration) (perSecond float64, err error) {
	began := time.Now()
	for all := 0; ; {
		for since := 0; since < chunk; {
			n, _, err := client.Take()
			if err != nil {
				return 0, err
			}
			if err := client.Send(n); err != nil {
				return 0, err
			}
			since += n
			all += n
		}
		if took := time.Since(began); took >= long {
			return float64(all) / took.Seconds(), nil
		}
	}
}
