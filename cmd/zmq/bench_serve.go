package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/bench"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/opt"
)

// benchServer is the other side of measurements.
type benchServer struct {
	*app
	connection
	data   string
	parent bool // the process that started it holds its stdin open
}

func (a *app) benchServeCommand() *cobra.Command {
	s := &benchServer{app: a}
	cmd := &cobra.Command{
		Use:   "serve --bind endpoint [flags]",
		Short: "Be the other side of a measurement",
		Long: `Be the other side of a measurement, for zmq bench throughput or latency with
--connect on another machine, until a signal ends it. A second socket is bound
beside the first, with tcp at a port that the system chooses, unless --data says
where. The endpoint is printed.`,
		Example: `  zmq bench serve --bind :5570
  zmq bench serve --bind :5570 --data :5571        # where a firewall leaves two ports open`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.resolve(cmd); err != nil {
				return err
			}
			return s.run(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.StringArrayVarP(&s.bind, "bind", "b", nil, "accept clients at this `endpoint`")
	f.StringVar(&s.data, "data", "", "bind the second socket to this `endpoint`")
	f.BoolVar(&s.parent, "parent", false, "end when stdin does")
	s.connection.addOptionFlags(f, time.Second)
	completeFlags(cmd)
	if err := f.MarkHidden("parent"); err != nil {
		panic(err) // it is defined above
	}
	return cmd
}

func (s *benchServer) resolve(cmd *cobra.Command) (err error) {
	if len(s.bind) != 1 {
		return usagef("there has to be one --bind, got %d", len(s.bind))
	}
	if s.data != "" {
		if s.data, err = endpoint(s.data, true); err != nil {
			return err
		}
	}
	return s.connection.resolve(cmd.Flags())
}

func (s *benchServer) run(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if s.parent {
		go func() {
			// Whatever ends it, the other process has gone.
			_, _ = io.Copy(io.Discard, os.Stdin)
			cancel()
		}()
	}
	zctx, open, err := s.opener(0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	control, err := open(zmq.REP)
	if err != nil {
		return err
	}
	if err := control.Bind(s.bind[0]); err != nil {
		return err
	}
	if err := s.printLine(control.LastEndpoint()); err != nil {
		return err
	}
	return untilStopped(ctx, bench.NewServer(control, s.data, open).Serve(ctx, control))
}

// localEndpoints are where a server on this machine is bound.
var localEndpoints = map[string]func(dir string) string{
	"tcp":    func(string) string { return "tcp://127.0.0.1:*" },
	"ipc":    func(dir string) string { return "ipc://" + filepath.Join(dir, "bench") },
	"inproc": func(string) string { return "inproc://bench" },
}

// otherSide finds or starts the server, and says where it is.
func (b *benchCommand) otherSide(ctx context.Context, open bench.Opener) (where string, stop func() error, err error) {
	if b.remote != "" {
		return b.remote, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "zmq-bench-")
	if err != nil {
		return "", nil, err
	}
	clean := func() error { return os.RemoveAll(dir) }
	start := b.startProcess
	if b.processes == 1 || b.transport == "inproc" {
		start = b.startHere
	}
	where, end, err := start(ctx, open, localEndpoints[b.transport](dir))
	if err != nil {
		return "", nil, errors.Join(err, clean())
	}
	return where, func() error { return errors.Join(end(), clean()) }, nil
}

// startHere runs the server in this process, in the same context, which inproc
// needs.
func (b *benchCommand) startHere(ctx context.Context, open bench.Opener, bind string) (where string, stop func() error, err error) {
	control, err := open(zmq.REP, opt.RecvTimeout.To(units.Forever))
	if err != nil {
		return "", nil, err
	}
	if err := control.Bind(bind); err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- bench.NewServer(control, "", open).Serve(ctx, control) }()
	return control.LastEndpoint(), func() error {
		cancel()
		return errors.Join(untilStopped(ctx, <-ended), control.Close())
	}, nil
}

// startProcess runs the server as a second process of this program.
func (b *benchCommand) startProcess(ctx context.Context, _ bench.Opener, bind string) (where string, stop func() error, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.Command(self, "bench", "serve", "--bind", bind, "--parent")
	for _, text := range b.set {
		cmd.Args = append(cmd.Args, "--set", text)
	}
	cmd.Args[0] = os.Args[0] // the same program under the same name
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	where, err = bufio.NewReader(out).ReadString('\n')
	stop = func() error {
		err := errors.Join(in.Close(), cmd.Wait())
		if ctx.Err() != nil {
			return nil // the signal was for both
		}
		return err
	}
	if err != nil {
		return "", nil, fmt.Errorf("start a second process: %w", errors.Join(err, stop()))
	}
	return strings.TrimSpace(where), stop, nil
}
