package main

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gozmq/examples/internal/run"
	"gozmq/examples/lbbroker/balance"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Two workers die with a request each, and no request remains unanswered.
func TestWorkersDie(t *testing.T) {
	zctx := testlib.Context(t)
	at := endpoints{testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")}
	var dead atomic.Int32
	dies := func(ctx context.Context) error {
		err := worker(ctx, zctx, at, func(n int) bool { return n == 1 })
		if err == nil {
			dead.Add(1)
		}
		return err
	}
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			// The one that lives comes when the others have died.
			return run.With(ctx,
				func(ctx context.Context) error { return client(ctx, zctx, at, 4, 50*time.Millisecond, &out) },
				func(ctx context.Context) error {
					if err := run.All(ctx, dies, dies); err != nil {
						return err
					}
					return worker(ctx, zctx, at, func(int) bool { return false })
				},
			)
		},
		func(ctx context.Context) error { return balance.Run(ctx, zctx, at.clients, at.workers) },
	)
	if err != nil {
		t.Fatal(err)
	}
	want := "request 0: answer to request 0\nrequest 1: answer to request 1\n" +
		"request 2: answer to request 2\nrequest 3: answer to request 3\n"
	if got := out.String(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if dead.Load() != 2 {
		t.Errorf("%d workers died, want 2", dead.Load())
	}
}
