package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"gozmq/bench/internal/cprogram"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/machine"
	"gozmq/bench/internal/progress"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/runner"
)

// measure runs figures. When ctx ends, it returns what there is with the
// error.
func measure(
	ctx context.Context, sources fs.FS, log io.Writer, all []figures.Figure, rounds int,
) (res results.Results, err error) {
	res = results.Results{Started: time.Now(), Rounds: rounds, LoadBefore: machine.Load()}
	if res.Machine, err = machine.Describe(); err != nil {
		return res, err
	}
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c, err := cprogram.Build(sources, dir)
	if err != nil {
		return res, err
	}
	self, err := os.Executable()
	if err != nil {
		return res, err
	}
	var shown runner.Progress = &progress.Lines{Out: log}
	if f, ok := log.(*os.File); ok {
		shown = progress.New(f)
	}
	ticks := machine.ReadTicks()
	r := runner.Runner{C: c, Go: []string{self, oneName}, Progress: shown}
	res.Figures, err = r.Run(ctx, all, rounds)
	res.Interrupted = err != nil
	res.Seconds = time.Since(res.Started).Seconds()
	res.Stolen = machine.StolenSince(ticks)
	return res, err
}
