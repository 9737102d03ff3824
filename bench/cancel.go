package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// cancelled measures n times how long Recv takes to return after its context
// was cancelled.
func cancelled(n int) error {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	sock, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return err
	}
	if err := sock.Bind("tcp://127.0.0.1:*"); err != nil {
		return err
	}
	took := make([]time.Duration, 0, n)
	for range n {
		ctx, cancel := context.WithCancel(context.Background())
		began := make(chan time.Time, 1)
		// Long enough after the call that it waits by then.
		time.AfterFunc(2*time.Millisecond, func() {
			began <- time.Now()
			cancel()
		})
		_, err := sock.Recv(ctx)
		took = append(took, time.Since(<-began))
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("a cancelled Recv returned %w", err)
		}
	}
	slices.Sort(took)
	fmt.Println("| cancelled calls | median | 99 % | max |")
	fmt.Println("|---|---|---|---|")
	fmt.Printf("| %d | %v | %v | %v |\n", n, took[n/2], took[n*99/100], took[n-1])
	return zctx.Close()
}
