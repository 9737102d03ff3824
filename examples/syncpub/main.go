// Command syncpub publishes only when all subscribers are there, so that none
// misses the beginning.
//
//	go run ./examples/syncpub              # everything in one process
//	go run ./examples/syncpub -subscribers 2 publisher
//	go run ./examples/syncpub subscriber
//	go run ./examples/syncpub subscriber
//
// From the guide, chapter 2: "Node Coordination" (syncpub, syncsub).
// What is different in Go: the guide has each subscriber report through a
// REQ socket, and sleep before, since the subscription may be slower. Here the
// publisher is an XPUB, which is told of subscriptions, and WaitSubscription
// waits for them: what is sent afterwards arrives. Example coordination shows
// the way with requests, for what is not a subscription.
//
// The publisher must not lose messages either when a subscriber is slow: with
// opt.XPubNoDrop it waits instead.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5561", "where the publisher is")
	subscribers := flag.Int("subscribers", 3, "how many subscribers to wait for")
	updates := flag.Int("updates", 100_000, "how many updates to publish")
	listen := run.Once("subscriber", func(ctx context.Context, zctx *zmq.Context) error {
		return subscriber(ctx, zctx, *endpoint, os.Stdout)
	})
	run.Main(listen, listen, listen,
		run.Once("publisher", func(ctx context.Context, zctx *zmq.Context) error {
			return publisher(ctx, zctx, *endpoint, *subscribers, *updates)
		}),
	)
}

// publisher waits for the subscribers, sends its updates, and the end.
func publisher(ctx context.Context, zctx *zmq.Context, endpoint string, subscribers, updates int) error {
	pub, err := socket.Bind(zctx, zmq.XPUB, endpoint,
		opt.XPubVerbose.To(true), // tell of each subscriber, not only of the first
		opt.XPubNoDrop.To(true))
	if err != nil {
		return err
	}
	defer pub.Close()
	for range subscribers {
		if err := pub.WaitSubscription(ctx, ""); err != nil {
			return err
		}
	}
	for i := range updates {
		if err := pub.Send(ctx, []byte(strconv.Itoa(i))); err != nil {
			return err
		}
	}
	return pub.Send(ctx, []byte("END"))
}

// subscriber counts updates until the end.
func subscriber(ctx context.Context, zctx *zmq.Context, endpoint string, w io.Writer) error {
	sub, err := socket.Connect(zctx, zmq.SUB, endpoint)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(""); err != nil {
		return err
	}
	updates := 0
	for m, err := range sub.Messages(ctx) {
		if err != nil {
			return err
		}
		if string(m.Frame(0)) == "END" {
			break
		}
		updates++
	}
	fmt.Fprintf(w, "%d updates\n", updates)
	return nil
}
