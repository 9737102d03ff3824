// Command zmq sends and receives messages from the command line, and has the
// tools that belong to it: a proxy, a monitor of connections, benchmarks, keys.
//
// zmq help says more; docs/zmq.md is a tour.
package main

import (
	"context"
	"os"
)

func main() { os.Exit(run(os.Args[1:])) }

// run is the whole program; it returns the exit code.
func run(args []string) int {
	ctx, stop := watchSignals(context.Background())
	defer stop()
	a := &app{}
	root := a.command()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	code := exitCode(ctx, err)
	if code != exitOK {
		a.fail(cmd, err, code)
	}
	return code
}
