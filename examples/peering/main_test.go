package main

import (
	"context"
	"fmt"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func inproc(cluster, what string) string { return fmt.Sprintf("inproc://%s-%s", cluster, what) }

// A cluster uses its own worker first, and the other cluster's when that is
// busy.
func TestOverflow(t *testing.T) {
	zctx := testlib.Context(t)
	busy, free := make(chan struct{}), make(chan struct{})
	east := func(body []byte) []byte {
		close(busy) // a second request would panic
		<-free
		return append([]byte("east: "), body...)
	}
	west := func(body []byte) []byte { return append([]byte("west: "), body...) }
	expect := func(ctx context.Context, text, want string) error {
		reply, err := request(ctx, zctx, inproc("east", "clients"), text)
		if err == nil && reply != want {
			err = fmt.Errorf("the reply to %q is %q, want %q", text, reply, want)
		}
		return err
	}
	clients := func(ctx context.Context) error {
		return run.All(ctx,
			func(ctx context.Context) error { return expect(ctx, "first", "east: first") },
			func(ctx context.Context) error {
				defer close(free)
				<-busy
				// The west comes only now, and tells its state.
				return run.With(ctx,
					func(ctx context.Context) error {
						for range 3 {
							if err := expect(ctx, "overflow", "west: overflow"); err != nil {
								return err
							}
						}
						return nil
					},
					func(ctx context.Context) error { return runBroker(ctx, zctx, "west", []string{"east"}, inproc) },
					func(ctx context.Context) error { return worker(ctx, zctx, inproc("west", "workers"), west) },
				)
			},
		)
	}
	err := run.With(testkit.Soon(t), clients,
		func(ctx context.Context) error { return runBroker(ctx, zctx, "east", []string{"west"}, inproc) },
		func(ctx context.Context) error { return worker(ctx, zctx, inproc("east", "workers"), east) },
	)
	if err != nil {
		t.Fatal(err)
	}
}
