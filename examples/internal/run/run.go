// Package run is what the main functions of the examples have in common: the
// parts of a program, such as its server and its client, alone or together,
// until they are done or Ctrl-C.
package run

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/libzmq"
)

// Part is one part of a program. First, Once and Forever make one.
type Part struct {
	name string
	kind kind
	run  PartFunc
}

type kind int

const (
	first kind = iota
	once
	forever
)

// PartFunc runs a part until it is done, or ctx ends.
type PartFunc func(ctx context.Context, zctx *zmq.Context) error

// First is a part that is done before the others begin, such as making keys.
func First(name string, run PartFunc) Part { return Part{name, first, run} }

// Once is a part that is done at some time, such as a client.
func Once(name string, run PartFunc) Part { return Part{name, once, run} }

// Forever is a part that goes on until all others are done, such as a server.
func Forever(name string, run PartFunc) Part { return Part{name, forever, run} }

// Main parses the flags and runs the parts that the command line names, each
// as often as it is named; without a name, all of them, which shows the whole
// pattern in one process. Ctrl-C ends it too.
func Main(parts ...Part) {
	log.SetFlags(0)
	flag.Usage = func() { usage(parts) }
	flag.Parse()
	chosen, err := choose(parts, flag.Args())
	if err != nil {
		log.Print(err)
		flag.Usage()
		os.Exit(2)
	}
	if err := start(chosen); err != nil {
		log.Fatal(err)
	}
}

func usage(parts []Part) {
	var names []string
	for _, p := range parts {
		if !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	fmt.Fprintf(flag.CommandLine.Output(), "usage: %s [flags] [part...]\nparts: %s (default: all)\nflags:\n", filepath.Base(os.Args[0]), strings.Join(names, ", "))
	flag.PrintDefaults()
}

func choose(parts []Part, names []string) ([]Part, error) {
	if len(names) == 0 {
		return parts, nil
	}
	var chosen []Part
	for _, name := range names {
		i := slices.IndexFunc(parts, func(p Part) bool { return p.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q", name)
		}
		chosen = append(chosen, parts[i])
	}
	return chosen, nil
}

func start(parts []Part) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once

	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	err = together(ctx, zctx, parts)
	if ctx.Err() != nil {
		// Interrupted: what nobody has taken by now is dropped, so the error,
		// which says that there was some, is no news.
		_ = zctx.Shutdown(ctx)
		return nil
	}
	return errors.Join(err, zctx.Close())
}

// together runs parts until those that are done at some time are.
func together(ctx context.Context, zctx *zmq.Context, parts []Part) error {
	funcs := map[kind][]func(context.Context) error{}
	for _, p := range parts {
		funcs[p.kind] = append(funcs[p.kind], func(ctx context.Context) error { return p.run(ctx, zctx) })
	}
	for _, f := range funcs[first] {
		if err := f(ctx); err != nil {
			return err
		}
	}
	if len(funcs[once]) == 0 {
		return All(ctx, funcs[forever]...)
	}
	return With(ctx, func(ctx context.Context) error { return All(ctx, funcs[once]...) }, funcs[forever]...)
}

// errGone is for a function that ends its goroutine, as t.Fatal does.
var errGone = errors.New("run: a function did not return")

// All runs functions at the same time and waits for all of them. When one
// fails, the ctx of the others ends. The error is what failed; it is
// context.Canceled when ctx ended and nothing else was wrong.
func All(ctx context.Context, funcs ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, len(funcs))
	for _, f := range funcs {
		go func() {
			err := errGone
			defer func() {
				if err != nil {
					cancel()
				}
				errs <- err
			}()
			err = f(ctx)
		}()
	}
	var failed, canceled error
	for range funcs {
		if err := <-errs; errors.Is(err, context.Canceled) {
			canceled = err
		} else {
			failed = errors.Join(failed, err)
		}
	}
	if failed != nil {
		return failed
	}
	return canceled
}

// With runs lead, and others beside it for as long as that takes. It waits for
// all; the error is what failed, or else what lead returned.
func With(ctx context.Context, lead func(context.Context) error, others ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var led error
	err := All(ctx, append(others[:len(others):len(others)], func(ctx context.Context) error {
		led = lead(ctx)
		cancel()
		return led
	})...)
	if errors.Is(err, context.Canceled) {
		return led
	}
	return err
}
