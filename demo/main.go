// The demo moves a real file tree between two processes with ZeroMQ, checks
// every byte that arrived, and then lets them talk by request and reply and by
// publish and subscribe.
//
//	go run . [-requests n] [-feed n] [tree]
//
// It starts itself a second time: the first process receives, checks and shows
// what happens; the second sends. The exit code is 0 only if nothing was
// missing and nothing differed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

// senderRole is the argument that makes a process the second one.
const senderRole = "-sender"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 3 && os.Args[1] == senderRole {
		os.Exit(senderMain(ctx, os.Args[2], os.Stdin, os.Stdout))
	}
	os.Exit(exitCode(ctx, receiver(ctx, os.Args[1:], os.Stdout)))
}

// exitCode says on stderr what went wrong, if anything did.
func exitCode(ctx context.Context, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 2
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "demo: interrupted")
		return 130
	}
	fmt.Fprintln(os.Stderr, "demo:", err)
	return 1
}

// receiver is the first process: it starts the second and runs the show.
func receiver(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	r := &run{out: out, fancy: isTerminal(out)}
	flags.IntVar(&r.requests, "requests", 20_000, "how many `round trips` to make")
	flags.IntVar(&r.feed, "feed", 300_000, "how many `messages` to publish")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: demo [flags] [tree]   (default: Go's own source)")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return errors.Join(flag.ErrHelp, err)
	}
	if r.requests < 1 || r.feed < 1 {
		return errors.New("-requests and -feed are at least 1")
	}
	tree, err := chooseTree(flags.Args())
	if err != nil {
		return err
	}
	r.dir, err = os.MkdirTemp("", "gozmq-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for what arrives: %w", err)
	}
	defer func() {
		if rmErr := os.RemoveAll(r.dir); rmErr != nil {
			err = errors.Join(err, fmt.Errorf("clean up: %w", rmErr))
		}
	}()
	r.peer, err = startSender(ctx, tree)
	if err != nil {
		return err
	}
	err = r.show(tree)
	return errors.Join(err, r.peer.end(err))
}

// chooseTree is the argument, or the source of the Go installation: a tree
// that everybody who can build this has.
func chooseTree(args []string) (string, error) {
	switch len(args) {
	case 0:
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", fmt.Errorf("find Go's source with go env GOROOT: %w; name a tree instead", err)
		}
		return filepath.Join(strings.TrimSpace(string(out)), "src"), nil
	case 1:
		return filepath.Abs(args[0])
	}
	return "", fmt.Errorf("one tree at most, got %q", args)
}

// show runs the phases and prints the summary.
func (r *run) show(tree string) error {
	err := r.phases(r.peer.ctx, tree)
	r.summary()
	if err != nil {
		return err
	}
	return r.verdict()
}
