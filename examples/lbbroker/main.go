// Command lbbroker is a queue that gives each request to a worker that is
// idle, where a DEALER deals them out in turn, to busy ones too.
//
//	go run ./examples/lbbroker          # everything in one process
//	go run ./examples/lbbroker broker
//	go run ./examples/lbbroker worker
//	go run ./examples/lbbroker client
//
// Workers ask for work: their REQ sockets send "ready", and later each answer
// says so too. The queue is package balance beside this file.
//
//	REQ client ──── ROUTER broker ROUTER ──── REQ worker
//
// From the guide, chapter 3: "The Load Balancing Pattern" (lbbroker).
// What is different in Go: the list of idle workers is a channel. Its sender
// is the goroutine that receives replies, its receiver the one that takes
// requests, so a client's request is taken only when a worker is there.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/examples/lbbroker/balance"
	"gozmq/opt"
)

// endpoints are where the broker binds.
type endpoints struct{ clients, workers string }

func main() {
	var at endpoints
	flag.StringVar(&at.clients, "clients", "tcp://127.0.0.1:5672", "where clients connect")
	flag.StringVar(&at.workers, "workers", "tcp://127.0.0.1:5673", "where workers connect")
	work := run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
		return worker(ctx, zctx, at, func(name []byte) []byte { return append([]byte("hello, "), name...) })
	})
	run.Main(work, work, work,
		run.Forever("broker", func(ctx context.Context, zctx *zmq.Context) error {
			return balance.Run(ctx, zctx, at.clients, at.workers)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, at, []string{"one", "two", "three"}, os.Stdout)
		}),
	)
}

// worker asks for work, and answers it, until ctx ends.
func worker(ctx context.Context, zctx *zmq.Context, at endpoints, answer func([]byte) []byte) error {
	// A worker that ends need not tell that it was ready.
	req, err := socket.Connect(zctx, zmq.REQ, at.workers, opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(balance.Ready)); err != nil {
		return err
	}
	for {
		request, err := req.Recv(ctx) // [client, empty, body]
		if err != nil {
			return err
		}
		body := len(request) - 1
		request[body] = answer(request[body])
		if err := req.Send(ctx, request...); err != nil {
			return err
		}
	}
}

// client asks, and prints the answers.
func client(ctx context.Context, zctx *zmq.Context, at endpoints, names []string, w io.Writer) error {
	req, err := socket.Connect(zctx, zmq.REQ, at.clients)
	if err != nil {
		return err
	}
	defer req.Close()
	for _, name := range names {
		if err := req.Send(ctx, []byte(name)); err != nil {
			return err
		}
		reply, err := req.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", reply[0])
	}
	return nil
}
