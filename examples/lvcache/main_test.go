package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Who subscribes when all has been published gets it, by itself.
func TestLateSubscribers(t *testing.T) {
	zctx := testlib.Context(t)
	at := endpoints{testkit.Endpoint(t, "inproc"), testkit.Endpoint(t, "inproc")}
	pub := testkit.Socket(t, zctx, zmq.XPUB)
	if err := pub.Bind(at.inner); err != nil {
		t.Fatal(err)
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		early := testkit.Connected(t, zctx, zmq.SUB, at.outer)
		if err := early.Subscribe(""); err != nil {
			return err
		}
		if err := pub.WaitSubscription(ctx, ""); err != nil {
			return err
		}
		for _, text := range []string{"first", "last"} {
			testkit.Send(t, pub, "topic 1", text)
			testkit.Send(t, pub, "topic 2", text)
		}
		testkit.Send(t, pub, "END")
		for testkit.Recv(t, early)[0] != "END" { // the cache has them now
		}
		for range 2 { // the second finds that the topic is subscribed already
			var out strings.Builder
			if err := subscriber(ctx, zctx, at, "topic 1", &out); err != nil {
				return err
			}
			if got, want := out.String(), "topic 1: last\n"; got != want {
				t.Errorf("a late subscriber printed %q, want %q", got, want)
			}
		}
		late := testkit.Connected(t, zctx, zmq.SUB, at.outer)
		if err := late.Subscribe("topic"); err != nil {
			return err
		}
		topics := []string{testkit.Recv(t, late)[0], testkit.Recv(t, late)[0]}
		slices.Sort(topics)
		if want := []string{"topic 1", "topic 2"}; !slices.Equal(topics, want) {
			t.Errorf("a prefix brought %q, want %q", topics, want)
		}
		return nil
	}, func(ctx context.Context) error { return cache(ctx, zctx, at) })
	if err != nil {
		t.Fatal(err)
	}
}
