package main

import (
	"context"
	"errors"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// A message of an hour ago is the end, those before it are worked on.
func TestOldMessageIsTheEnd(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	pub := testkit.Socket(t, zctx, zmq.XPUB)
	if err := pub.Bind(endpoint); err != nil {
		t.Fatal(err)
	}
	worked := 0
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			return subscriber(ctx, zctx, endpoint, time.Minute, func() { worked++ })
		},
		func(ctx context.Context) error {
			if err := pub.WaitSubscription(ctx, ""); err != nil {
				return err
			}
			for _, age := range []time.Duration{0, 0, time.Hour} {
				if err := pub.Send(ctx, stamp(time.Now().Add(-age))); err != nil {
					return err
				}
			}
			return nil
		})
	var late *LateError
	if !errors.As(err, &late) || late.Delay < time.Hour || worked != 2 {
		t.Errorf("after %d messages the snail ended with %v, want 2 and a message that is an hour old", worked, err)
	}
}

// A snail that is slower than its publisher comes to its end.
func TestSlowSnail(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			return subscriber(ctx, zctx, endpoint, 20*time.Millisecond, func() { time.Sleep(5 * time.Millisecond) })
		},
		func(ctx context.Context) error { return publisher(ctx, zctx, endpoint, time.Millisecond) })
	var late *LateError
	if !errors.As(err, &late) {
		t.Errorf("the snail ended with %v, want %T", err, late)
	}
}
