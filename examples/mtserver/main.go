// Command mtserver answers many clients at the same time, with goroutines.
//
//	go run ./examples/mtserver          # both in one process
//	go run ./examples/mtserver server
//	go run ./examples/mtserver client
//
// From the guide, chapter 2: "Multithreading with ZeroMQ" (mtserver).
// What is different in Go: the guide must not share a socket between threads,
// so it needs a ROUTER, a proxy, an inproc DEALER, and a REP socket for each
// thread. Here all goroutines receive from and send to one ROUTER. They keep
// the frames before the request, the client's routing id and the empty frame
// that REQ needs, and put them before the answer.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5555", "where the server is")
	workers := flag.Int("workers", 5, "how many requests are answered at the same time")
	run.Main(
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, *workers, func(name []byte) []byte {
				return append([]byte("hello, "), name...)
			})
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, "gopher", os.Stdout)
		}),
	)
}

// server answers up to so many requests at the same time, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint string, workers int, answer func([]byte) []byte) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint)
	if err != nil {
		return err
	}
	defer router.Close()
	work := func(ctx context.Context) error { return worker(ctx, router, answer) }
	return run.All(ctx, slices.Repeat([]func(context.Context) error{work}, workers)...)
}

// worker answers one request after another.
func worker(ctx context.Context, router *zmq.Socket, answer func([]byte) []byte) error {
	for {
		request, err := router.Recv(ctx)
		if err != nil {
			return err
		}
		body := len(request) - 1
		request[body] = answer(request[body])
		if err := router.Send(ctx, request...); err != nil {
			return err
		}
	}
}

// client asks once.
func client(ctx context.Context, zctx *zmq.Context, endpoint, name string, w io.Writer) error {
	req, err := socket.Connect(zctx, zmq.REQ, endpoint)
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(name)); err != nil {
		return err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", reply[0])
	return nil
}
