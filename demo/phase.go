package main

import (
	"fmt"
	"strings"
	"time"
)

// phase counts what one part of the demo moved and checked.
type phase struct {
	name     string
	total    int // messages expected
	messages int
	bytes    int64
	verified int
	failures []error // the first few
	failing  int     // all of them
	note     string
	began    time.Time
	took     time.Duration
	complete bool // it went to its end, right or wrong
	progress progress
}

const showFailures = 5

func (ph *phase) add(bytes int) {
	ph.messages++
	ph.bytes += int64(bytes)
	ph.progress.at(ph.messages, ph.bytes)
}

func (ph *phase) failed(err error) {
	ph.failing++
	if len(ph.failures) < showFailures {
		ph.failures = append(ph.failures, err)
	}
}

// stop stops the clock once all has come: what follows is no transfer.
func (ph *phase) stop() {
	ph.complete = true
	ph.took = time.Since(ph.began)
}

// end ends the phase, also when it was broken off.
func (ph *phase) end() {
	if !ph.complete {
		ph.took = time.Since(ph.began)
	}
	ph.progress.end()
}

func (ph *phase) good() bool {
	return ph.failing == 0 && ph.messages == ph.total && ph.verified == ph.total
}

// summary prints one row for each phase, and what was wrong.
func (r *run) summary() {
	if len(r.done) == 0 {
		return
	}
	r.say("\n")
	r.say("%-14s %9s %8s %8s %8s %9s   %s\n", "phase", "messages", "MB", "seconds", "MB/s", "msg/s", "verified")
	for _, ph := range r.done {
		s := ph.took.Seconds()
		mb := float64(ph.bytes) / 1e6
		r.say("%-14s %9d %8.1f %8.2f %8.1f %9.0f   %d of %d%s\n", ph.name, ph.messages, mb, s,
			mb/s, float64(ph.messages)/s, ph.verified, ph.total, ph.mark())
	}
	r.say("\n")
	for _, ph := range r.done {
		if ph.note != "" {
			r.say("%s: %s\n", ph.name, ph.note)
		}
		for _, err := range ph.failures {
			r.say("%s: WRONG: %v\n", ph.name, err)
		}
		if more := ph.failing - len(ph.failures); more > 0 {
			r.say("%s: WRONG: and %d more\n", ph.name, more)
		}
	}
	if len(r.notRun) > 0 {
		r.say("not run: %s\n", strings.Join(r.notRun, "; "))
	}
	if r.verdict() == nil {
		r.say("every message arrived once and unchanged\n")
	}
}

func (ph *phase) mark() string {
	switch {
	case ph.good():
		return ""
	case !ph.complete:
		return " broken off"
	}
	return " WRONG"
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
