package mdp

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func echo(_ context.Context, request [][]byte, _ func(...[]byte) error) [][]byte { return request }

// A worker that is told to go, or hears nothing, registers again, as another
// peer.
func TestWorkerRegistersAgain(t *testing.T) {
	for name, lose := range map[string]func(ctx context.Context, broker *zmq.Socket, worker []byte) error{
		"disconnect": func(ctx context.Context, broker *zmq.Socket, worker []byte) error {
			return broker.Send(ctx, message(nil, string(worker), workerHeader, workerDisconnect)...)
		},
		"silence": func(context.Context, *zmq.Socket, []byte) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			zctx := testlib.Context(t)
			broker, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
			err := run.With(testkit.Soon(t), func(ctx context.Context) error {
				workers := map[string]bool{}
				for len(workers) < 2 {
					m, err := broker.Recv(ctx)
					if err != nil {
						return err
					}
					if string(m[2]) != workerReady {
						continue
					}
					if got, want := testkit.Strings(m[1:]), []string{workerHeader, workerReady, "echo"}; !slices.Equal(got, want) {
						return fmt.Errorf("the worker says %q, want %q", got, want)
					}
					workers[string(m[0])] = true
					if err := lose(ctx, broker, m[0]); err != nil {
						return err
					}
				}
				return nil
			}, func(ctx context.Context) error { return Work(ctx, zctx, endpoint, "echo", beat, echo) })
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A request that is not answered is asked again, and what comes late is not
// taken for the answer to the next.
func TestClientAsksAgain(t *testing.T) {
	zctx := testlib.Context(t)
	broker, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
	c := NewClient(zctx, endpoint)
	c.Timeout, c.Retries = beat, 1000
	defer c.Close()
	serve := func(ctx context.Context) error {
		first, err := broker.Recv(ctx) // not answered
		if err != nil {
			return err
		}
		for {
			m, err := broker.Recv(ctx)
			if err != nil {
				return err
			}
			late := message(nil, string(first[0]), clientHeader, clientFinal, "echo", "late")
			for _, reply := range [][][]byte{late, message(m[4:], string(m[0]), clientHeader, clientFinal, "echo")} {
				if err := broker.Send(ctx, reply...); err != nil {
					return err
				}
			}
		}
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		for _, text := range []string{"a", "b"} {
			reply, err := c.Request(ctx, "echo", []byte(text))
			if err != nil {
				return err
			}
			if string(reply[0]) != text {
				return fmt.Errorf("the answer to %q is %q", text, reply)
			}
		}
		return nil
	}, serve)
	if err != nil {
		t.Fatal(err)
	}
}

func TestClientGivesUp(t *testing.T) {
	zctx := testlib.Context(t)
	_, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
	c := NewClient(zctx, endpoint)
	c.Timeout, c.Retries = time.Millisecond, 2
	defer c.Close()
	_, err := c.Request(testkit.Soon(t), "echo", []byte("anybody?"))
	testkit.WantError(t, err, os.ErrDeadlineExceeded)
}

// The whole way, with a worker that goes and another that comes: the broker
// keeps the request meanwhile.
func TestWorkerGoesAndComes(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "inproc")
	c := NewClient(zctx, endpoint)
	defer c.Close()
	c.Timeout = testkit.Hang
	got := make(chan struct{})
	freezes := func(ctx context.Context, _ [][]byte, _ func(...[]byte) error) [][]byte {
		close(got)
		<-ctx.Done()
		return [][]byte{nil}
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		reply, err := c.Request(ctx, "echo", []byte("hello"))
		if err == nil && string(reply[0]) != "hello" {
			err = fmt.Errorf("the answer is %q", reply)
		}
		return err
	},
		func(ctx context.Context) error { return Broker(ctx, zctx, endpoint, beat) },
		func(ctx context.Context) error {
			first, kill := context.WithCancel(ctx)
			defer kill()
			go func() { <-got; kill() }()
			if err := Work(first, zctx, endpoint, "echo", beat, freezes); first.Err() == nil {
				return err
			}
			return Work(ctx, zctx, endpoint, "echo", beat, echo)
		})
	if err != nil {
		t.Fatal(err)
	}
}
