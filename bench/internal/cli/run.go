package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/report"
)

func newRun(sources fs.FS) *cobra.Command {
	var full bool
	var only, out string
	var rounds int
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Measure all figures, or some, and write the report",
		Long: `Measure, and write into a folder: results.json with every single value, table.md,
and plots as SVG and PNG.

The short form takes some minutes. With --full there are more sizes, and each
run takes a second: about half an hour for five rounds. Ctrl-C ends it with the
report of what is there.`,
		Example: `  bench run --out build/bench
  bench run --only 'throughput/tcp|latency' --rounds 7`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			form := chosenForm(full)
			all, err := selected(form, only)
			if err != nil {
				return err
			}
			if rounds == 0 {
				rounds = usualRounds(full)
			}
			if rounds < 0 {
				return errors.New("--rounds is at least 1")
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			res, err := measure(cmd.Context(), sources, cmd.ErrOrStderr(), all, rounds)
			if err != nil && !errors.Is(err, context.Canceled) {
				return err
			}
			res.Full = full
			if err := errors.Join(res.Save(filepath.Join(out, resultsFile)), report.Write(out, res)); err != nil {
				return err
			}
			return summary(cmd.OutOrStdout(), out, report.Head(res), res.Failures(), err)
		},
	}
	cmd.Flags().BoolVar(&full, "full", false, "all sizes, and a second for each run")
	cmd.Flags().StringVar(&only, "only", "", "figures whose `regexp` matches; see bench list")
	cmd.Flags().IntVar(&rounds, "rounds", 0, "how often each is measured (3, and 5 with --full)")
	cmd.Flags().StringVar(&out, "out", "bench-results", "the `folder` to write into")
	return cmd
}

const resultsFile = "results.json"

func chosenForm(full bool) figures.Form {
	if full {
		return figures.Full
	}
	return figures.Short
}

func usualRounds(full bool) int {
	if full {
		return 5
	}
	return 3
}

// selected are the figures whose id matches.
func selected(form figures.Form, only string) (some []figures.Figure, err error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, fmt.Errorf("--only: %w", err)
	}
	for _, f := range figures.All(form) {
		if pattern.MatchString(f.ID) {
			some = append(some, f)
		}
	}
	if len(some) == 0 {
		return nil, fmt.Errorf("no figure matches %q; see bench list", only)
	}
	return some, nil
}

// summary tells what came out, and is an error when something failed.
func summary(w io.Writer, out, head string, failures []string, interrupted error) error {
	fmt.Fprint(w, head)
	fmt.Fprintf(w, "\nwritten to %s: table.md, %s, plots\n", out, resultsFile)
	if interrupted != nil {
		return errors.New("interrupted: the report has what was measured until then")
	}
	if len(failures) > 0 {
		return fmt.Errorf("%d runs failed; table.md names them", len(failures))
	}
	return nil
}
