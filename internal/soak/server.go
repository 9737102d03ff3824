package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// server promises that every request of a Requester is answered with its own
// answer, however often the server dies.
func server(ctx context.Context, f *figures) (err error) {
	endpoint, err := free()
	if err != nil {
		return err
	}
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}, Timeout: time.Second, Retries: 100})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()

	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, 8)
	var all sync.WaitGroup
	for g := range uint64(cap(errs)) {
		all.Add(1)
		go func() {
			defer all.Done()
			errs <- ask(asking, f, r, g<<32)
		}()
	}
	err = deaths(ctx, f, endpoint)
	cancel()
	all.Wait()
	close(errs)
	for e := range errs {
		err = errors.Join(err, e)
	}
	return errors.Join(err, f.kept())
}

// ask asks until ctx ends; the request that is under way then does not count.
func ask(ctx context.Context, f *figures, r *zmq.Requester, i uint64) error {
	for ; ; i++ {
		f.ops.Add(1)
		reply, err := r.Request(ctx, numbered(i)...)
		if ctx.Err() != nil {
			return nil
		}
		f.promised.Add(1)
		if err != nil {
			return err
		}
		if n, err := number(reply); err != nil || n != i {
			return fmt.Errorf("request %d was answered with %d: %w", i, n, err)
		}
		f.received.Add(1)
	}
}

// deaths starts the server and kills it, again and again.
func deaths(ctx context.Context, f *figures, endpoint string) error {
	for ctx.Err() == nil {
		s, err := start("rep", nil, endpoint)
		if err == nil {
			err = s.Start()
		}
		if err != nil {
			return err
		}
		lives(ctx, f)
		if err := kill(s); err != nil {
			return err
		}
		f.faults.Add(1)
	}
	return nil
}

// lives returns when the server has answered a few hundred times more.
func lives(ctx context.Context, f *figures) {
	for until := f.received.Load() + 300; f.received.Load() < until && ctx.Err() == nil; {
		time.Sleep(time.Millisecond)
	}
}

// free is an endpoint that was free a moment ago: the server must come back to
// the same one.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return "tcp://" + l.Addr().String(), nil
}
