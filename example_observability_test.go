package zmq_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"sync/atomic"

	zmq "gozmq"
	"gozmq/libzmq"
)

// watched makes a socket whose connections are written to a log: failures as
// warnings, the rest as information.
func watched(ctx context.Context, zctx *zmq.Context, typ zmq.SocketType, logger *slog.Logger) (*zmq.Socket, error) {
	sock, err := zctx.NewSocket(typ)
	if err != nil {
		return nil, err
	}
	monitor, err := sock.Monitor(zmq.EventAll) // before Bind and Connect: nothing is missed
	if err != nil {
		sock.Close()
		return nil, err
	}
	go func() {
		defer monitor.Close()
		_ = monitor.Log(ctx, logger) // until the socket or ctx ends
	}()
	return sock, nil
}

// losses counts the connections that a socket loses.
func losses(ctx context.Context, monitor *zmq.Monitor, lost *atomic.Int64) error {
	for ev, err := range monitor.Events(ctx) {
		if err != nil {
			return err
		}
		if ev.Type == zmq.EventDisconnected {
			lost.Add(1)
		}
	}
	return nil
}

// ready waits until n peers are there. The socket was made with TrackPeers.
func ready(ctx context.Context, sock *zmq.Socket, n int) error {
	if err := sock.WaitPeers(ctx, n); err != nil {
		return fmt.Errorf("waiting for %d peers: %w", n, err)
	}
	return nil
}

// Logging, counting, and waiting for peers.
func Example_observability() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	ctx := context.Background()
	pull, err := watched(ctx, zctx, zmq.PULL, logger)
	if err != nil {
		log.Fatal(err)
	}
	push, err := zctx.NewSocket(zmq.PUSH, zmq.TrackPeers())
	if err != nil {
		log.Fatal(err)
	}
	monitor, err := push.Monitor(zmq.EventDisconnected)
	if err != nil {
		log.Fatal(err)
	}
	if err := pull.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	if err := push.Connect(pull.LastEndpoint()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(ready(ctx, push, 1))

	counted, lost := make(chan error), new(atomic.Int64)
	go func() { counted <- losses(ctx, monitor, lost) }()
	pull.Close()
	for n := 1; n > 0; {
		if n, err = push.Peers(); err != nil {
			log.Fatal(err)
		}
	}
	push.Close() // ends the monitor, with what it has not yet told
	fmt.Println(<-counted, lost.Load() > 0)
	// Output:
	// <nil>
	// <nil> true
}
