package main

import (
	"context"
	"strings"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestBroker(t *testing.T) {
	for name, exchange := range map[string]exchangeFunc{"by hand": byHand, "by proxy": byProxy} {
		t.Run(name, func(t *testing.T) {
			zctx := testlib.Context(t)
			at := endpoints{testkit.Endpoint(t, "inproc"), testkit.Endpoint(t, "inproc")}
			work := func(ctx context.Context) error { return worker(ctx, zctx, at) }
			var first, second strings.Builder
			clients := func(ctx context.Context) error {
				return run.All(ctx,
					func(ctx context.Context) error { return client(ctx, zctx, at, []string{"a", "b"}, &first) },
					func(ctx context.Context) error { return client(ctx, zctx, at, []string{"c", "d"}, &second) },
				)
			}
			err := run.With(testkit.Soon(t), clients,
				func(ctx context.Context) error { return broker(ctx, zctx, at, exchange) }, work, work)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := first.String(), "a: A\nb: B\n"; got != want {
				t.Errorf("the first client printed %q, want %q", got, want)
			}
			if got, want := second.String(), "c: C\nd: D\n"; got != want {
				t.Errorf("the second client printed %q, want %q", got, want)
			}
		})
	}
}
