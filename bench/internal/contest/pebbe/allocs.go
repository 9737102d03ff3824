package pebbe

import (
	"testing"

	zmq4 "github.com/pebbe/zmq4"

	"gozmq/bench/internal/work"
)

// allocs counts the allocations of each call, under the names of gozmq's.
func allocs(m *maker) (work.Outcome, error) {
	in := m.bound(zmq4.PULL, "pull")
	out := m.connected(zmq4.PUSH, in)
	if m.err != nil {
		return nil, m.err
	}
	sends, receives := m.end(out), m.end(in)
	count := func(f func() error) float64 {
		return testing.AllocsPerRun(m.work.Calls, func() {
			if m.err == nil {
				m.note(f())
			}
		})
	}
	res := work.Outcome{}
	res["Send"] = count(func() error { return sends.Send(1) })
	res["Recv"] = count(func() error { return receives.Receive(1) })
	return res, m.err
}
