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
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/libzmq"
)

// Part is one part of a program, such as its server.
type Part struct {
	Name string
	Run  func(ctx context.Context, zctx *zmq.Context) error
}

// Main parses the flags and runs the parts that the command line names, each
// as often as it is named; without a name, all of them, which shows the whole
// pattern in one process. The last part leads: when it is done, so is the
// program. Ctrl-C ends it too.
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
		names = append(names, p.Name)
	}
	fmt.Fprintf(flag.CommandLine.Output(), "usage: [flags] [part...]\nparts: %s (default: all)\nflags:\n", strings.Join(names, ", "))
	flag.PrintDefaults()
}

func choose(parts []Part, names []string) ([]Part, error) {
	if len(names) == 0 {
		return parts, nil
	}
	var chosen []Part
	for _, name := range names {
		i := slices.IndexFunc(parts, func(p Part) bool { return p.Name == name })
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
	var funcs []func(context.Context) error
	for _, p := range parts {
		funcs = append(funcs, func(ctx context.Context) error { return p.Run(ctx, zctx) })
	}
	last := len(funcs) - 1
	err = With(ctx, funcs[last], funcs[:last]...)
	if ctx.Err() != nil {
		// Interrupted: what nobody has taken by now is dropped, so the error,
		// which says that there was some, is no news.
		_ = zctx.Shutdown(ctx)
		return nil
	}
	return errors.Join(err, zctx.Close())
}

// With runs lead, and others beside it. When lead is done, or one of them
// fails, the ctx of all ends. With returns when all have returned: what failed,
// or else what lead returned.
func With(ctx context.Context, lead func(context.Context) error, others ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, len(others))
	for _, f := range others {
		go func() {
			err := f(ctx)
			if err != nil {
				cancel()
			}
			errs <- err
		}()
	}
	led := lead(ctx)
	cancel()

	var failed error
	if !errors.Is(led, context.Canceled) {
		failed = led
	}
	for range others {
		if err := <-errs; !errors.Is(err, context.Canceled) {
			failed = errors.Join(failed, err)
		}
	}
	if failed != nil {
		return failed
	}
	return led
}
