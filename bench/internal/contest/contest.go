// Package contest knows who takes part in the benchmarks.
package contest

import (
	"fmt"

	"gozmq/bench/internal/contest/ours"
	"gozmq/bench/internal/contest/pebbe"
	"gozmq/bench/internal/contest/purego"
	"gozmq/bench/internal/work"
)

// The names of those who take part.
const (
	C        = "C"
	OneByOne = "gozmq one by one"
	Batches  = "gozmq batches"
	Gozmq    = "gozmq" // where a pattern has only one way
	Pebbe    = "pebbe/zmq4"
	PureGo   = "go-zeromq/zmq4"
)

// Names are all of them, in the order of tables.
var Names = []string{C, Gozmq, OneByOne, Batches, Pebbe, PureGo}

// Batch is how many messages of that size one call of Batches moves.
func Batch(size int) int {
	if size >= 64<<10 {
		return 16
	}
	return 128
}

// Adapt makes the work of a figure that of one who takes part.
func Adapt(w work.Work, who string) work.Work {
	if w.Batch = 0; who == Batches {
		w.Batch = Batch(w.Size)
	}
	if who == C {
		w.Senders = 0 // a socket belongs to one thread there
	}
	return w
}

// Run measures, for all but C, which is a program of its own.
func Run(who string, w work.Work) (work.Outcome, error) {
	run, ok := map[string]func(work.Work) (work.Outcome, error){
		OneByOne: ours.Run, Batches: ours.Run, Gozmq: ours.Run, Pebbe: pebbe.Run, PureGo: purego.Run,
	}[who]
	if !ok {
		return nil, fmt.Errorf("nobody is called %q", who)
	}
	out, err := run(w)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", who, err)
	}
	return out, nil
}
