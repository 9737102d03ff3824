//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// signals promises that a flood of them neither ends a call early nor late,
// nor loses a message.
func signals(ctx context.Context, f *figures) (err error) {
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
	idle, _, err := bound(zctx, zmq.PULL)
	if err != nil {
		return err
	}
	storm, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	errs := make(chan error, 3)
	var late []time.Duration
	for _, work := range []func() error{
		func() error { return flood(storm, f) },
		func() error { late, err = deadlines(storm, f, idle); return err },
		func() error { return exchange(storm, f, push, pull) },
	} {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := work(); err != nil {
				errs <- err
				cancel()
			}
		}()
	}
	all.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	slices.Sort(late)
	if n := len(late); n > 0 {
		f.note("deadlines of 20 ms passed by %v in the median, %v at most of 99 in 100, %v at most",
			late[n/2].Round(time.Microsecond), late[n*99/100].Round(time.Microsecond), late[n-1].Round(time.Microsecond))
	}
	return f.kept()
}

// flood sends the process 10,000 signals a second, as many of each kind.
func flood(ctx context.Context, f *figures) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	self := syscall.Getpid()
	for ctx.Err() == nil {
		<-tick.C
		for range 5 {
			for _, s := range []syscall.Signal{syscall.SIGURG, syscall.SIGPROF} {
				if err := syscall.Kill(self, s); err != nil {
					return fmt.Errorf("send myself %v: %w", s, err)
				}
				f.faults.Add(1)
			}
		}
	}
	return nil
}

func deadlines(ctx context.Context, f *figures, s *zmq.Socket) (late []time.Duration, err error) {
	const d = 20 * time.Millisecond
	for ctx.Err() == nil {
		began := time.Now()
		short, cancel := context.WithTimeout(context.Background(), d)
		_, err := s.Recv(short)
		cancel()
		f.ops.Add(1)
		took := time.Since(began)
		if !errors.Is(err, context.DeadlineExceeded) {
			return nil, fmt.Errorf("a call with a deadline ended with %v", err)
		}
		if took < d {
			return nil, fmt.Errorf("a deadline of %v ended after %v", d, took)
		}
		late = append(late, took-d)
	}
	return late, nil
}

// exchange sends and receives until ctx ends, message after message.
func exchange(ctx context.Context, f *figures, push, pull *zmq.Socket) error {
	patience := context.Background()
	for i := uint64(0); ctx.Err() == nil; i++ {
		f.ops.Add(2)
		f.promised.Add(1)
		if err := push.Send(patience, numbered(i)...); err != nil {
			return err
		}
		frames, err := pull.Recv(patience)
		if err != nil {
			return err
		}
		if n, err := number(frames); err != nil || n != i {
			return fmt.Errorf("%d instead of message %d: %w", n, i, err)
		}
		f.received.Add(1)
	}
	return nil
}
