// Command pollreaders reads from two sockets in one loop: tasks from a
// ventilator and reports from a weather server.
//
//	go run ./examples/pollreaders             # with a Poller
//	go run ./examples/pollreaders -channels   # with channels and select
//
// From the guide, chapter 2: "Handling Multiple Sockets" (msreader, mspoller).
// What is different in Go: often there is no need. A goroutine for each socket
// is simpler, where the two have nothing to do with each other. When they have,
// there are two ways: a Poller, which waits for sockets and file descriptors
// and needs no other goroutine; or RecvTo, which hands the messages of each
// socket to a channel, so that a select waits for sockets, timers and whatever
// else has a channel.
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

// endpoints are where the sources bind.
type endpoints struct{ tasks, weather string }

func main() {
	var at endpoints
	flag.StringVar(&at.tasks, "tasks", "tcp://127.0.0.1:5557", "where tasks come from")
	flag.StringVar(&at.weather, "weather", "tcp://127.0.0.1:5556", "where the weather comes from")
	channels := flag.Bool("channels", false, "use channels in place of a Poller")
	n := flag.Int("n", 5, "how many messages of each")
	run.Main(
		run.Once("sources", func(ctx context.Context, zctx *zmq.Context) error {
			return sources(ctx, zctx, at, *n)
		}),
		run.Once("reader", func(ctx context.Context, zctx *zmq.Context) error {
			read := withPoller
			if *channels {
				read = withChannels
			}
			return reader(ctx, zctx, at, *n, read, os.Stdout)
		}),
	)
}

// sources sends n tasks and n reports.
func sources(ctx context.Context, zctx *zmq.Context, at endpoints, n int) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	tasks := socks.Bind(zmq.PUSH, at.tasks)
	weather := socks.Bind(zmq.XPUB, at.weather)
	if err := socks.Err(); err != nil {
		return err
	}
	if err := weather.WaitSubscription(ctx, "10001"); err != nil {
		return err
	}
	for i := range n {
		if err := tasks.Send(ctx, fmt.Appendf(nil, "task %d", i+1)); err != nil {
			return err
		}
		if err := weather.Send(ctx, fmt.Appendf(nil, "10001 %d degrees", 20+i)); err != nil {
			return err
		}
	}
	return nil
}

// reader prints n tasks and n reports as they come.
func reader(ctx context.Context, zctx *zmq.Context, at endpoints, n int, read readFunc, w io.Writer) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	tasks := socks.Connect(zmq.PULL, at.tasks)
	weather := socks.Connect(zmq.SUB, at.weather)
	if err := socks.Err(); err != nil {
		return err
	}
	if err := weather.Subscribe("10001"); err != nil {
		return err
	}
	left := 2 * n
	return read(ctx, tasks, weather, func(m *zmq.Msg) (more bool) {
		fmt.Fprintf(w, "%s\n", m.Frame(0))
		left--
		return left > 0
	})
}

// readFunc reads from two sockets until handle wants no more.
type readFunc func(ctx context.Context, a, b *zmq.Socket, handle func(*zmq.Msg) (more bool)) error

func withPoller(ctx context.Context, a, b *zmq.Socket, handle func(*zmq.Msg) (more bool)) error {
	var poller zmq.Poller
	defer poller.Close()
	for _, s := range []*zmq.Socket{a, b} {
		if err := poller.Add(s, zmq.In); err != nil {
			return err
		}
	}
	ready := make([]zmq.Ready, 2)
	var m zmq.Msg
	for {
		n, err := poller.Wait(ctx, ready)
		if err != nil {
			return err
		}
		// Each socket that is ready gets one turn, so that none starves.
		for _, r := range ready[:n] {
			if r.Err != nil {
				return r.Err
			}
			if err := r.Socket.RecvMsg(ctx, &m); err != nil {
				return err
			}
			if !handle(&m) {
				return nil
			}
		}
	}
}

func withChannels(ctx context.Context, a, b *zmq.Socket, handle func(*zmq.Msg) (more bool)) error {
	fromA, fromB := make(chan *zmq.Msg), make(chan *zmq.Msg)
	handleBoth := func(ctx context.Context) error {
		for {
			var m *zmq.Msg
			select {
			case m = <-fromA:
			case m = <-fromB:
			case <-ctx.Done():
				return ctx.Err()
			}
			if !handle(m) {
				return nil
			}
		}
	}
	return run.With(ctx, handleBoth,
		func(ctx context.Context) error { return a.RecvTo(ctx, fromA) },
		func(ctx context.Context) error { return b.RecvTo(ctx, fromB) },
	)
}
