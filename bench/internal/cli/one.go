package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/work"
)

const oneName = "one"

// newOne is the command that the runner starts for each run.
func newOne() *cobra.Command {
	return &cobra.Command{
		Use:    oneName + " LIBRARY KEY=VALUE...",
		Short:  "Measure one figure once, in this process",
		Hidden: true,
		Args:   cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := work.Parse(args[1:])
			if err != nil {
				return err
			}
			out, err := contest.Run(args[0], w)
			if err != nil {
				return err
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(out)
		},
	}
}
