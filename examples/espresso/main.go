// Command espresso shows what goes through a pub-sub proxy: each subscription,
// each message, and that nothing is published that nobody wants.
//
//	go run ./examples/espresso
//
// A proxy gives a copy of all that passes to its capture socket. A goroutine
// reads that, and prints it.
//
//	XPUB publisher ──── XSUB proxy XPUB ──── SUB subscriber
//	                         PAIR ──── PAIR listener
//
// From the guide, chapter 5: "Pub-Sub Tracing (Espresso Pattern)" (espresso).
// What is different in Go: the listener is a goroutine, which needs a channel
// or an inproc PAIR; the end of the subscriber is seen as its unsubscription,
// without waiting a second for it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	run.Main(run.Once("espresso", func(ctx context.Context, zctx *zmq.Context) error {
		return espresso(ctx, zctx, os.Stdout)
	}))
}

// Where the parts of this process meet.
const (
	inner   = "inproc://inner"
	outer   = "inproc://outer"
	capture = "inproc://capture"
)

// espresso traces a publisher and a subscriber of some letters.
func espresso(ctx context.Context, zctx *zmq.Context, w io.Writer) error {
	return run.With(ctx,
		func(ctx context.Context) error { return listener(ctx, zctx, w) },
		func(ctx context.Context) error { return proxy(ctx, zctx) },
		func(ctx context.Context) error { return publisher(ctx, zctx) },
		func(ctx context.Context) error { return subscriber(ctx, zctx, "A", "B") },
	)
}

// publisher sends some letters again and again, until ctx ends.
func publisher(ctx context.Context, zctx *zmq.Context) error {
	pub, err := socket.Bind(zctx, zmq.XPUB, inner)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.WaitSubscription(ctx, "B"); err != nil {
		return err
	}
	clock := time.NewTicker(10 * time.Millisecond)
	defer clock.Stop()
	for i := 0; ; i++ {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		for letter := 'A'; letter <= 'D'; letter++ {
			if err := pub.Send(ctx, fmt.Appendf(nil, "%c-%d", letter, i)); err != nil {
				return err
			}
		}
	}
}

// subscriber takes a few messages and goes.
func subscriber(ctx context.Context, zctx *zmq.Context, letters ...string) error {
	sub, err := socket.Connect(zctx, zmq.SUB, outer)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(letters...); err != nil {
		return err
	}
	for range 5 {
		if _, err := sub.Recv(ctx); err != nil {
			return err
		}
	}
	return nil
}

// proxy passes messages out and subscriptions in, and copies both.
func proxy(ctx context.Context, zctx *zmq.Context) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	p := zmq.Proxy{
		Frontend: socks.Bind(zmq.XPUB, outer),
		Backend:  socks.Connect(zmq.XSUB, inner),
		Capture:  socks.Connect(zmq.PAIR, capture),
	}
	if err := socks.Err(); err != nil {
		return err
	}
	return p.Run(ctx)
}

// listener prints what passes, until the last subscription has been taken back.
func listener(ctx context.Context, zctx *zmq.Context, w io.Writer) error {
	pair, err := socket.Bind(zctx, zmq.PAIR, capture)
	if err != nil {
		return err
	}
	defer pair.Close()
	subscriptions := 0
	for m, err := range pair.Messages(ctx) {
		if err != nil {
			return err
		}
		// A subscription is a message that begins with 1, its end one that
		// begins with 0.
		switch frame := m.Frame(0); {
		case len(frame) > 0 && frame[0] == 1:
			fmt.Fprintf(w, "subscribe %s\n", frame[1:])
			subscriptions++
		case len(frame) > 0 && frame[0] == 0:
			fmt.Fprintf(w, "unsubscribe %s\n", frame[1:])
			subscriptions--
		default:
			fmt.Fprintf(w, "message %s\n", frame)
		}
		if subscriptions == 0 {
			break
		}
	}
	return nil
}
