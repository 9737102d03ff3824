package main

import (
	"strings"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Many more updates than the queues hold, and not one is missed.
func TestNobodyMissesAnUpdate(t *testing.T) {
	zctx, endpoint, ctx := testlib.Context(t), testkit.Endpoint(t, "inproc"), testkit.Soon(t)
	const updates = 5000
	var out [3]strings.Builder
	all := testkit.NewGroup(t)
	for i := range out {
		all.Go(func() error { return subscriber(ctx, zctx, endpoint, &out[i]) })
	}
	all.Go(func() error { return publisher(ctx, zctx, endpoint, len(out), updates) })
	all.Wait()
	for i := range out {
		if got, want := out[i].String(), "5000 updates\n"; got != want {
			t.Errorf("subscriber %d printed %q, want %q", i, got, want)
		}
	}
}
