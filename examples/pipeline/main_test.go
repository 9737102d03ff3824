package main

import (
	"context"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestPipeline(t *testing.T) {
	zctx, ctx := testlib.Context(t), testkit.Soon(t)
	at := endpoints{testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")}
	const workers, tasks = 3, 100
	var out strings.Builder
	// No part ends another here: the workers end by the signal, or hang.
	work := func(ctx context.Context) error { return worker(ctx, zctx, at) }
	err := run.All(ctx, work, work, work,
		func(ctx context.Context) error { return ventilator(ctx, zctx, at, workers, tasks) },
		func(ctx context.Context) error { return sink(ctx, zctx, at, workers, tasks, &out) },
	)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "the squares of 1 to 100 add up to 338350\n"; got != want {
		t.Errorf("the sink printed %q, want %q", got, want)
	}
}

// The ventilator gives every worker its share.
func TestFairShares(t *testing.T) {
	zctx, ctx := testlib.Context(t), testkit.Soon(t)
	at := endpoints{tasks: testkit.Endpoint(t, "ipc")}
	all := testkit.NewGroup(t)
	all.Go(func() error { return ventilator(ctx, zctx, at, 2, 100) })
	for range 2 {
		pull := testkit.Connected(t, zctx, zmq.PULL, at.tasks)
		all.Go(func() error { return receive(ctx, pull, 50) })
	}
	all.Wait()
}

func receive(ctx context.Context, pull *zmq.Socket, n int) error {
	for range n {
		if _, err := pull.Recv(ctx); err != nil {
			return err
		}
	}
	return nil
}
