// Command binarystar is two servers, of which one serves and the other takes
// over when that is gone.
//
//	go run ./examples/binarystar           # everything in one process
//	go run ./examples/binarystar primary   # kill it, start it again
//	go run ./examples/binarystar backup
//	go run ./examples/binarystar client
//
// The servers tell each other what they do. The passive one becomes active when
// it does not hear the other and a client asks it: two who have lost sight of
// the active server, from different places. So a cut cable between the servers
// alone does not make both of them active. The rules are in package bstar
// beside this file.
//
// From the guide, chapter 4: "High-Availability Pair (Binary Star Pattern)"
// (bstarsrv, bstarcli, bstar).
// What is different in Go: there is no reactor with callbacks. The state has a
// lock, one goroutine tells it, one hears, and the server asks it at each
// request. The client is a zmq.Requester with two endpoints.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/binarystar/bstar"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// endpoints are where one server binds.
type endpoints struct{ clients, state string }

func main() {
	var primary, backup endpoints
	flag.StringVar(&primary.clients, "primary", "tcp://127.0.0.1:5001", "where clients find the primary")
	flag.StringVar(&primary.state, "primary-state", "tcp://127.0.0.1:5003", "where the primary tells its state")
	flag.StringVar(&backup.clients, "backup", "tcp://127.0.0.1:5002", "where clients find the backup")
	flag.StringVar(&backup.state, "backup-state", "tcp://127.0.0.1:5004", "where the backup tells its state")
	beat := flag.Duration("beat", time.Second, "time between two reports of the servers")
	run.Main(
		run.Forever("primary", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, bstar.Primary, primary, backup.state, *beat)
		}),
		run.Forever("backup", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, bstar.Backup, backup, primary.state, *beat)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, []string{primary.clients, backup.clients}, 10, time.Second, os.Stdout)
		}),
	)
}

// server answers requests when it is its turn, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, role bstar.Role, at endpoints, peerState string, beat time.Duration) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, at.clients, opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer router.Close()
	star := bstar.New(role, beat)
	serve := func(ctx context.Context) error {
		for {
			request, err := router.Recv(ctx) // [client, number of the request, empty, body]
			if err != nil {
				return err
			}
			if !star.Serves() {
				continue // the client will ask the other one
			}
			body := len(request) - 1
			request[body] = fmt.Appendf(nil, "%s, by the %s", request[body], role)
			if err := router.Send(ctx, request...); err != nil {
				return err
			}
		}
	}
	return run.All(ctx, serve, func(ctx context.Context) error { return star.Run(ctx, zctx, at.state, peerState) })
}

// newRequester makes a client that asks the servers in turn until one answers.
// The timeout must be longer than the servers take to notice that one of them
// is gone: a client that is too quick asks, and so decides, without need.
func newRequester(zctx *zmq.Context, servers []string, timeout time.Duration) (*zmq.Requester, error) {
	return zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: servers,
		Timeout:   timeout,
		Retries:   20,
		Rest:      timeout,
	})
}

// client asks n times.
func client(ctx context.Context, zctx *zmq.Context, servers []string, n int, timeout time.Duration, w io.Writer) error {
	r, err := newRequester(zctx, servers, timeout)
	if err != nil {
		return err
	}
	defer r.Close()
	for i := range n {
		reply, err := r.Request(ctx, fmt.Appendf(nil, "request %d", i))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", reply[0])
	}
	return nil
}
