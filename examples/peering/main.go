// Command peering joins clusters: each has a broker between its own clients
// and workers, and what its workers cannot do goes to a cluster that can.
//
//	go run ./examples/peering                               # three clusters in one process
//	go run ./examples/peering -name DC1 -peers DC2 -workers 1 &
//	go run ./examples/peering -name DC2 -peers DC1 -workers 5
//
// The brokers tell each other how many of their workers are idle (the state
// flow). A request goes to a worker of its own cluster if one is idle, else to
// another cluster with idle workers (the cloud), else it waits with its client.
//
//	           state: PUB ──── SUB of the others
//	REQ client ──── ROUTER        ROUTER ──── REQ worker
//	                       broker
//	           cloud: ROUTER ──── ROUTER of the others
//
// From the guide, chapter 3: "Worked Example: Inter-Broker Routing" (peering1
// to 3).
// What is different in Go: RecvTo hands the messages of each socket to a
// channel and the broker is one goroutine with one select, so its state needs
// no lock. To take no requests, it leaves their channel out of the select; what
// waits fills the sockets' queues.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

func main() {
	name := flag.String("name", "", "the name of this cluster; none runs three of them")
	peers := flag.String("peers", "", "the names of the others, with commas between them")
	workers := flag.Int("workers", 2, "how many workers this cluster has")
	requests := flag.Int("n", 5, "how many requests the client of this cluster sends")
	dir := flag.String("dir", os.TempDir(), "where the clusters meet: a folder for ipc endpoints")
	at := func(cluster, what string) string {
		return "ipc://" + filepath.Join(*dir, "peering-"+cluster+"-"+what)
	}
	run.Main(run.Once("clusters", func(ctx context.Context, zctx *zmq.Context) error {
		if *name != "" {
			return cluster(ctx, zctx, *name, split(*peers), *workers, *requests, at, os.Stdout)
		}
		return run.With(ctx,
			func(ctx context.Context) error {
				return cluster(ctx, zctx, "DC1", []string{"DC2", "DC3"}, 0, *requests, at, os.Stdout)
			},
			func(ctx context.Context) error {
				return cluster(ctx, zctx, "DC2", []string{"DC1", "DC3"}, *workers, 0, at, os.Stdout)
			},
			func(ctx context.Context) error {
				return cluster(ctx, zctx, "DC3", []string{"DC1", "DC2"}, *workers, 0, at, os.Stdout)
			},
		)
	}))
}

func split(names string) []string {
	return strings.FieldsFunc(names, func(r rune) bool { return r == ',' })
}

// cluster is a broker, its workers and one client, until the client is done;
// without requests, until ctx ends.
func cluster(ctx context.Context, zctx *zmq.Context, name string, peers []string, workers, requests int, at place, w io.Writer) error {
	parts := []func(context.Context) error{
		func(ctx context.Context) error { return runBroker(ctx, zctx, name, peers, at) },
	}
	for i := range workers {
		answer := func(body []byte) []byte { return fmt.Appendf(nil, "%s, by worker %d of %s", body, i, name) }
		parts = append(parts, func(ctx context.Context) error { return worker(ctx, zctx, at(name, "workers"), answer) })
	}
	if requests == 0 {
		return run.All(ctx, parts...)
	}
	ask := func(ctx context.Context) error {
		for i := range requests {
			reply, err := request(ctx, zctx, at(name, "clients"), fmt.Sprintf("request %d of %s", i, name))
			if err != nil {
				return err
			}
			fmt.Fprintln(w, reply)
		}
		return nil
	}
	return run.With(ctx, ask, parts...)
}

// request asks a broker once.
func request(ctx context.Context, zctx *zmq.Context, clients, text string) (string, error) {
	req, err := socket.Connect(zctx, zmq.REQ, clients)
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(text)); err != nil {
		return "", err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}

// worker asks a broker for work, and answers it, until ctx ends.
func worker(ctx context.Context, zctx *zmq.Context, workers string, answer func([]byte) []byte) error {
	req, err := socket.Connect(zctx, zmq.REQ, workers, opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(ready)); err != nil {
		return err
	}
	for {
		request, err := req.Recv(ctx) // [where it came from..., empty, body]
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
