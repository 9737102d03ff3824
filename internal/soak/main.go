// Command soak runs for long what tests can only show for a moment: calls of
// all kinds from many goroutines, peers that die, connections that are cut
// within a message, storms of signals, contexts and sockets by the hundred
// thousand, messages by the million, and two hosts with a bad line between
// them.
//
//	go run -race ./internal/soak                all of it
//	go run ./internal/soak -for 1m mixed cut    a minute of each of two
//
// It prints a table of what was done, what was promised and what arrived, and
// ends with status 1 when a promise was broken.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A scenario puts the library under one kind of stress until ctx ends or its
// work is done. The error is a broken promise.
type scenario struct {
	name string
	what string
	run  func(ctx context.Context, f *figures) error
}

var scenarios = []scenario{
	{"mixed", "64 goroutines with every call on one socket, type after type", mixed},
	{"workers", "PUSH to processes that are killed and started again", workers},
	{"server", "requests to a REP process that is killed and started again", server},
	{"cut", "connections cut at any byte of multipart messages", cut},
	{"signals", "SIGURG and SIGPROF at 10 kHz, with deadlines", signals},
	{"churn", "contexts and sockets opened and closed", churn},
	{"flat", "memory and descriptors over millions of messages", flat},
	{"hosts", "two network namespaces: loss, delay, a dead line, heartbeats", hosts},
}

func main() {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(play(role))
	}
	long := flag.Duration("for", 30*time.Second, "how long each scenario runs that has no natural end")
	flag.Usage = usage
	flag.Parse()
	if err := run(flag.Args(), *long); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: soak [-for duration] [scenario...]")
	flag.PrintDefaults()
	for _, s := range scenarios {
		fmt.Fprintf(os.Stderr, "  %-8s  %s\n", s.name, s.what)
	}
}

func run(names []string, long time.Duration) error {
	for _, n := range names {
		if !slices.ContainsFunc(scenarios, func(s scenario) bool { return s.name == n }) {
			return fmt.Errorf("there is no scenario %q", n)
		}
	}
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// What is made once for the whole process is no leak.
	if err := cycle(new(figures), 0); err != nil {
		return err
	}
	var table strings.Builder
	broken := 0
	for _, s := range scenarios {
		if len(names) > 0 && !slices.Contains(names, s.name) || interrupted.Err() != nil {
			continue
		}
		fmt.Printf("%s: %s\n", s.name, s.what)
		f := begin(s)
		err := s.run(within(interrupted, long), f)
		if err == nil {
			err = f.leaks()
		}
		if err != nil {
			broken++
			fmt.Printf("  BROKEN: %v\n", err)
		}
		f.print(&table, err)
	}
	fmt.Printf("\n%s%s", header, table.String())
	if broken > 0 {
		return fmt.Errorf("%d scenarios broke a promise", broken)
	}
	return interrupted.Err()
}

// within is ctx with an end. Its cancel is not needed: the time is short.
func within(ctx context.Context, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(ctx, d)
	context.AfterFunc(ctx, cancel)
	return ctx
}
