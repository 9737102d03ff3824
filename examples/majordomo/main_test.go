package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"gozmq/examples/internal/run"
	"gozmq/examples/majordomo/mdp"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestMajordomo(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	const beat = time.Second
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return client(ctx, zctx, endpoint, "to be or not", &out) },
		func(ctx context.Context) error { return mdp.Broker(ctx, zctx, endpoint, beat) },
		func(ctx context.Context) error { return mdp.Work(ctx, zctx, endpoint, "words", beat, words) },
	)
	if err != nil {
		t.Fatal(err)
	}
	want := "to\nbe\nor\nnot\n4 words\nservice words: 200\nservice swords: 404\n"
	if got := out.String(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
