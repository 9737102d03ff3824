package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// crew is how many worker processes there are.
const crew = 3

// workers promises that messages arrive whole and at most once, that a dead
// worker never stops the others, and that all arrives while nobody dies.
// What a dead worker had in its hands is lost, and counted.
func workers(ctx context.Context, f *figures) (err error) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	out, source, err := bound(zctx, zmq.PUSH)
	if err != nil {
		return err
	}
	in, sink, err := bound(zctx, zmq.PULL)
	if err != nil {
		return err
	}
	var team [crew]*exec.Cmd
	for i := range team {
		if team[i], err = hire(source, sink); err != nil {
			return err
		}
	}
	defer func() {
		for _, w := range team {
			err = errors.Join(err, kill(w))
		}
	}()

	seen := make(map[uint64]bool)
	var sent uint64
	// pass sends n messages and takes what comes back, until all have or
	// nothing has come for a while.
	pass := func(ctx context.Context, n int) error {
		for range n {
			f.ops.Add(1)
			if err := out.Send(ctx, numbered(sent)...); err != nil {
				return err
			}
			sent++
		}
		for len(seen) < int(sent) {
			quiet, cancel := context.WithTimeout(ctx, 2*time.Second)
			frames, err := in.Recv(quiet)
			cancel()
			if errors.Is(err, context.DeadlineExceeded) {
				return nil
			}
			if err != nil {
				return err
			}
			i, err := number(frames)
			if err != nil {
				return err
			}
			if seen[i] {
				return fmt.Errorf("message %d came twice", i)
			}
			seen[i] = true
		}
		return nil
	}
	lost := 0
	for i := 0; ctx.Err() == nil; i++ {
		// A death among messages, then a while without one.
		patience, cancel := context.WithTimeout(context.Background(), time.Minute)
		w := &team[i%crew]
		death := make(chan error, 1)
		time.AfterFunc(5*time.Millisecond, func() { death <- kill(*w) })
		err := pass(patience, 500)
		err = errors.Join(err, <-death)
		f.faults.Add(1)
		lost += int(sent) - len(seen)
		if err == nil {
			*w, err = hire(source, sink)
		}
		if err == nil {
			clear(seen)
			sent = 0
			if err = calm(patience, out, in); err == nil {
				err = pass(patience, 500)
			}
		}
		cancel()
		if err != nil {
			return err
		}
		f.promised.Add(int64(sent))
		f.received.Add(int64(len(seen)))
		clear(seen)
		sent = 0
	}
	f.note("%d lost in the hands of the dead", lost)
	return f.kept()
}

func hire(source, sink string) (*exec.Cmd, error) {
	w, err := start("worker", nil, source, sink)
	if err != nil {
		return nil, err
	}
	return w, w.Start()
}

// calm waits until what comes back is new again: messages that were in dead
// hands are lost, those of the living have come.
func calm(ctx context.Context, out, in *zmq.Socket) error {
	const marks = 4 * crew // each worker gets several
	for range marks {
		if err := out.Send(ctx, []byte("mark")); err != nil {
			return err
		}
	}
	for range marks {
		quiet, cancel := context.WithTimeout(ctx, 2*time.Second)
		_, err := in.Recv(quiet)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
