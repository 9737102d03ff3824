package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// One server is not there, one is and says nothing, one answers.
func TestOneServerLives(t *testing.T) {
	for i, model := range models {
		t.Run(fmt.Sprint("model ", i+1), func(t *testing.T) {
			zctx := testlib.Context(t)
			dead := testkit.Endpoint(t, "ipc")
			frozen := testkit.Endpoint(t, "ipc")
			if err := testkit.Socket(t, zctx, zmq.ROUTER, opt.RoutingID.To(frozen)).Bind(frozen); err != nil {
				t.Fatal(err)
			}
			live := testkit.Endpoint(t, "ipc")
			timeout := 300 * time.Millisecond
			if i == 1 {
				timeout = testkit.Hang // model 2 does not ask again
			}
			impatient := func(zctx *zmq.Context, servers []string, _ time.Duration) (asker, error) {
				return model(zctx, servers, timeout)
			}
			var out strings.Builder
			err := run.With(testkit.Soon(t),
				func(ctx context.Context) error {
					return client(ctx, zctx, impatient, []string{dead, frozen, live}, []string{"a", "b"}, &out)
				},
				func(ctx context.Context) error {
					return server(ctx, zctx, live, func(name []byte) []byte { return append([]byte("hello, "), name...) })
				})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := out.String(), "hello, a\nhello, b\n"; got != want {
				t.Errorf("printed %q, want %q", got, want)
			}
		})
	}
}

// The agent goes over to another server when the one that it asks dies.
func TestAgentChangesServers(t *testing.T) {
	zctx := testlib.Context(t)
	first, second := testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")
	a, err := newAgent(zctx, []string{first, second}, 100*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	expect := func(want string) func(context.Context) error {
		return func(ctx context.Context) error {
			reply, err := a.Request(ctx, []byte("who?"))
			if err == nil && string(reply[0]) != want {
				err = fmt.Errorf("the reply is %q, want %q", reply, want)
			}
			return err
		}
	}
	serve := func(endpoint, name string) func(context.Context) error {
		return func(ctx context.Context) error {
			return server(ctx, zctx, endpoint, func([]byte) []byte { return []byte(name) })
		}
	}
	err = run.With(testkit.Soon(t), func(ctx context.Context) error {
		if err := run.With(ctx, expect("first"), serve(first, "first")); err != nil {
			return err
		}
		return run.With(ctx, expect("second"), serve(second, "second"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	_, err = a.Request(testkit.Soon(t), []byte("who?"))
	testkit.WantError(t, err, zmq.ErrClosed)
}

// Without servers nobody waits for longer than was said.
func TestNoServer(t *testing.T) {
	for i, model := range models {
		t.Run(fmt.Sprint("model ", i+1), func(t *testing.T) {
			zctx := testlib.Context(t)
			a, err := model(zctx, []string{testkit.Endpoint(t, "ipc")}, 10*time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			if _, err := a.Request(ctx, []byte("anybody?")); err == nil {
				t.Error("nobody answered")
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
