// Command wuproxy publishes the weather of an inner network to an outer one,
// and lets others listen to all that passes.
//
//	go run ./examples/wuproxy              # everything in one process
//	go run ./examples/wuproxy publisher
//	go run ./examples/wuproxy proxy
//	go run ./examples/wuproxy subscriber
//	go run ./examples/wuproxy tap
//
// The proxy subscribes inside to what its own subscribers want, and to nothing
// else: subscriptions are messages that an XPUB receives and an XSUB sends on.
//
//	PUB ──── XSUB proxy XPUB ──── SUB subscriber
//	               PUB ────────── SUB tap
//
// From the guide, chapter 2: "The Dynamic Discovery Problem" and "Transport
// Bridging" (wuproxy), with the capture socket of zmq_proxy.
// What is different in Go: a zmq.Proxy ends with its context, its capture
// socket never delays it, and Stats tells what went through.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

// endpoints are where the parts meet.
type endpoints struct {
	inner   string // the publisher binds
	outer   string // the proxy binds
	capture string // the proxy binds
}

func main() {
	var at endpoints
	flag.StringVar(&at.inner, "inner", "tcp://127.0.0.1:5556", "where the publisher is")
	flag.StringVar(&at.outer, "outer", "tcp://127.0.0.1:8100", "where subscribers connect")
	flag.StringVar(&at.capture, "capture", "tcp://127.0.0.1:8101", "where taps connect")
	n := flag.Int("n", 5, "how many messages subscriber and tap wait for")
	run.Main(
		run.Forever("publisher", func(ctx context.Context, zctx *zmq.Context) error {
			return publisher(ctx, zctx, at, 10*time.Millisecond)
		}),
		run.Forever("proxy", func(ctx context.Context, zctx *zmq.Context) error {
			return proxy(ctx, zctx, at, os.Stdout)
		}),
		run.Once("tap", func(ctx context.Context, zctx *zmq.Context) error {
			return listen(ctx, zctx, at.capture, "", *n, "tap", os.Stdout)
		}),
		run.Once("subscriber", func(ctx context.Context, zctx *zmq.Context) error {
			return listen(ctx, zctx, at.outer, "10001", *n, "subscriber", os.Stdout)
		}),
	)
}

// publisher reports the weather of two places every so often, until ctx ends.
func publisher(ctx context.Context, zctx *zmq.Context, at endpoints, every time.Duration) error {
	pub, err := socket.Bind(zctx, zmq.PUB, at.inner)
	if err != nil {
		return err
	}
	defer pub.Close()
	clock := time.NewTicker(every)
	defer clock.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-clock.C:
		}
		for _, zip := range []string{"10001", "94103"} {
			if err := pub.Send(ctx, fmt.Appendf(nil, "%s %d degrees", zip, i%40)); err != nil {
				return err
			}
		}
	}
}

// proxy passes reports out and subscriptions in, until ctx ends.
func proxy(ctx context.Context, zctx *zmq.Context, at endpoints, w io.Writer) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	inner := socks.Connect(zmq.XSUB, at.inner)
	outer := socks.Bind(zmq.XPUB, at.outer)
	capture := socks.Bind(zmq.PUB, at.capture)
	if err := socks.Err(); err != nil {
		return err
	}

	p := zmq.Proxy{Frontend: outer, Backend: inner, Capture: capture}
	err := p.Run(ctx)
	stats := p.Stats()
	fmt.Fprintf(w, "proxy: %d subscriptions in, %d reports out\n",
		stats.FrontendReceived.Messages, stats.FrontendSent.Messages)
	return err
}

// listen prints n messages that begin with prefix.
func listen(ctx context.Context, zctx *zmq.Context, endpoint, prefix string, n int, name string, w io.Writer) error {
	sub, err := socket.Connect(zctx, zmq.SUB, endpoint)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(prefix); err != nil {
		return err
	}
	for range n {
		report, err := sub.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %q\n", name, report[0])
	}
	return nil
}
