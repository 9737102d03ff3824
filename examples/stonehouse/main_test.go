package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestStonehouse(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "ipc")
	if !zctx.Has("curve") {
		t.Skip("this libzmq was built without CURVE")
	}
	key := filepath.Join(t.TempDir(), "server")
	for range 2 { // the second time it is there
		if err := makeKey(key); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return client(ctx, zctx, endpoint, key, &out) },
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, key) })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "hello, stonehouse\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

// Who has another key for the server, or none, does not get through.
func TestWrongServerKey(t *testing.T) {
	zctx := testlib.Context(t)
	if !zctx.Has("curve") {
		t.Skip("this libzmq was built without CURVE")
	}
	key := filepath.Join(t.TempDir(), "server")
	if err := makeKey(key); err != nil {
		t.Fatal(err)
	}
	other, own, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	for name, setting := range map[string]zmq.Setting{"another key": curve.Client(other, own), "no key": {}} {
		t.Run(name, func(t *testing.T) {
			endpoint := testkit.Endpoint(t, "ipc")
			req := testkit.Socket(t, zctx, zmq.REQ, setting)
			mon, err := req.Monitor(zmq.EventHandshakeSucceeded, zmq.EventDisconnected, zmq.EventHandshakeFailed, zmq.EventHandshakeProtocol)
			if err != nil {
				t.Fatal(err)
			}
			defer mon.Close()
			err = run.With(testkit.Soon(t), func(ctx context.Context) error {
				if err := req.Connect(endpoint); err != nil {
					return err
				}
				e, err := mon.Recv(ctx)
				if err == nil && e.Type == zmq.EventHandshakeSucceeded {
					t.Error("the handshake succeeded")
				}
				return err
			}, func(ctx context.Context) error { return server(ctx, zctx, endpoint, key) })
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
