package main

import (
	"fmt"
	"sync/atomic"
	"time"

	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/units"
)

// traffic counts what went through a command, and shows it with --progress.
type traffic struct {
	what     string // "sent" or "received"
	show     bool
	stream   bool         // what counts are bytes
	began    atomic.Int64 // in nanoseconds since 1970; with the first message, but for what is sent
	messages atomic.Int64
	bytes    atomic.Int64
	moving   interface{ Stop() }
}

// startTraffic begins to count. Total is how much there will be, in bytes of a
// stream or in messages, or -1.
func (a *app) startTraffic(what string, show, stream bool, total int64) *traffic {
	t := &traffic{what: what, show: show, stream: stream, moving: &console.Live{}}
	t.began.Store(time.Now().UnixNano())
	switch {
	case !show:
	case total < 0:
		t.moving = a.StartLive(100*time.Millisecond, t.String)
	case stream:
		t.moving = a.StartBar(console.BarOptions{What: what, Total: total, Bytes: true}, t.bytes.Load)
	default:
		t.moving = a.StartBar(console.BarOptions{What: what, Total: total}, t.messages.Load)
	}
	return t
}

func (t *traffic) add(frames [][]byte) {
	n := 0
	for _, f := range frames {
		n += len(f)
	}
	if t.messages.Add(1) == 1 && t.what != "sent" {
		t.began.Store(time.Now().UnixNano())
	}
	t.bytes.Add(int64(n))
}

// end says how much it was.
func (t *traffic) end(a *app) {
	t.moving.Stop()
	if t.show {
		a.Say("%s", t)
	}
}

// String is how much went through until now, and how fast.
func (t *traffic) String() string {
	took := time.Since(time.Unix(0, t.began.Load()))
	messages, bytes := float64(t.messages.Load()), float64(t.bytes.Load())
	what, rate := units.Size(bytes), units.Size(bytes/took.Seconds())+"/s"
	if !t.stream {
		what = units.Count(messages) + " messages, " + what
		rate = units.Count(messages/took.Seconds()) + " messages/s, " + rate
	}
	if messages < 2 {
		return fmt.Sprintf("%s %s in %s", t.what, what, units.Took(took))
	}
	return fmt.Sprintf("%s %s in %s: %s", t.what, what, units.Took(took), rate)
}
