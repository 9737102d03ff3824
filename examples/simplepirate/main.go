// Command simplepirate has workers that die in the middle of their work, a
// queue that does not care, and clients that ask again.
//
//	go run ./examples/simplepirate          # everything in one process
//	go run ./examples/simplepirate queue
//	go run ./examples/simplepirate worker   # as many as you like; they die
//	go run ./examples/simplepirate client
//
// The queue gives requests to idle workers; it is that of example lbbroker. A
// request whose worker dies is lost, and the client's next try goes to another
// worker. The queue does not know whether an idle worker still lives, so each
// dead one costs a request a try: heartbeats, in example paranoidpirate, tell.
//
// From the guide, chapter 4: "Basic Reliable Queuing (Simple Pirate Pattern)"
// (spqueue, spworker; lpclient).
// What is different in Go: the client is a zmq.Requester.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/examples/lbbroker/balance"
	"gozmq/opt"
)

// endpoints are where the queue binds.
type endpoints struct{ clients, workers string }

func main() {
	var at endpoints
	flag.StringVar(&at.clients, "clients", "tcp://127.0.0.1:5555", "where clients connect")
	flag.StringVar(&at.workers, "workers", "tcp://127.0.0.1:5556", "where workers connect")
	requests := flag.Int("n", 10, "how many requests the client sends")
	work := run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
		for { // who dies is replaced
			die := func(int) bool { return rand.IntN(4) == 0 }
			if err := worker(ctx, zctx, at, die); err != nil {
				return err
			}
		}
	})
	run.Main(work, work,
		run.Forever("queue", func(ctx context.Context, zctx *zmq.Context) error {
			return balance.Run(ctx, zctx, at.clients, at.workers)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, at, *requests, 250*time.Millisecond, os.Stdout)
		}),
	)
}

// worker answers requests until it dies with one, or ctx ends.
func worker(ctx context.Context, zctx *zmq.Context, at endpoints, die func(n int) bool) error {
	req, err := socket.Connect(zctx, zmq.REQ, at.workers, opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(balance.Ready)); err != nil {
		return err
	}
	for n := 0; ; n++ {
		request, err := req.Recv(ctx) // [client, ..., empty, body]
		if err != nil {
			return err
		}
		if die(n) {
			return nil
		}
		body := len(request) - 1
		request[body] = append([]byte("answer to "), request[body]...)
		if err := req.Send(ctx, request...); err != nil {
			return err
		}
	}
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
