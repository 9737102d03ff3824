// The benchmarks. Each prints a Markdown table.
//
//	go run . parked         what 1,000 sockets with a goroutine in Recv cost
//	go run . cancel         how long a cancelled Recv takes to return
//	go run . rates [-n 5]   messages per second beside C and github.com/pebbe/zmq4
//
// The rates come from a process of its own for each figure, with C, pebbe/zmq4
// and gozmq in turn, so that what else the machine does hits all of them; the
// C program is compiled on the spot with cc and libzmq's header.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("say which: parked, cancel or rates")
	}
	flags := flag.NewFlagSet(args[0], flag.ExitOnError)
	switch args[0] {
	case "parked":
		n := flags.Int("n", 1000, "how many `sockets`")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return parked(*n)
	case "cancel":
		n := flags.Int("n", 1000, "how many `times`")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return cancelled(*n)
	case "rates":
		n := flags.Int("n", 5, "the median of this many `runs`")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return rates(*n)
	case "one": // a single figure, in a process that rates started
		return one(args[1:])
	}
	return fmt.Errorf("there is no benchmark %q", args[0])
}
