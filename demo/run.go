package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// run is the first process at work.
type run struct {
	zctx     *zmq.Context
	peer     *peer
	dir      string // for what arrives
	requests int    // how many to ask
	feed     int    // how many messages to order
	out      io.Writer
	fancy    bool // out is a terminal
	done     []*phase
	notRun   []string
}

// phases runs them all; an error ends it, a failed check does not.
func (r *run) phases(ctx context.Context, tree string) (err error) {
	r.zctx, err = libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.zctx.Close()) }()
	if err := r.hello(tree); err != nil {
		return err
	}
	want, err := r.peer.report()
	if err != nil {
		return err
	}
	r.say("%d files, %s, every one with its SHA-256\n", want.Messages, megabytes(want.Bytes))

	const anyPort = "tcp://127.0.0.1:*"
	if err := r.receiveFiles(ctx, "PUSH/PULL tcp", anyPort, filepath.Join(r.dir, "tcp"), want); err != nil {
		return fmt.Errorf("files over tcp: %w", err)
	}
	if r.zctx.Has("ipc") {
		endpoint := "ipc://" + filepath.Join(r.dir, "files.sock")
		if err := r.receiveFiles(ctx, "PUSH/PULL ipc", endpoint, filepath.Join(r.dir, "ipc"), want); err != nil {
			return fmt.Errorf("files over ipc: %w", err)
		}
	} else {
		r.notRun = append(r.notRun, "PUSH/PULL ipc: this libzmq has no ipc")
	}
	if err := r.ask(ctx, anyPort); err != nil {
		return fmt.Errorf("requests over tcp: %w", err)
	}
	if err := r.subscribe(ctx, anyPort); err != nil {
		return fmt.Errorf("feed over tcp: %w", err)
	}
	return nil
}

func (r *run) hello(tree string) error {
	major, minor, patch, err := libzmq.Version()
	if err != nil {
		return err
	}
	r.say("gozmq demo: libzmq %d.%d.%d, %s %s/%s, %d CPUs, two processes\n",
		major, minor, patch, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	r.say("reading %s\n", tree)
	return nil
}

// say prints a line for people; one that cannot be printed changes nothing.
func (r *run) say(format string, args ...any) { fmt.Fprintf(r.out, format, args...) }

// begin starts the clock of a phase.
func (r *run) begin(name, unit string, total int) *phase {
	ph := &phase{name: name, total: total, began: time.Now()}
	ph.progress = newProgress(r.out, r.fancy, name, unit, total)
	r.done = append(r.done, ph)
	return ph
}

// verdict is nil if every phase was complete and right.
func (r *run) verdict() error {
	for _, ph := range r.done {
		if !ph.good() {
			return errors.New("not everything that was sent arrived as it was")
		}
	}
	return nil
}
