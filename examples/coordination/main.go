// Command coordination starts many nodes at the same moment: each reports when
// it is ready, and all may begin when the last one has.
//
//	go run ./examples/coordination               # everything in one process
//	go run ./examples/coordination -nodes 2 coordinator
//	go run ./examples/coordination -name one node
//	go run ./examples/coordination -name two node
//
// A node asks with REQ whether it may begin; the coordinator keeps the
// requests and answers them together. A ROUTER may answer when and in which
// order it likes, a REP only at once.
//
// From the guide, chapter 2: "Node Coordination", without the publisher.
// What is different in Go: within a process this is a sync.WaitGroup. Between
// processes it is the same with a socket, and the context bounds the waiting.
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
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5562", "where the coordinator is")
	nodes := flag.Int("nodes", 3, "how many nodes to wait for")
	name := flag.String("name", "a node", "the name of the node")
	part := run.Once("node", func(ctx context.Context, zctx *zmq.Context) error {
		return node(ctx, zctx, *endpoint, *name, os.Stdout)
	})
	run.Main(part, part, part,
		run.Once("coordinator", func(ctx context.Context, zctx *zmq.Context) error {
			return coordinator(ctx, zctx, *endpoint, *nodes, os.Stdout)
		}),
	)
}

// coordinator waits until all nodes are ready, and starts them.
func coordinator(ctx context.Context, zctx *zmq.Context, endpoint string, nodes int, w io.Writer) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint)
	if err != nil {
		return err
	}
	defer router.Close()
	var ready [][][]byte // requests of the nodes: [routing id, empty, name]
	for len(ready) < nodes {
		request, err := router.Recv(ctx)
		if err != nil {
			return err
		}
		ready = append(ready, request)
		fmt.Fprintf(w, "%s is ready, %d of %d\n", request[2], len(ready), nodes)
	}
	for _, request := range ready {
		if err := router.Send(ctx, request[0], request[1], []byte("begin")); err != nil {
			return err
		}
	}
	return nil
}

// node reports that it is ready, and begins when it may.
func node(ctx context.Context, zctx *zmq.Context, endpoint, name string, w io.Writer) error {
	req, err := socket.Connect(zctx, zmq.REQ, endpoint)
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte(name)); err != nil {
		return err
	}
	if _, err := req.Recv(ctx); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s begins\n", name)
	return nil
}
