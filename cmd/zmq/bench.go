package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/bench"
	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/option"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/libzmq"
	"gozmq/opt"
)

// benchCommand is a client of one or several measurements.
type benchCommand struct {
	*app
	kind      bench.Kind
	remote    string
	transport string
	processes int
	sizes     []string
	count     int
	duration  time.Duration
	batch     int
	timeout   time.Duration
	plot      string
	json      bool
	connection
}

func (a *app) benchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure how fast messages go",
		Long: `Measure how fast messages go: throughput from a PUSH to a PULL, or the time of
round trips from a REQ to a REP.

Without --connect it measures on this machine, between two processes or, with
--processes 1, in one. With --connect the other side is another machine, where
zmq bench serve runs.

Figures depend on what else the machines do. Repeat them.`,
		Example: `  zmq bench throughput
  zmq bench throughput --size 16,1KiB,64KiB --transport ipc --plot rates.svg
  zmq bench latency --count 10000 --plot times.png

  zmq bench serve --bind :5570                     # on another machine
  zmq bench latency --connect other:5570`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		a.benchRunCommand(bench.Throughput, "Measure messages per second, from PUSH to PULL", "16,1KiB,64KiB"),
		a.benchRunCommand(bench.Latency, "Measure round trips from REQ to REP", "16"),
		a.benchServeCommand(),
	)
	return cmd
}

func (a *app) benchRunCommand(kind bench.Kind, short, sizes string) *cobra.Command {
	b := &benchCommand{app: a, kind: kind}
	cmd := &cobra.Command{
		Use:   string(kind) + " [flags]",
		Short: short,
		Long:  short + ". zmq bench --help says more.",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			plans, err := b.resolve(cmd.Flags())
			if err != nil {
				return err
			}
			return b.run(cmd.Context(), plans)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&b.sizes, "size", strings.Split(sizes, ","), "bytes of a message; several `sizes` are measured one after the other")
	f.IntVarP(&b.count, "count", "n", 0, "measure `n` messages; 0 is as many as --duration allows")
	f.DurationVarP(&b.duration, "duration", "d", 3*time.Second, "measure each size for this `time`")
	f.StringVarP(&b.remote, "connect", "c", "", "measure against zmq bench serve at this `endpoint`")
	f.StringVar(&b.transport, "transport", "tcp", "without --connect: `tcp`, ipc or inproc")
	f.IntVar(&b.processes, "processes", 2, "without --connect: `n` is 1 or 2; inproc is always 1")
	if kind == bench.Throughput {
		f.IntVar(&b.batch, "batch", 64, "send `n` messages at once")
	}
	f.DurationVarP(&b.timeout, "timeout", "t", 10*time.Second, "end with exit code 3 when the other side does not answer for this `time`")
	f.StringVar(&b.plot, "plot", "", "draw the result into a `file`: .svg, .png or .pdf")
	f.VarP(&textOrJSON{&b.json}, "format", "f", "text, or json: an array of results")
	b.connection.addOptionFlags(f, time.Second)
	completeFlags(cmd)
	return cmd
}

// resolve checks the flags and makes a plan for each size.
func (b *benchCommand) resolve(f *pflag.FlagSet) (plans []bench.Plan, err error) {
	switch {
	case b.count < 0, b.duration <= 0, b.timeout <= 0:
		return nil, usagef("--count, --duration and --timeout are above 0")
	case b.processes != 1 && b.processes != 2:
		return nil, usagef("--processes is 1 or 2, got %d", b.processes)
	case b.kind == bench.Throughput && (b.batch < 1 || b.batch > 10_000):
		return nil, usagef("--batch is 1 to 10000, got %d", b.batch)
	case b.remote == "" && b.security.given():
		return nil, usagef("CURVE and PLAIN are for --connect: give zmq bench serve the other half")
	case b.remote != "" && (f.Changed("transport") || f.Changed("processes")):
		return nil, usagef("--transport and --processes are for this machine, --connect for another")
	}
	if b.remote != "" {
		if b.remote, err = endpoint(b.remote, false); err != nil {
			return nil, err
		}
	}
	if _, known := localEndpoints[b.transport]; !known {
		return nil, usagef("--transport is tcp, ipc or inproc, got %q", b.transport)
	}
	if b.plot != "" {
		if err := bench.CheckPlot(b.plot); err != nil {
			return nil, usageError{err}
		}
	}
	for _, text := range b.sizes {
		size, err := units.ParseSize(text)
		if err != nil || size > 1<<30 {
			return nil, usagef("--size %s: no size up to 1GiB", text)
		}
		plans = append(plans, bench.Plan{Kind: b.kind, Size: int(size), Count: b.count, Duration: b.duration, Batch: b.batch})
	}
	return plans, nil
}

