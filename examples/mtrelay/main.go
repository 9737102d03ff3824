// Command mtrelay hands a signal from goroutine to goroutine, over inproc.
//
//	go run ./examples/mtrelay -steps 1000
//
// Each step binds a PAIR socket for the step before it, and connects one to the
// step behind it. PAIR is for two ends that belong together.
//
// From the guide, chapter 2: "Signaling Between Threads (PAIR Sockets)"
// (mtrelay).
// What is different in Go: between goroutines one takes a channel. Sockets are
// right where the other end may move into another process, by a change of the
// endpoint. The order of Bind and Connect does not matter: over inproc too, one
// may connect before the other binds.
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
	steps := flag.Int("steps", 100, "how many goroutines relay the signal")
	run.Main(run.Once("relay", func(ctx context.Context, zctx *zmq.Context) error {
		return relay(ctx, zctx, *steps, os.Stdout)
	}))
}

// relay sends a signal through a chain of goroutines.
func relay(ctx context.Context, zctx *zmq.Context, steps int, w io.Writer) error {
	var chain []func(context.Context) error
	for i := range steps {
		chain = append(chain, func(ctx context.Context) error {
			return step(ctx, zctx, stepEndpoint(i), stepEndpoint(i+1))
		})
	}
	bothEnds := func(ctx context.Context) error {
		first, err := socket.Connect(zctx, zmq.PAIR, stepEndpoint(0))
		if err != nil {
			return err
		}
		defer first.Close()
		last, err := socket.Bind(zctx, zmq.PAIR, stepEndpoint(steps))
		if err != nil {
			return err
		}
		defer last.Close()
		if err := first.Send(ctx, []byte("go")); err != nil {
			return err
		}
		signal, err := last.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%q came through %d steps\n", signal[0], steps)
		return nil
	}
	return run.With(ctx, bothEnds, chain...)
}

func stepEndpoint(i int) string { return fmt.Sprintf("inproc://step-%d", i) }

// step waits for the signal from the step before it and hands it on.
func step(ctx context.Context, zctx *zmq.Context, own, next string) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	before := socks.Bind(zmq.PAIR, own)
	behind := socks.Connect(zmq.PAIR, next)
	if err := socks.Err(); err != nil {
		return err
	}
	signal, err := before.Recv(ctx)
	if err != nil {
		return err
	}
	return behind.Send(ctx, signal...)
}
