package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Nobody gets an answer before all have asked: that ends only if the server
// works on all requests at the same time.
func TestServerIsConcurrent(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	const clients = 5
	var asked sync.WaitGroup
	asked.Add(clients)
	answer := func(name []byte) []byte {
		asked.Done()
		asked.Wait()
		return append([]byte("hello, "), name...)
	}
	var out [clients]strings.Builder
	var asking []func(context.Context) error
	for i := range clients {
		asking = append(asking, func(ctx context.Context) error {
			return client(ctx, zctx, endpoint, fmt.Sprint(i), &out[i])
		})
	}
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return run.All(ctx, asking...) },
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, clients, answer) })
	if err != nil {
		t.Fatal(err)
	}
	for i := range clients {
		if got, want := out[i].String(), fmt.Sprintf("hello, %d\n", i); got != want {
			t.Errorf("client %d printed %q, want %q", i, got, want)
		}
	}
}
