// Package purego is github.com/go-zeromq/zmq4 in the benchmarks: ZMTP in Go,
// without libzmq. It has no batches, no CURVE and no publisher that waits, so
// it takes part in streams and round trips.
package purego

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	zmq4 "github.com/go-zeromq/zmq4"

	"gozmq/bench/internal/loop"
	"gozmq/bench/internal/work"
)

// Run measures.
func Run(w work.Work) (work.Outcome, error) {
	switch w.Pattern {
	case work.Stream:
		return stream(w)
	case work.RoundTrip:
		return roundTrip(w)
	}
	return nil, fmt.Errorf("go-zeromq/zmq4 has no pattern %q", w.Pattern)
}

var names atomic.Int64 // its inproc endpoints belong to the process

// endpoint is one to listen on, and what removes it.
func endpoint(transport string) (string, func() error, error) {
	switch transport {
	case "tcp":
		return "tcp://127.0.0.1:0", func() error { return nil }, nil
	case "inproc":
		return fmt.Sprintf("inproc://bench-%d", names.Add(1)), func() error { return nil }, nil
	case "ipc":
		dir, err := os.MkdirTemp("", "bench-")
		return "ipc://" + filepath.Join(dir, "socket"), func() error { return os.RemoveAll(dir) }, err
	}
	return "", nil, fmt.Errorf("there is no transport %q", transport)
}

// joined listens with one socket and connects the other; close ends both.
func joined(transport string, listens, dials zmq4.Socket) (close func() error, err error) {
	at, remove, err := endpoint(transport)
	if err != nil {
		return nil, err
	}
	if err := listens.Listen(at); err != nil {
		return nil, errors.Join(err, remove())
	}
	if transport == "tcp" {
		at = "tcp://" + listens.Addr().String()
	}
	if err := dials.Dial(at); err != nil {
		return nil, errors.Join(err, listens.Close(), remove())
	}
	return func() error {
		// What it says about closing depends on which end saw the other go
		// first, and matters to nobody.
		_ = dials.Close()
		_ = listens.Close()
		return remove()
	}, nil
}

func stream(w work.Work) (out work.Outcome, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pull, push := zmq4.NewPull(ctx), zmq4.NewPush(ctx)
	closeBoth, err := joined(w.Transport, pull, push)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeBoth()) }()
	body := make([]byte, w.Size)
	return loop.Stream(w, end{pull, body}, end{push, body})
}

func roundTrip(w work.Work) (out work.Outcome, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rep, req := zmq4.NewRep(ctx), zmq4.NewReq(ctx)
	closeBoth, err := joined(w.Transport, rep, req)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeBoth()) }()
	body := make([]byte, w.Size)
	ask := func(end bool) error {
		request := body
		if end {
			request = nil
		}
		if err := req.Send(zmq4.NewMsg(request)); err != nil {
			return err
		}
		_, err := req.Recv()
		return err
	}
	answer := func() (bool, error) {
		m, err := rep.Recv()
		if err != nil {
			return false, err
		}
		return isEnd(m), rep.Send(m)
	}
	return loop.RoundTrips(w, ask, answer)
}
