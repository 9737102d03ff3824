// Command titanic stores requests on disk until they are done: client and
// worker need not be there at the same time.
//
//	go run ./examples/titanic          # everything in one process
//	go run ./examples/titanic broker   # a Majordomo broker, as in example majordomo
//	go run ./examples/titanic titanic
//	go run ./examples/titanic client   # waits until there is a worker
//	go run ./examples/titanic worker
//
// Titanic is a worker of three services, to take a request, to ask for its
// reply, and to forget both, and a client of all others. The protocol is
// ZeroMQ's RFC 9.
//
// From the guide, chapter 4: "Disconnected Reliability (Titanic Pattern)"
// (titanic, ticlient).
// What is different in Go: there is no queue file. The queue is what the folder
// says: requests that have no reply yet. Services and dispatcher are
// goroutines of one process that share the store.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/majordomo/mdp"
)

func main() {
	endpoint := flag.String("broker", "tcp://127.0.0.1:5555", "where the broker is")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "titanic"), "the folder of the requests")
	text := flag.String("text", "iceberg ahead", "what the client asks")
	const beat = time.Second
	run.Main(
		run.Forever("broker", func(ctx context.Context, zctx *zmq.Context) error {
			return mdp.Broker(ctx, zctx, *endpoint, beat)
		}),
		run.Forever("titanic", func(ctx context.Context, zctx *zmq.Context) error {
			return titanic(ctx, zctx, *endpoint, *dir, beat, time.Second)
		}),
		run.Forever("worker", func(ctx context.Context, zctx *zmq.Context) error {
			return mdp.Work(ctx, zctx, *endpoint, "shout", beat, shout)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *text, 100*time.Millisecond, os.Stdout)
		}),
	)
}

// shout is the service that the client wants.
func shout(_ context.Context, request [][]byte, _ func(...[]byte) error) [][]byte {
	return [][]byte{[]byte(strings.ToUpper(string(request[0])) + "!")}
}

// client has a text shouted: now, or when there is a worker.
func client(ctx context.Context, zctx *zmq.Context, broker, text string, every time.Duration, w io.Writer) error {
	c := mdp.NewClient(zctx, broker)
	defer c.Close()
	id, err := submit(ctx, c, "shout", []byte(text))
	if err != nil {
		return err
	}
	reply, err := await(ctx, c, id, every)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", reply[0])
	return forget(ctx, c, id)
}

// submit gives a request to Titanic and returns its id. From then on it is
// safe. The id can be kept, and asked for by another process.
func submit(ctx context.Context, c *mdp.Client, service string, body ...[]byte) (id []byte, err error) {
	answer, err := c.Request(ctx, "titanic.request", append([][]byte{[]byte(service)}, body...)...)
	if err != nil {
		return nil, err
	}
	if len(answer) != 2 || string(answer[0]) != statusOK {
		return nil, fmt.Errorf("titanic.request: %q", answer)
	}
	return answer[1], nil
}

// await asks for the reply, every so often, until it is there.
func await(ctx context.Context, c *mdp.Client, id []byte, every time.Duration) (reply [][]byte, err error) {
	for {
		answer, err := c.Request(ctx, "titanic.reply", id)
		if err != nil {
			return nil, err
		}
		switch string(answer[0]) {
		case statusOK:
			return answer[1:], nil
		case statusPending:
		default:
			return nil, fmt.Errorf("titanic.reply: %q", answer)
		}
		select {
		case <-time.After(every):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// forget tells Titanic that the reply has come.
func forget(ctx context.Context, c *mdp.Client, id []byte) error {
	answer, err := c.Request(ctx, "titanic.close", id)
	if err == nil && string(answer[0]) != statusOK {
		err = fmt.Errorf("titanic.close: %q", answer)
	}
	return err
}
