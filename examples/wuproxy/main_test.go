package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestProxy(t *testing.T) {
	zctx := testlib.Context(t)
	at := endpoints{testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc"), testkit.Endpoint(t, "ipc")}
	var subscribed, tapped, proxied strings.Builder
	listeners := func(ctx context.Context) error {
		return run.All(ctx,
			func(ctx context.Context) error {
				return listen(ctx, zctx, at.outer, "10001", 5, "subscriber", &subscribed)
			},
			func(ctx context.Context) error { return listen(ctx, zctx, at.capture, "10001", 5, "tap", &tapped) },
		)
	}
	// One subscriber stays: without any, the proxy subscribes to nothing, and
	// there would be nothing to tap.
	stays := func(ctx context.Context) error {
		return listen(ctx, zctx, at.outer, "10001", math.MaxInt, "", io.Discard)
	}
	err := run.With(testkit.Soon(t), listeners, stays,
		func(ctx context.Context) error { return publisher(ctx, zctx, at, time.Millisecond) },
		func(ctx context.Context) error { return proxy(ctx, zctx, at, &proxied) },
	)
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{"subscriber": subscribed.String(), "tap": tapped.String()} {
		if got := strings.Count(out, name+`: "10001 `); got != 5 {
			t.Errorf("the %s printed %q, want 5 reports on 10001", name, out)
		}
	}
	var in, out int
	if _, err := fmt.Sscanf(proxied.String(), "proxy: %d subscriptions in, %d reports out\n", &in, &out); err != nil {
		t.Fatalf("%q: %v", proxied.String(), err)
	}
	if in < 1 || out < 5 {
		t.Errorf("%d subscriptions and %d reports went through, want at least 1 and 5", in, out)
	}
}
