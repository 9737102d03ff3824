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
	began    time.Time
	messages atomic.Int64
	bytes    atomic.Int64
	bar      *console.Bar
}

// startTraffic begins to count. Total is how much there will be, in bytes or
// in messages, or -1.
func (a *app) startTraffic(what string, show, bytes bool, total int64) *traffic {
	t := &traffic{what: what, show: show, began: time.Now(), bar: &console.Bar{}}
	if show {
		at := t.messages.Load
		if bytes {
			at = t.bytes.Load
		}
		t.bar = a.StartBar(console.BarOptions{What: what, Total: total, Bytes: bytes}, at)
	}
	return t
}

func (t *traffic) add(frames [][]byte) {
	n := 0
	for _, f := range frames {
		n += len(f)
	}
	t.messages.Add(1)
	t.bytes.Add(int64(n))
}

// end says how much it was.
func (t *traffic) end(a *app) {
	t.bar.Stop()
	if !t.show {
		return
	}
	took := time.Since(t.began)
	messages, bytes := float64(t.messages.Load()), float64(t.bytes.Load())
	a.Say("%s", fmt.Sprintf("%s %s messages, %s in %s: %s messages/s, %s/s", t.what, units.Count(messages),
		units.Size(bytes), units.Took(took), units.Count(messages/took.Seconds()), units.Size(bytes/took.Seconds())))
}
