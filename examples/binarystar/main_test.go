package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/binarystar/bstar"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// The primary serves, dies, and the backup serves. The primary comes back, and
// stands by.
func TestFailover(t *testing.T) {
	const beat, timeout = 50 * time.Millisecond, 500 * time.Millisecond
	zctx := testlib.Context(t)
	primary := endpoints{testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")}
	backup := endpoints{testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")}
	servePrimary := func(ctx context.Context) error {
		// A context of its own: when that is closed its endpoints are free.
		own, err := libzmq.NewContext()
		if err != nil {
			return err
		}
		return errors.Join(server(ctx, own, bstar.Primary, primary, backup.state, beat), own.Close())
	}
	serveBackup := func(ctx context.Context) error {
		return server(ctx, zctx, bstar.Backup, backup, primary.state, beat)
	}
	r, err := newRequester(zctx, []string{primary.clients, backup.clients}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	replies := func(want string) func(context.Context) error {
		return func(ctx context.Context) error {
			for i := range 3 {
				reply, err := r.Request(ctx, fmt.Append(nil, i))
				if err != nil {
					return err
				}
				if got, want := string(reply[0]), fmt.Sprintf("%d, by the %s", i, want); got != want {
					return fmt.Errorf("the reply is %q, want %q", got, want)
				}
			}
			return nil
		}
	}
	standsBy := func(server endpoints) func(context.Context) error {
		return func(ctx context.Context) error {
			state, err := socket.Connect(zctx, zmq.SUB, server.state)
			if err != nil {
				return err
			}
			defer state.Close()
			if err := state.Subscribe(string(bstar.Passive)); err != nil {
				return err
			}
			_, err = state.Recv(ctx)
			return err
		}
	}
	both := func(a, b func(context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error { return run.All(ctx, a, b) }
	}
	err = run.With(testkit.Soon(t), func(ctx context.Context) error {
		if err := run.With(ctx, both(replies("primary"), standsBy(backup)), servePrimary); err != nil {
			return err
		}
		if err := replies("backup")(ctx); err != nil {
			return err
		}
		return run.With(ctx, both(replies("backup"), standsBy(primary)), servePrimary)
	}, serveBackup)
	if err != nil {
		t.Fatal(err)
	}
}
