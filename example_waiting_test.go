package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// recvWithin waits for a message, but not for longer than limit.
func recvWithin(ctx context.Context, sock *zmq.Socket, limit time.Duration) ([][]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return sock.Recv(ctx)
}

// recvIfThere does not wait at all.
func recvIfThere(sock *zmq.Socket) (*zmq.Msg, error) {
	var m zmq.Msg
	err := sock.TryRecv(&m)
	if errors.Is(err, zmq.ErrAgain) {
		return nil, nil // nothing there
	}
	return &m, err
}

// control handles messages of two sockets, and a ticker, one at a time.
func control(ctx context.Context, work, orders *zmq.Socket, tick <-chan time.Time) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends both RecvTo
	working, ordered := make(chan *zmq.Msg), make(chan *zmq.Msg)
	failed := make(chan error, 2)
	go func() { failed <- work.RecvTo(ctx, working) }()
	go func() { failed <- orders.RecvTo(ctx, ordered) }()
	for {
		select {
		case m := <-working:
			fmt.Printf("work: %s\n", m.Frame(0))
		case m := <-ordered:
			fmt.Printf("order: %s\n", m.Frame(0))
			return nil
		case <-tick:
			fmt.Println("still here")
		case err := <-failed:
			return err
		}
	}
}

// Every call that waits has a context; a goroutine that waits costs no thread.
func Example_waiting() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	work := bound(zctx, zmq.PULL, "inproc://work")
	orders := bound(zctx, zmq.PULL, "inproc://orders")
	chief := connected(zctx, zmq.PUSH, "inproc://orders")

	ctx := context.Background()
	_, err = recvWithin(ctx, work, time.Millisecond)
	fmt.Println(errors.Is(err, context.DeadlineExceeded), err)
	m, err := recvIfThere(work)
	fmt.Println(m, err)
	if err := chief.Send(ctx, []byte("stop")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(control(ctx, work, orders, nil))
	// Output:
	// true zmq: recv PULL: context deadline exceeded
	// <nil> <nil>
	// order: stop
	// <nil>
}
