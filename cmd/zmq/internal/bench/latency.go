package bench

import (
	"context"
	"errors"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	zmq "gozmq"
	"gozmq/opt"
)

// Times are those of round trips, in nanoseconds.
type Times struct {
	Min       int64    `json:"min"`
	Mean      int64    `json:"mean"`
	P50       int64    `json:"p50"`
	P90       int64    `json:"p90"`
	P99       int64    `json:"p99"`
	P999      int64    `json:"p99_9"`
	Max       int64    `json:"max"`
	Histogram []Bucket `json:"histogram"`
}

// Bucket is how many round trips took so long.
type Bucket struct {
	From  int64 `json:"from"`
	To    int64 `json:"to"` // inclusive
	Count int64 `json:"count"`
}

const (
	longest   = int64(time.Hour)
	precision = 3 // digits
	warmUps   = 100
)

// latency makes round trips, one after the other. The first ones, in which
// both sides get to know each other, do not count.
func (c *client) latency(ctx context.Context, plan Plan, p *Progress) (res Result, err error) {
	sock, err := c.start(ctx, Latency, zmq.REQ, opt.Linger.To(0))
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, sock.Close()) }()
	body := make([]byte, plan.Size)
	var answer zmq.Msg
	for range warmUps {
		if _, err := roundTrip(ctx, sock, body, &answer); err != nil {
			return res, err
		}
	}
	all := hdrhistogram.New(1, longest, precision)
	began := p.begin()
	for n := 0; plan.Count == 0 && time.Since(began) < plan.Duration || n < plan.Count; n++ {
		took, err := roundTrip(ctx, sock, body, &answer)
		if err != nil {
			return res, err
		}
		if err := all.RecordValue(min(int64(took), longest)); err != nil {
			return res, err
		}
		p.messages.Store(int64(n + 1))
	}
	return Result{
		Kind: Latency, Size: plan.Size, Messages: all.TotalCount(), Seconds: time.Since(began).Seconds(),
		Times: timesOf(all),
	}, nil
}

func roundTrip(ctx context.Context, sock *zmq.Socket, body []byte, answer *zmq.Msg) (time.Duration, error) {
	began := time.Now()
	if err := sock.Send(ctx, body); err != nil {
		return 0, err
	}
	err := sock.RecvMsg(ctx, answer)
	return time.Since(began), err
}

func timesOf(all *hdrhistogram.Histogram) *Times {
	t := &Times{
		Min: all.Min(), Mean: int64(all.Mean()), Max: all.Max(),
		P50: all.ValueAtQuantile(50), P90: all.ValueAtQuantile(90), P99: all.ValueAtQuantile(99), P999: all.ValueAtQuantile(99.9),
	}
	for _, b := range all.Distribution() {
		if b.Count > 0 {
			t.Histogram = append(t.Histogram, Bucket{b.From, b.To, b.Count})
		}
	}
	return t
}
