package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/report"
	"gozmq/bench/internal/results"
)

func newList() *cobra.Command {
	var full bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the figures, as --only matches them",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, f := range figures.All(chosenForm(full)) {
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%-28s %s\n", f.ID, f.Title); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&full, "full", false, "those of bench run --full")
	return cmd
}

func newParked(sources fs.FS) *cobra.Command {
	var n int
	var transport string
	cmd := &cobra.Command{
		Use:   "parked",
		Short: "Measure what sockets cost that nothing comes to",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 {
				return errors.New("-n is at least 1")
			}
			return measureOne(cmd, sources, figures.Parked(n, transport, figures.Full))
		},
	}
	cmd.Flags().IntVarP(&n, "sockets", "n", 2000, "how many `sockets`")
	cmd.Flags().StringVar(&transport, "transport", "tcp", "inproc, ipc or tcp")
	return cmd
}

func newCancel(sources fs.FS) *cobra.Command {
	var n int
	cmd := &cobra.Command{
		Use:   "cancel",
		Short: "Measure how long a cancelled Recv takes to return",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 {
				return errors.New("-n is at least 1")
			}
			return measureOne(cmd, sources, figures.Cancel(n))
		},
	}
	cmd.Flags().IntVarP(&n, "calls", "n", 1000, "how many `calls`")
	return cmd
}

// measureOne prints the table of a single figure.
func measureOne(cmd *cobra.Command, sources fs.FS, f figures.Figure) error {
	res, err := measure(cmd.Context(), sources, cmd.ErrOrStderr(), []figures.Figure{f}, 1)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(cmd.OutOrStdout(), report.Group(res.Figures)); err != nil {
		return err
	}
	if failures := res.Failures(); len(failures) > 0 {
		return errors.New(failures[0])
	}
	return nil
}

func newReport() *cobra.Command {
	return &cobra.Command{
		Use:   "report FOLDER",
		Short: "Make the table and the plots again, from results.json",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			res, err := results.Load(filepath.Join(args[0], resultsFile))
			if err != nil {
				return err
			}
			if err := report.Write(args[0], res); err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), report.Head(res))
			return err
		},
	}
}
