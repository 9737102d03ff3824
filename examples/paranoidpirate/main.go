// Command paranoidpirate has a queue and workers that watch each other with
// heartbeats: who is silent is taken for dead.
//
//	go run ./examples/paranoidpirate          # everything in one process
//	go run ./examples/paranoidpirate queue
//	go run ./examples/paranoidpirate worker   # kill it, start it, freeze it with Ctrl-Z
//	go run ./examples/paranoidpirate client
//
// The queue gives a silent worker no more requests; a worker that does not hear
// the queue makes a new connection and reports again, later each time. The
// messages are those of the Paranoid Pirate Protocol, ZeroMQ's RFC 6.
//
// ZeroMQ has heartbeats of its own, opt.HeartbeatInterval. They find dead
// connections and machines, in the I/O threads; these find programs that hang.
//
// From the guide, chapter 4: "Robust Reliable Queuing (Paranoid Pirate
// Pattern)" (ppqueue, ppworker).
// What is different in Go: messages and clocks are channels of one select,
// without a poll timeout to compute. A worker works in another goroutine, so
// its heart beats on meanwhile.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
)

// endpoints are where the queue binds.
type endpoints struct{ clients, workers string }

// What queue and workers tell each other, in a message of one frame.
const (
	ready     = "\x01"
	heartbeat = "\x02"
)

// liveness is how many heartbeats may be missed.
const liveness = 3

func main() {
	var at endpoints
	flag.StringVar(&at.clients, "clients", "tcp://127.0.0.1:5555", "where clients connect")
	flag.StringVar(&at.workers, "workers", "tcp://127.0.0.1:5556", "where workers connect")
	beat := flag.Duration("beat", time.Second, "time between two heartbeats; the same for queue and workers")
	requests := flag.Int("n", 10, "how many requests the client sends")
	work := run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
		return worker(ctx, zctx, at.workers, *beat, func(_ context.Context, body []byte) []byte {
			return append([]byte("answer to "), body...)
		})
	})
	run.Main(work, work,
		run.Forever("queue", func(ctx context.Context, zctx *zmq.Context) error {
			return queue(ctx, zctx, at, *beat)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, at, *requests, 2*time.Second, os.Stdout)
		}),
	)
}

// client asks n times, each time until it has an answer.
func client(ctx context.Context, zctx *zmq.Context, at endpoints, n int, timeout time.Duration, w io.Writer) error {
	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: []string{at.clients},
		Timeout:   timeout,
		Retries:   100,
	})
	if err != nil {
		return err
	}
	defer r.Close()
	for i := range n {
		request := fmt.Sprintf("request %d", i)
		reply, err := r.Request(ctx, []byte(request))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %s\n", request, reply[0])
	}
	return nil
}
