package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Every request has its own answer, in spite of the server.
func TestBadServer(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	moods := []mood{ill, well, tired, ill, well} // then well
	moodAt := func(n int) mood {
		if n < len(moods) {
			return moods[n]
		}
		return well
	}
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			return client(ctx, zctx, endpoint, 3, 50*time.Millisecond, 100, &out)
		},
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, moodAt) },
	)
	if err != nil {
		t.Fatal(err)
	}
	want := "request 0: answer to request 0\nrequest 1: answer to request 1\nrequest 2: answer to request 2\n"
	if got := out.String(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

// Without a server the client gives up, and says what it tried.
func TestNoServer(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "ipc")
	err := client(testkit.Soon(t), zctx, endpoint, 1, time.Millisecond, 2, &strings.Builder{})
	testkit.WantError(t, err, os.ErrDeadlineExceeded)
	var failed *zmq.RequestError
	if !errors.As(err, &failed) || len(failed.Tries) != 3 {
		t.Errorf("the error is %v, want three tries", err)
	}
}
