// Command suicidalsnail is a subscriber that ends itself when it cannot keep
// up: no answer is better than one that is too old.
//
//	go run ./examples/suicidalsnail              # both in one process
//	go run ./examples/suicidalsnail publisher
//	go run ./examples/suicidalsnail subscriber
//
// Each message carries the time it was sent. A subscriber that reads it too
// late knows that its queue is long and that messages may be missing. It ends
// with an error, and whoever watches it starts it again, with an empty queue.
// The clocks of both sides must agree, within what is allowed.
//
// From the guide, chapter 5: "Slow Subscriber Detection (Suicidal Snail
// Pattern)" (suisnail).
// What is different in Go: the snail returns an error, and main ends the
// process with it.
package main

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5556", "where the publisher is")
	maxDelay := flag.Duration("max-delay", time.Second, "how old a message may be")
	run.Main(
		run.Forever("publisher", func(ctx context.Context, zctx *zmq.Context) error {
			return publisher(ctx, zctx, *endpoint, time.Millisecond)
		}),
		run.Once("subscriber", func(ctx context.Context, zctx *zmq.Context) error {
			return subscriber(ctx, zctx, *endpoint, *maxDelay, func() {
				time.Sleep(rand.N(6 * time.Millisecond)) // more than it has time for
			})
		}),
	)
}

// publisher sends the time every so often, until ctx ends.
func publisher(ctx context.Context, zctx *zmq.Context, endpoint string, every time.Duration) error {
	pub, err := socket.Bind(zctx, zmq.PUB, endpoint)
	if err != nil {
		return err
	}
	defer pub.Close()
	clock := time.NewTicker(every)
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := pub.Send(ctx, stamp(time.Now())); err != nil {
			return err
		}
	}
}

// stamp is a time as a frame.
func stamp(t time.Time) []byte { return binary.BigEndian.AppendUint64(nil, uint64(t.UnixNano())) }

// LateError says that a message was too old when it was read.
type LateError struct {
	Delay time.Duration // since it was sent
}

// Error is one line with the delay.
func (e *LateError) Error() string {
	return fmt.Sprintf("the snail is too slow: a message is %v old", e.Delay)
}

// subscriber works on each message, until one is too old.
func subscriber(ctx context.Context, zctx *zmq.Context, endpoint string, maxDelay time.Duration, work func()) error {
	sub, err := socket.Connect(zctx, zmq.SUB, endpoint)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(""); err != nil {
		return err
	}
	for m, err := range sub.Messages(ctx) {
		if err != nil {
			return err
		}
		if len(m.Frame(0)) != 8 {
			return fmt.Errorf("a message of %d bytes is no time", len(m.Frame(0)))
		}
		sent := time.Unix(0, int64(binary.BigEndian.Uint64(m.Frame(0))))
		if delay := time.Since(sent); delay > maxDelay {
			return &LateError{delay}
		}
		work()
	}
	return nil
}
