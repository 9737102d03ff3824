package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	zmq "gozmq"
	"gozmq/libzmq"
)

const (
	millions = 10_000_000 // messages
	growth   = 16         // MiB that the second half may add to the first
)

// flat promises that memory does not grow with the number of messages. It
// ends with its work, not with its time.
func flat(_ context.Context, f *figures) (err error) {
	ctx := context.Background()
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	pull, endpoint, err := bound(zctx, zmq.PULL)
	if err != nil {
		return err
	}
	push, err := connected(zctx, zmq.PUSH, endpoint)
	if err != nil {
		return err
	}
	f.promised.Add(millions)
	done := make(chan error, 1)
	go func() { done <- pour(ctx, f, push) }()
	half, batch := 0, make([]zmq.Msg, 100)
	for got := 0; got < millions; {
		n, err := pull.RecvBatch(ctx, batch)
		if err != nil {
			return err
		}
		f.ops.Add(1)
		for i := range batch[:n] {
			if batch[i].Len() != 2 {
				return fmt.Errorf("message %d has %d frames", got+i, batch[i].Len())
			}
		}
		if before := got; before < millions/2 && before+n >= millions/2 {
			runtime.GC()
			half = resident()
		}
		got += n
		f.received.Add(int64(n))
	}
	if err := <-done; err != nil {
		return err
	}
	runtime.GC()
	f.note("%d MiB after half of it, %d MiB at the end, %d descriptors before and %d at the end", half, resident(), f.descriptors, descriptors())
	if end := resident(); end > half+growth {
		return fmt.Errorf("memory grew from %d to %d MiB", half, end)
	}
	return f.kept()
}

// pour sends all messages: small ones, and one in a hundred that is not.
func pour(ctx context.Context, f *figures, push *zmq.Socket) error {
	batch := make([]zmq.Msg, 100)
	for i := range batch {
		size := 16
		if i == 0 {
			size = 10_000
		}
		batch[i] = *zmq.NewMsg([]byte("head"), make([]byte, size))
	}
	for sent := 0; sent < millions; sent += len(batch) {
		for rest := batch; len(rest) > 0; {
			n, err := push.SendBatch(ctx, rest)
			if err != nil {
				return err
			}
			f.ops.Add(1)
			rest = rest[n:]
		}
	}
	return nil
}
