package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// roleVariable makes a process of this program a peer of another one.
const roleVariable = "GOZMQ_SOAK_ROLE"

// roles are what such a process does, until it is killed or told to end. The
// arguments are endpoints.
var roles = map[string]func(ctx context.Context, zctx *zmq.Context, endpoints []string) error{
	"worker": worker,
	"rep":    rep,
	"source": source,
	"sink":   sink,
	"tun":    tun,
}

func play(role string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	zctx, err := libzmq.NewContext()
	if err == nil {
		err = roles[role](ctx, zctx, os.Args[1:])
		if ctx.Err() != nil {
			err = nil
		}
		err = errors.Join(err, zctx.Close())
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "soak: %s: %v\n", role, err)
		return 1
	}
	return 0
}

// start starts a peer; prefix is a command that shall run it.
func start(role string, prefix []string, endpoints ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := append(append(append([]string(nil), prefix...), self), endpoints...)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// kill ends a peer without a word to it.
func kill(cmd *exec.Cmd) error {
	if err := cmd.Process.Kill(); err != nil {
		return fmt.Errorf("kill %s: %w", cmd.Path, err)
	}
	_ = cmd.Wait() // says that it was killed
	return nil
}

// worker takes from the first endpoint and passes on to the second.
func worker(ctx context.Context, zctx *zmq.Context, endpoints []string) error {
	in, err := connected(zctx, zmq.PULL, endpoints[0])
	if err != nil {
		return err
	}
	out, err := connected(zctx, zmq.PUSH, endpoints[1])
	if err != nil {
		return err
	}
	for {
		frames, err := in.Recv(ctx)
		if err != nil {
			return err
		}
		if err := out.Send(ctx, frames...); err != nil {
			return err
		}
	}
}

// rep gives each request back.
func rep(ctx context.Context, zctx *zmq.Context, endpoints []string) error {
	s, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	if err := s.Bind(endpoints[0]); err != nil {
		return err
	}
	return echo(ctx, s)
}

func echo(ctx context.Context, s *zmq.Socket) error {
	for {
		frames, err := s.Recv(ctx)
		if err != nil {
			return err
		}
		if err := s.Send(ctx, frames...); err != nil {
			return err
		}
	}
}

func connected(zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	s, err := zctx.NewSocket(typ, settings...)
	if err != nil {
		return nil, err
	}
	return s, s.Connect(endpoint)
}

func bound(zctx *zmq.Context, typ zmq.SocketType, settings ...zmq.Setting) (*zmq.Socket, string, error) {
	s, err := zctx.NewSocket(typ, append(settings, opt.Linger.To(0))...)
	if err != nil {
		return nil, "", err
	}
	if err := s.Bind("tcp://127.0.0.1:*"); err != nil {
		return nil, "", err
	}
	return s, s.LastEndpoint(), nil
}

// numbered is a message that shows whether it is whole: a number, a body whose
// size depends on it, and the number again.
func numbered(i uint64) [][]byte {
	n := binary.BigEndian.AppendUint64(nil, i)
	body := make([]byte, i*7919%3000)
	for j := range body {
		body[j] = byte(i) + byte(j)
	}
	return [][]byte{n, body, n}
}

// number is the number of a message that is whole.
func number(frames [][]byte) (uint64, error) {
	if len(frames) != 3 || len(frames[0]) != 8 || string(frames[0]) != string(frames[2]) {
		return 0, fmt.Errorf("a message is not whole: %d frames", len(frames))
	}
	i := binary.BigEndian.Uint64(frames[0])
	if string(frames[1]) != string(numbered(i)[1]) {
		return 0, fmt.Errorf("message %d has another body", i)
	}
	return i, nil
}
