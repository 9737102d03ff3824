// Command pipeline gives tasks to workers and collects their results: divide
// and conquer.
//
//	go run ./examples/pipeline       # everything in one process, three workers
//	go run ./examples/pipeline -workers 2 sink
//	go run ./examples/pipeline worker
//	go run ./examples/pipeline worker
//	go run ./examples/pipeline -workers 2 ventilator
//
// The ventilator PUSHes tasks, which go to the workers in turn; the workers
// PUSH results to the sink, which PULLs from all of them. When the sink has
// everything it publishes a signal that ends the workers.
//
//	ventilator ─PUSH──PULL─ worker ─PUSH──PULL─ sink
//	                          └─SUB──────────PUB─┘
//
// From the guide, chapters 1 and 2: "Divide and Conquer" (taskvent, taskwork,
// tasksink), "Handling Errors and ETERM" (taskwork2, tasksink2).
// What is different in Go: the ventilator knows that its workers are there,
// with WaitPeers, and the sink that they will hear it, with WaitSubscription,
// where the guide waits for the Enter key and trusts in luck. A worker does
// not poll two sockets: the signal ends the context of its work.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// endpoints are where the parts meet.
type endpoints struct {
	tasks   string // the ventilator binds
	results string // the sink binds
	control string // the sink binds
}

func main() {
	var at endpoints
	flag.StringVar(&at.tasks, "tasks", "tcp://127.0.0.1:5557", "where tasks come from")
	flag.StringVar(&at.results, "results", "tcp://127.0.0.1:5558", "where results go")
	flag.StringVar(&at.control, "control", "tcp://127.0.0.1:5559", "where the signal to end comes from")
	tasks := flag.Int("n", 1000, "how many tasks")
	workers := flag.Int("workers", 3, "how many workers there are")

	work := run.Once("worker", func(ctx context.Context, zctx *zmq.Context) error {
		return worker(ctx, zctx, at)
	})
	run.Main(work, work, work,
		run.Once("ventilator", func(ctx context.Context, zctx *zmq.Context) error {
			return ventilator(ctx, zctx, at, *workers, *tasks)
		}),
		run.Once("sink", func(ctx context.Context, zctx *zmq.Context) error {
			return sink(ctx, zctx, at, *workers, *tasks, os.Stdout)
		}),
	)
}

// ventilator sends the tasks, the numbers 1 to n, when all workers are there:
// the first to come would get most of them otherwise.
func ventilator(ctx context.Context, zctx *zmq.Context, at endpoints, workers, n int) error {
	tasks, err := socket.Bind(zctx, zmq.PUSH, at.tasks, zmq.TrackPeers())
	if err != nil {
		return err
	}
	defer tasks.Close()
	if err := tasks.WaitPeers(ctx, workers); err != nil {
		return err
	}
	for i := range n {
		if err := tasks.Send(ctx, strconv.AppendInt(nil, int64(i+1), 10)); err != nil {
			return err
		}
	}
	return nil
}

// worker squares numbers until the sink says that it has all.
func worker(ctx context.Context, zctx *zmq.Context, at endpoints) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	control := socks.Connect(zmq.SUB, at.control)
	results := socks.Connect(zmq.PUSH, at.results)
	tasks := socks.Connect(zmq.PULL, at.tasks)
	if err := socks.Err(); err != nil {
		return err
	}
	if err := control.Subscribe("KILL"); err != nil {
		return err
	}

	untilKilled := func(ctx context.Context) error {
		_, err := control.Recv(ctx)
		return err
	}
	return run.With(ctx, untilKilled, func(ctx context.Context) error { return square(ctx, tasks, results) })
}

// square takes a number from one socket and sends its square to the other.
func square(ctx context.Context, tasks, results *zmq.Socket) error {
	for m, err := range tasks.Messages(ctx) {
		if err != nil {
			return err
		}
		number, err := strconv.Atoi(string(m.Frame(0)))
		if err != nil {
			return fmt.Errorf("task: %w", err)
		}
		if err := results.Send(ctx, strconv.AppendInt(nil, int64(number*number), 10)); err != nil {
			return err
		}
	}
	return nil
}

// sink adds up n results and ends the workers.
func sink(ctx context.Context, zctx *zmq.Context, at endpoints, workers, n int, w io.Writer) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	results := socks.Bind(zmq.PULL, at.results)
	// An XPUB is a PUB that is told of subscriptions; with XPubVerbose of each
	// one, not only of the first to a topic.
	control := socks.Bind(zmq.XPUB, at.control, opt.XPubVerbose.To(true))
	if err := socks.Err(); err != nil {
		return err
	}

	sum := 0
	for range n {
		result, err := results.Recv(ctx)
		if err != nil {
			return err
		}
		square, err := strconv.Atoi(string(result[0]))
		if err != nil {
			return fmt.Errorf("result: %w", err)
		}
		sum += square
	}
	fmt.Fprintf(w, "the squares of 1 to %d add up to %d\n", n, sum)

	for range workers {
		if err := control.WaitSubscription(ctx, "KILL"); err != nil {
			return err
		}
	}
	return control.Send(ctx, []byte("KILL"))
}
