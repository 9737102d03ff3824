package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const beat = 20 * time.Millisecond

func echo(_ context.Context, body []byte) []byte { return body }

func TestPool(t *testing.T) {
	begin := time.Now()
	p := pool{patience: time.Second, lastSeen: map[string]time.Time{}}
	p.ready("a", begin)
	p.ready("b", begin)
	p.ready("c", begin)
	if got := p.next(); got != "a" {
		t.Errorf("next is %q, want the one that was ready first", got)
	}
	p.seen("b", begin.Add(time.Second))
	p.seen("stranger", begin.Add(time.Second))
	p.purge(begin.Add(1500 * time.Millisecond))
	if !slices.Equal(p.idle, []string{"b"}) || len(p.lastSeen) != 1 {
		t.Errorf("%q are idle and %v live, want b alone", p.idle, p.lastSeen)
	}
}

// A worker that says it is ready and then nothing is forgotten: the request
// goes to the worker whose heart beats.
func TestFrozenWorker(t *testing.T) {
	zctx, ctx := testlib.Context(t), testkit.Soon(t)
	at := endpoints{testkit.Endpoint(t, "inproc"), testkit.Endpoint(t, "inproc")}
	frozen := testkit.Connected(t, zctx, zmq.DEALER, at.workers)
	testkit.Send(t, frozen, ready)
	var out strings.Builder
	err := run.With(ctx,
		func(ctx context.Context) error {
			if err := silent(ctx, frozen); err != nil {
				return err
			}
			return run.With(ctx,
				func(ctx context.Context) error { return client(ctx, zctx, at, 2, time.Second, &out) },
				func(ctx context.Context) error { return worker(ctx, zctx, at.workers, beat, echo) })
		},
		func(ctx context.Context) error { return queue(ctx, zctx, at, beat) })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "request 0: request 0\nrequest 1: request 1\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	testkit.ExpectNone(t, frozen)
}

// silent waits until a socket gets no more heartbeats: the queue has forgotten
// it.
func silent(ctx context.Context, dealer *zmq.Socket) error {
	for {
		soon, cancel := context.WithTimeout(ctx, 25*beat)
		_, err := dealer.Recv(soon)
		cancel()
		if err != nil {
			return ctx.Err()
		}
	}
}

// A worker whose queue is silent reports again, on another connection.
func TestSilentQueue(t *testing.T) {
	zctx := testlib.Context(t)
	queue, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			var first []byte
			for {
				m, err := queue.Recv(ctx)
				if err != nil {
					return err
				}
				if string(m[1]) != ready {
					continue
				}
				if first == nil {
					first = m[0]
				} else if !bytes.Equal(m[0], first) {
					return nil
				}
			}
		},
		func(ctx context.Context) error { return worker(ctx, zctx, endpoint, beat, echo) })
	if err != nil {
		t.Fatal(err)
	}
}

// The heart beats on while a worker works.
func TestHeartBeatsDuringWork(t *testing.T) {
	zctx := testlib.Context(t)
	queue, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
	release := make(chan struct{})
	answer := func(ctx context.Context, body []byte) []byte {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return body
	}
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			for beats := 0; ; {
				m, err := queue.Recv(ctx)
				if err != nil {
					return err
				}
				switch worker := m[0]; {
				case len(m) > 2: // the answer
					return nil
				case string(m[1]) == ready:
					err = queue.Send(ctx, worker, []byte("client"), nil, []byte("work"))
				default:
					if beats++; beats == 2*liveness {
						close(release)
					}
					err = queue.Send(ctx, worker, []byte(heartbeat))
				}
				if err != nil {
					return err
				}
			}
		},
		func(ctx context.Context) error { return worker(ctx, zctx, endpoint, beat, answer) })
	if err != nil {
		t.Fatal(err)
	}
}
