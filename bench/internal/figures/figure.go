// Package figures is the table of what is measured.
package figures

import (
	"fmt"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/work"
)

// Figure is something to measure: the same work for everybody who takes part.
type Figure struct {
	ID          string    `json:"id"` // as --only matches it
	Group       string    `json:"group"`
	Title       string    `json:"title"`
	Metric      string    `json:"metric"` // the value of an Outcome that counts
	Unit        string    `json:"unit"`
	Less        bool      `json:"less_is_better,omitempty"`
	Work        work.Work `json:"work"`
	Contestants []string  `json:"contestants"`
	Rounds      int       `json:"rounds,omitempty"` // at most so many; 0: as many as asked for
	Floors      []Floor   `json:"floors,omitempty"`
}

// Floor is what a figure has to reach.
type Floor struct {
	Who     string  `json:"who"`
	Against string  `json:"against,omitempty"` // whom the ratio is to; empty: the value itself counts
	Metric  string  `json:"metric,omitempty"`  // another than the figure's
	Bound   float64 `json:"bound"`
	AtMost  bool    `json:"at_most,omitempty"` // else at least
}

// Form is how thoroughly to measure.
type Form struct {
	Full   bool
	WarmMS int // not counted
	TimeMS int // counted, of every run
}

// The forms. With Short all figures of a round take about a minute.
var (
	Short = Form{WarmMS: 60, TimeMS: 300}
	Full  = Form{Full: true, WarmMS: 200, TimeMS: 1000}
)

// All are the figures of a form, in the order of the tables.
func All(f Form) []Figure {
	var all []Figure
	for _, group := range []func(Form) []Figure{
		throughput, latency, fanout, proxies, curve, concurrency, ioThreads, parked, cancel, allocs,
	} {
		all = append(all, group(f)...)
	}
	return all
}

// timed fills in how long a run takes.
func (f Form) timed(w work.Work) work.Work {
	w.WarmMS, w.TimeMS = f.WarmMS, f.TimeMS
	return w
}

// some is what the short form takes of all.
func some[T any](f Form, short, full []T) []T {
	if f.Full {
		return full
	}
	return short
}

var transports = []string{"inproc", "ipc", "tcp"}

// withPureGo adds go-zeromq/zmq4 to others, where it can take part: over inproc
// v0.17.0 stands still at frames of 256 bytes and more, in one pattern or
// another.
func withPureGo(transport string, size int, others ...string) []string {
	if transport == "inproc" && size > 255 {
		return others
	}
	return append(others, contest.PureGo)
}

// SizeName is a number of bytes for people.
func SizeName(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// atLeast is a floor for a rate, in terms of C's.
func atLeast(who string, bound float64) Floor {
	return Floor{Who: who, Against: contest.C, Bound: bound}
}
