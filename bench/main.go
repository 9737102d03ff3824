// The benchmarks: gozmq beside C, github.com/pebbe/zmq4 and
// github.com/go-zeromq/zmq4. See bench --help, and TESTING.md for how to read
// what comes out.
package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/signal"

	"gozmq/bench/internal/cli"
)

//go:embed c
var sources embed.FS

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := execute(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func execute(ctx context.Context, args []string) error {
	c, err := fs.Sub(sources, "c")
	if err != nil {
		return err
	}
	cmd := cli.New(c)
	cmd.SetArgs(args)
	return cmd.ExecuteContext(ctx)
}
