// Package cli is the command line of the benchmarks.
package cli

import (
	"io/fs"

	"github.com/spf13/cobra"
)

// New makes the command. sources are the C programs.
func New(sources fs.FS) *cobra.Command {
	root := &cobra.Command{
		Use:   "bench",
		Short: "Measure gozmq beside C and other Go libraries for ZeroMQ",
		Long: `Measure gozmq beside the same loops in C, in github.com/pebbe/zmq4 and in
github.com/go-zeromq/zmq4. Every run is a process of its own; all who take part
run in turn, round by round, and are compared within a round. The C programs
are compiled on the spot, with cc and the libzmq that pkg-config finds.

A quiet machine is half of the result. The report says when it was not.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.AddCommand(newRun(sources), newList(), newParked(sources), newCancel(sources), newReport(), newOne())
	return root
}
