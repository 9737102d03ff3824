package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// cycles is how many contexts with two sockets each are opened and closed.
const cycles = 50_000

// churn promises that nothing stays of contexts and sockets that are closed.
// It ends with its work, not with its time.
func churn(ctx context.Context, f *figures) error {
	const goroutines = 8
	var all sync.WaitGroup
	errs := make(chan error, goroutines)
	for g := range goroutines {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range cycles / goroutines {
				if err := cycle(f, g*cycles+i); err != nil {
					errs <- fmt.Errorf("cycle %d: %w", i, err)
					return
				}
				if i == cycles/goroutines/10 && g == 0 {
					f.note("%d MiB after a tenth", resident())
				}
			}
		}()
	}
	all.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	f.note("%d MiB at the end", resident())
	return f.kept()
}

// cycle is the life of a context: two sockets, every other time over tcp, and
// a message.
func cycle(f *figures, i int) (err error) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	f.ops.Add(3)
	a, err := zctx.NewSocket(zmq.PAIR, opt.Linger.To(0))
	if err != nil {
		return err
	}
	endpoint := "inproc://churn"
	if i%2 == 0 {
		endpoint = "tcp://127.0.0.1:*"
	}
	if err := a.Bind(endpoint); err != nil {
		return err
	}
	b, err := connected(zctx, zmq.PAIR, a.LastEndpoint(), opt.Linger.To(0))
	if err != nil {
		return err
	}
	if i%4 < 2 {
		return nil // closed while it connects
	}
	f.promised.Add(1)
	if err := b.Send(context.Background(), numbered(uint64(i))...); err != nil {
		return err
	}
	frames, err := a.Recv(context.Background())
	if err != nil {
		return err
	}
	if _, err := number(frames); err != nil {
		return err
	}
	f.received.Add(1)
	return nil
}
