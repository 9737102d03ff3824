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

func TestEnvelopes(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return subscriber(ctx, zctx, endpoint, &out) },
		func(ctx context.Context) error { return publisher(ctx, zctx, endpoint) },
	)
	if err != nil {
		t.Fatal(err)
	}
	want := "[B] from bob: We would like to see this\n[B] from carol: And this too\n"
	if got := out.String(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
