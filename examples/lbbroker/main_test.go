package main

import (
	"context"
	"strings"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/examples/lbbroker/balance"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func echo(body []byte) []byte { return body }

// A worker that is busy holds up nobody but who waits for it.
func TestBusyWorkerGetsNothing(t *testing.T) {
	zctx := testlib.Context(t)
	at := endpoints{testkit.Endpoint(t, "inproc"), testkit.Endpoint(t, "inproc")}
	begun, othersDone := make(chan struct{}), make(chan struct{})
	slow := func(body []byte) []byte {
		close(begun) // a second request would panic
		<-othersDone
		return append([]byte("slow "), body...)
	}
	ctx := testkit.Soon(t)
	var first, second strings.Builder
	clients := func(ctx context.Context) error {
		return run.All(ctx,
			func(ctx context.Context) error { return client(ctx, zctx, at, []string{"a"}, &first) },
			func(ctx context.Context) error {
				defer close(othersDone)
				<-begun
				return run.With(ctx,
					func(ctx context.Context) error {
						return client(ctx, zctx, at, []string{"b", "c", "d", "e"}, &second)
					},
					func(ctx context.Context) error { return worker(ctx, zctx, at, echo) },
				)
			},
		)
	}
	err := run.With(ctx, clients,
		func(ctx context.Context) error { return balance.Run(ctx, zctx, at.clients, at.workers) },
		func(ctx context.Context) error { return worker(ctx, zctx, at, slow) },
	)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := first.String(), "slow a\n"; got != want {
		t.Errorf("the first client printed %q, want %q", got, want)
	}
	if got, want := second.String(), "b\nc\nd\ne\n"; got != want {
		t.Errorf("the second client printed %q, want %q", got, want)
	}
}
