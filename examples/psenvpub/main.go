// Command psenvpub publishes messages of several frames: the topic alone in the
// first, where subscriptions are compared, and the rest behind it.
//
//	go run ./examples/psenvpub              # both in one process
//	go run ./examples/psenvpub publisher
//	go run ./examples/psenvpub subscriber
//
// A topic in a frame of its own cannot match by accident what was meant as
// data. It is compared as a prefix all the same: a subscription to "B" gets
// topic "BB" too.
//
// From the guide, chapter 2: "Pub-Sub Message Envelopes" (psenvpub, psenvsub).
// What is different in Go: a message is sent and received whole, in one call
// with all its frames. There is no SNDMORE, and no loop that asks for more.
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
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5563", "where the publisher is")
	run.Main(
		run.Once("publisher", func(ctx context.Context, zctx *zmq.Context) error {
			return publisher(ctx, zctx, *endpoint)
		}),
		run.Once("subscriber", func(ctx context.Context, zctx *zmq.Context) error {
			return subscriber(ctx, zctx, *endpoint, os.Stdout)
		}),
	)
}

// publisher sends letters to two topics when somebody wants those to "B".
func publisher(ctx context.Context, zctx *zmq.Context, endpoint string) error {
	pub, err := socket.Bind(zctx, zmq.XPUB, endpoint)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.WaitSubscription(ctx, "B"); err != nil {
		return err
	}
	for _, letter := range []struct{ topic, from, text string }{
		{"A", "alice", "We don't want to see this"},
		{"B", "bob", "We would like to see this"},
		{"A", "bob", "Nor this, though it is Bob's"},
		{"B", "carol", "And this too"},
	} {
		if err := pub.Send(ctx, []byte(letter.topic), []byte(letter.from), []byte(letter.text)); err != nil {
			return err
		}
	}
	return nil
}

// subscriber prints two letters to topic "B".
func subscriber(ctx context.Context, zctx *zmq.Context, endpoint string, w io.Writer) error {
	sub, err := socket.Connect(zctx, zmq.SUB, endpoint)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe("B"); err != nil {
		return err
	}
	for range 2 {
		letter, err := sub.Recv(ctx)
		if err != nil {
			return err
		}
		if len(letter) != 3 {
			return fmt.Errorf("a letter of %d frames", len(letter))
		}
		fmt.Fprintf(w, "[%s] from %s: %s\n", letter[0], letter[1], letter[2])
	}
	return nil
}
