// Command rrbroker stands between clients and workers that do not know each
// other: clients ask it, workers come and go.
//
//	go run ./examples/rrbroker          # everything in one process
//	go run ./examples/rrbroker broker
//	go run ./examples/rrbroker worker   # as many as there is work for
//	go run ./examples/rrbroker client
//
// A ROUTER puts before each request where it came from, a DEALER hands requests
// to the workers in turn, and the answers find their way back by that frame. The
// broker looks at none of them.
//
//	REQ ──── ROUTER broker DEALER ──── REP
//
// From the guide, chapter 2: "Shared Queue" (rrclient, rrbroker, rrworker) and
// "ZeroMQ's Built-In Proxy Function" (msgqueue).
// What is different in Go: a socket may be read by one goroutine and written by
// another at the same time, so a broker by hand is two loops, one for each
// direction, without a poller. Usually one takes a zmq.Proxy (-proxy), which
// does the same in batches, counts, and can pause.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

// endpoints are where the broker binds.
type endpoints struct{ clients, workers string }

func main() {
	var at endpoints
	flag.StringVar(&at.clients, "clients", "tcp://127.0.0.1:5559", "where clients connect")
	flag.StringVar(&at.workers, "workers", "tcp://127.0.0.1:5560", "where workers connect")
	proxy := flag.Bool("proxy", false, "use a zmq.Proxy")
	work := run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
		return worker(ctx, zctx, at)
	})
	run.Main(work, work,
		run.Forever("broker", func(ctx context.Context, zctx *zmq.Context) error {
			exchange := byHand
			if *proxy {
				exchange = byProxy
			}
			return broker(ctx, zctx, at, exchange)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, at, []string{"one", "two", "three"}, os.Stdout)
		}),
	)
}

// broker passes requests from clients to workers, and answers back.
func broker(ctx context.Context, zctx *zmq.Context, at endpoints, exchange exchangeFunc) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	clients := socks.Bind(zmq.ROUTER, at.clients)
	workers := socks.Bind(zmq.DEALER, at.workers)
	if err := socks.Err(); err != nil {
		return err
	}
	return exchange(ctx, clients, workers)
}

// exchangeFunc passes messages between two sockets, both ways, until ctx ends.
type exchangeFunc func(ctx context.Context, clients, workers *zmq.Socket) error

func byHand(ctx context.Context, clients, workers *zmq.Socket) error {
	return run.All(ctx,
		func(ctx context.Context) error { return pass(ctx, clients, workers) },
		func(ctx context.Context) error { return pass(ctx, workers, clients) },
	)
}

// pass sends to one socket what it receives from the other. A message is whole:
// its frames need not be counted.
func pass(ctx context.Context, from, to *zmq.Socket) error {
	for m, err := range from.Messages(ctx) {
		if err != nil {
			return err
		}
		if err := to.SendMsg(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func byProxy(ctx context.Context, clients, workers *zmq.Socket) error {
	proxy := zmq.Proxy{Frontend: clients, Backend: workers}
	return proxy.Run(ctx)
}

// worker answers requests with the same in upper case.
func worker(ctx context.Context, zctx *zmq.Context, at endpoints) error {
	rep, err := socket.Connect(zctx, zmq.REP, at.workers)
	if err != nil {
		return err
	}
	defer rep.Close()
	for {
		request, err := rep.Recv(ctx)
		if err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte(strings.ToUpper(string(request[0])))); err != nil {
			return err
		}
	}
}

// client asks, and prints the answers.
func client(ctx context.Context, zctx *zmq.Context, at endpoints, requests []string, w io.Writer) error {
	req, err := socket.Connect(zctx, zmq.REQ, at.clients)
	if err != nil {
		return err
	}
	defer req.Close()
	for _, request := range requests {
		if err := req.Send(ctx, []byte(request)); err != nil {
			return err
		}
		reply, err := req.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %s\n", request, reply[0])
	}
	return nil
}