// opener makes sockets with the options of the flags, in one context.
func (c *connection) opener(timeout time.Duration) (*zmq.Context, bench.Opener, error) {
	own, err := option.Parse(c.set)
	if err != nil {
		return nil, nil, usageError{err}
	}
	secure, err := c.security.setting()
	if err != nil {
		return nil, nil, err
	}
	zctx, err := libzmq.NewContext(own.Context...)
	if err != nil {
		return nil, nil, err
	}
	base := append([]zmq.Setting{opt.Linger.To(c.linger), secure}, own.Socket...)
	if timeout > 0 {
		base = append(base, opt.SendTimeout.To(timeout), opt.RecvTimeout.To(timeout))
	}
	return zctx, func(typ zmq.SocketType, settings ...zmq.Setting) (*zmq.Socket, error) {
		return zctx.NewSocket(typ, append(base[:len(base):len(base)], settings...)...)
	}, nil
}

func (b *benchCommand) run(ctx context.Context, plans []bench.Plan) (err error) {
	zctx, open, err := b.opener(b.timeout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	where, stop, err := b.otherSide(ctx, open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	control, err := open(zmq.REQ, opt.Linger.To(0))
	if err != nil {
		return err
	}
	if err := control.Connect(where); err != nil {
		return err
	}
	var results []bench.Result
	for _, plan := range plans {
		r, err := b.measure(ctx, control, where, open, plan)
		if timedOut(err) {
			return timeoutf("%s at %s does not answer within %v", "zmq bench serve", where, b.timeout)
		}
		if err != nil {
			return err
		}
		results = append(results, r)
	}
	if err := b.show(results, b.title(where)); err != nil {
		return err
	}
	if b.plot == "" {
		return nil
	}
	if err := bench.Plot(b.plot, b.title(where), results); err != nil {
		return err
	}
	b.Note("drew %s", b.plot)
	return nil
}

// measure shows a bar while it measures.
func (b *benchCommand) measure(ctx context.Context, control *zmq.Socket, where string, open bench.Opener, plan bench.Plan) (bench.Result, error) {
	var p bench.Progress
	what := fmt.Sprintf("%s, %s", plan.Kind, units.Size(float64(plan.Size)))
	options, at := console.BarOptions{What: what, Total: int64(plan.Count)}, p.Messages
	if plan.Count == 0 {
		options.Total, options.Time = plan.Duration.Milliseconds(), true
		at = func() int64 { return p.Elapsed().Milliseconds() }
	}
	bar := b.StartBar(options, at)
	defer bar.Stop()
	return bench.Run(ctx, control, where, open, plan, &p)
}

func (b *benchCommand) title(where string) string {
	sockets := "PUSH to PULL"
	if b.kind == bench.Latency {
		sockets = "REQ to REP and back"
	}
	major, minor, patch, _ := libzmq.Version() // it works: it has measured
	place := b.transport + ", two processes"
	switch {
	case b.remote != "":
		place = where
	case b.transport == "inproc" || b.processes == 1:
		place = b.transport + ", one process"
	}
	return fmt.Sprintf("%s over %s, libzmq %d.%d.%d", sockets, place, major, minor, patch)
}
