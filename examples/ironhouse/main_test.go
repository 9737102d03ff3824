package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestIronhouse(t *testing.T) {
	zctx := testlib.Context(t)
	if !zctx.Has("curve") {
		t.Skip("this libzmq was built without CURVE")
	}
	dir := t.TempDir()
	for range 2 { // the second time they are there
		if err := makeKeys(dir, "alice", "mallory"); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "clients", "mallory.key")); err != nil {
		t.Fatal(err)
	}
	ask := func(name string) (answer string, err error) {
		endpoint := testkit.Endpoint(t, "ipc")
		var out strings.Builder
		err = run.With(testkit.Soon(t),
			func(ctx context.Context) error { return client(ctx, zctx, endpoint, dir, name, &out) },
			func(ctx context.Context) error { return server(ctx, zctx, endpoint, dir) })
		return out.String(), err
	}
	if got, err := ask("alice"); err != nil || got != "hello, alice: is this house iron?\n" {
		t.Errorf("Alice is answered %q, %v", got, err)
	}
	got, err := ask("mallory")
	testkit.WantError(t, err, errRefused)
	if got != "" {
		t.Errorf("Mallory is answered %q", got)
	}
}
