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

// Each request is answered, several times, to the client that sent it.
func TestRepliesFindTheirClient(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	var small, large strings.Builder
	clients := func(ctx context.Context) error {
		return run.All(ctx,
			func(ctx context.Context) error { return client(ctx, zctx, endpoint, 3, &small) },
			func(ctx context.Context) error { return client(ctx, zctx, endpoint, 30, &large) },
		)
	}
	err := run.With(testkit.Soon(t), clients,
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, 4, countdown) })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := small.String(), "3 requests, 6 replies\n"; got != want {
		t.Errorf("the small client printed %q, want %q", got, want)
	}
	if got, want := large.String(), "30 requests, 465 replies\n"; got != want {
		t.Errorf("the large client printed %q, want %q", got, want)
	}
}

// The first request is answered only after the last one: that ends only if the
// client does not wait for answers, nor the server with others for a slow one.
func TestNobodyWaits(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	last := make(chan struct{})
	handle := func(request []byte, reply func(string) error) error {
		switch string(request) {
		case "1":
			<-last
		case "5":
			close(last)
		}
		return reply("END")
	}
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return client(ctx, zctx, endpoint, 5, &out) },
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, 2, handle) },
	)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "5 requests, 5 replies\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
