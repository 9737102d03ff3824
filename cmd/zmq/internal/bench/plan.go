// Package bench measures how fast messages go between two places: a server,
// which receives or answers, and a client, which sends and asks.
package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	zmq "gozmq"
)

// Kind is what is measured.
type Kind string

// The kinds.
const (
	Throughput Kind = "throughput" // PUSH to PULL, as fast as it goes
	Latency    Kind = "latency"    // REQ to REP and back, one at a time
)

// Plan is one measurement.
type Plan struct {
	Kind     Kind
	Size     int           // bytes of a message
	Count    int           // messages or round trips; 0: as many as Duration allows
	Duration time.Duration // how long, when Count is 0
	Batch    int           // messages that are sent at once; throughput only
}

// Opener makes sockets with what they need to reach the other side.
type Opener func(zmq.SocketType, ...zmq.Setting) (*zmq.Socket, error)

// Progress is how far a measurement is. It may be asked from any goroutine.
type Progress struct {
	began    atomic.Int64 // UnixNano; 0: not yet
	messages atomic.Int64
}

// Messages is how many were sent or answered.
func (p *Progress) Messages() int64 { return p.messages.Load() }

// Elapsed is the time since the first message.
func (p *Progress) Elapsed() time.Duration {
	if began := p.began.Load(); began != 0 {
		return time.Duration(time.Now().UnixNano() - began)
	}
	return 0
}

func (p *Progress) begin() time.Time {
	now := time.Now()
	p.began.Store(now.UnixNano())
	return now
}

// Result is what a measurement has found.
type Result struct {
	Kind     Kind    `json:"test"`
	Size     int     `json:"size"`
	Messages int64   `json:"messages"` // or round trips
	Seconds  float64 `json:"seconds"`

	// Throughput, as the receiver sees it.
	PerSecond      float64  `json:"messages_per_second,omitempty"`
	BytesPerSecond float64  `json:"bytes_per_second,omitempty"`
	Samples        []Sample `json:"samples,omitempty"`

	// Latency of round trips.
	Times *Times `json:"round_trip_ns,omitempty"`
}

// Run measures. The control socket is a REQ that is connected to a server.
func Run(ctx context.Context, control *zmq.Socket, endpoint string, open Opener, plan Plan, p *Progress) (Result, error) {
	c := &client{control: control, endpoint: endpoint, open: open}
	switch plan.Kind {
	case Throughput:
		return c.throughput(ctx, plan, p)
	case Latency:
		return c.latency(ctx, plan, p)
	}
	return Result{}, fmt.Errorf("bench: no kind is called %q", plan.Kind)
}
