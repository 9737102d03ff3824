// Command majordomo has a broker for services that have names: workers offer
// them, clients ask for them.
//
//	go run ./examples/majordomo          # everything in one process
//	go run ./examples/majordomo broker
//	go run ./examples/majordomo worker   # as many as you like
//	go run ./examples/majordomo client
//
// Broker and workers watch each other with heartbeats, requests of workers that
// die go to others, clients ask again. An answer may have several parts. The
// protocol, in package mdp beside this file, is ZeroMQ's RFC 18, version 0.2,
// and RFC 8.
//
// From the guide, chapter 4: "Service-Oriented Reliable Queuing (Majordomo
// Pattern)" and "Service Discovery" (mdbroker, mdworker, mdclient, mmiecho).
// What is different in Go: a worker is a function that is called for each
// request, while another goroutine attends to the heartbeats; the parts of an
// answer are an iterator; the broker is one goroutine with one select, and so
// needs no lock.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/majordomo/mdp"
)

func main() {
	endpoint := flag.String("broker", "tcp://127.0.0.1:5555", "where the broker is")
	beat := flag.Duration("beat", time.Second, "time between two heartbeats; the same for broker and workers")
	text := flag.String("text", "my kingdom for a horse", "what the client wants to be spelled")
	work := run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
		return mdp.Work(ctx, zctx, *endpoint, "words", *beat, words)
	})
	run.Main(work, work,
		run.Forever("broker", func(ctx context.Context, zctx *zmq.Context) error {
			return mdp.Broker(ctx, zctx, *endpoint, *beat)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *text, os.Stdout)
		}),
	)
}

// words answers a text with its words, each as a part, and their number.
func words(_ context.Context, request [][]byte, partial func(...[]byte) error) [][]byte {
	fields := strings.Fields(string(request[0]))
	for _, word := range fields {
		if err := partial([]byte(word)); err != nil {
			break // nobody waits for the answer any more
		}
	}
	return [][]byte{fmt.Appendf(nil, "%d words", len(fields))}
}

// client has the words of a text counted, and looks whether services are there.
func client(ctx context.Context, zctx *zmq.Context, endpoint, text string, w io.Writer) error {
	c := mdp.NewClient(zctx, endpoint)
	defer c.Close()
	for part, err := range c.Replies(ctx, "words", []byte(text)) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", part[0])
	}
	for _, service := range []string{"words", "swords"} {
		status, err := c.Request(ctx, "mmi.service", []byte(service))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "service %s: %s\n", service, status[0])
	}
	return nil
}
