package zmq_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func requester(t testing.TB, zctx *zmq.Context, config zmq.RequesterConfig) *zmq.Requester {
	t.Helper()
	r, err := zmq.NewRequester(zctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// serveREP answers each request with its frames, until s is closed.
func serveREP(s *zmq.Socket) error {
	ctx := context.Background()
	for {
		frames, err := s.Recv(ctx)
		if err == nil {
			err = s.Send(ctx, frames...)
		}
		if errors.Is(err, zmq.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// serveROUTER collects some requests and answers them in another order.
func serveROUTER(s *zmq.Socket) error {
	ctx := context.Background()
	batch := make([]zmq.Msg, 50)
	for {
		n, err := s.RecvBatch(ctx, batch)
		for _, i := range rand.Perm(n) {
			if err == nil {
				err = s.SendMsg(ctx, &batch[i])
			}
		}
		if errors.Is(err, zmq.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// askAll sends n requests from each of several goroutines. Each must get its own
// answer.
func askAll(t testing.TB, r *zmq.Requester, goroutines, n int) {
	t.Helper()
	g := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	for k := range goroutines {
		g.Go(func() error {
			for i := range n {
				q := fmt.Sprintf("%d/%d", k, i)
				a, err := r.Request(ctx, []byte(q), nil, []byte("more"))
				if err != nil {
					return fmt.Errorf("request %s: %w", q, err)
				}
				if len(a) != 3 || string(a[0]) != q || len(a[1]) != 0 || string(a[2]) != "more" {
					return fmt.Errorf("request %s has answer %q", q, a)
				}
			}
			return nil
		})
	}
	g.Wait()
}

func TestRequester(t *testing.T) {
	const goroutines, each = 200, 100

	t.Run("a ROUTER that answers out of order", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		g := testkit.NewGroup(t)
		g.Go(func() error { return serveROUTER(server) })
		askAll(t, requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}}), goroutines, each)
		testkit.Drop(server)
		g.Wait()
	})

	t.Run("one REP", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp")
		g := testkit.NewGroup(t)
		g.Go(func() error { return serveREP(server) })
		askAll(t, requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}}), goroutines, each)
		testkit.Drop(server)
		g.Wait()
	})

	t.Run("a server that dies and comes back", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		r := requester(t, zctx, zmq.RequesterConfig{
			Endpoints: []string{endpoint}, Timeout: 300 * time.Millisecond, Retries: 50,
			Settings: []zmq.Setting{opt.ReconnectInterval.To(5 * time.Millisecond)},
		})
		g := testkit.NewGroup(t)
		over := make(chan struct{})
		g.Go(func() error { return flapping(zctx, server, endpoint, over) })
		askAll(t, r, goroutines, each)
		close(over)
		g.Wait()
	})

	t.Run("failover to another endpoint", func(t *testing.T) {
		zctx := testlib.Context(t)
		first, one := testkit.Bound(t, zctx, zmq.REP, "tcp")
		second, two := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		r := requester(t, zctx, zmq.RequesterConfig{
			Endpoints: []string{one, two}, Timeout: time.Second, Retries: 8,
		})
		g := testkit.NewGroup(t)
		g.Go(func() error { return serveSome(first, 500) })
		g.Go(func() error { return serveROUTER(second) })
		askAll(t, r, goroutines, each)
		testkit.Drop(second)
		g.Wait()
	})
}

// serveSome is a REP server that dies after n answers.
func serveSome(s *zmq.Socket, n int) error {
	defer testkit.Drop(s)
	ctx := context.Background()
	for range n {
		frames, err := s.Recv(ctx)
		if err == nil {
			err = s.Send(ctx, frames...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// flapping is a ROUTER server that dies with every 4000 answers, together
// with what it has not answered, until over.
func flapping(zctx *zmq.Context, s *zmq.Socket, endpoint string, over chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-over; cancel() }()
	var m zmq.Msg
	for {
		for range 4000 {
			err := s.RecvMsg(ctx, &m)
			if err == nil {
				err = s.SendMsg(ctx, &m)
			}
			if err != nil {
				testkit.Drop(s)
				if ctx.Err() != nil {
					return nil
				}
				return err
			}
		}
		testkit.Drop(s)
		var err error
		if s, err = zctx.NewSocket(zmq.ROUTER); err != nil {
			return err
		}
		for s.Bind(endpoint) != nil { // the address becomes free a moment later
			if ctx.Err() != nil {
				testkit.Drop(s)
				return nil
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func TestRequesterUnanswered(t *testing.T) {
	zctx := testlib.Context(t)
	server, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")

	t.Run("ctx ends", func(t *testing.T) {
		r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}})
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		_, err := r.Request(ctx, []byte("anybody?"))
		testkit.WantError(t, err, context.DeadlineExceeded)
		_, err = r.Request(ctx, []byte("anybody?"))
		testkit.WantError(t, err, context.DeadlineExceeded)
	})

	t.Run("tries are used up", func(t *testing.T) {
		dead := testkit.DeadEndpoint(t)
		r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint, dead}, Timeout: 20 * time.Millisecond, Retries: 3})
		_, err := r.Request(testkit.Soon(t), []byte("anybody?"))
		testkit.WantError(t, err, os.ErrDeadlineExceeded)
		var failed *zmq.RequestError
		if !errors.As(err, &failed) || len(failed.Tries) != 4 {
			t.Fatalf("%v", err)
		}
		for i, try := range failed.Tries { // they take turns
			if want := []string{endpoint, dead}[i%2]; try.Endpoint != want || !try.Sent {
				t.Errorf("try %d: %+v", i, try)
			}
		}
		if text := failed.Error(); !strings.Contains(text, endpoint) || !strings.Contains(text, dead) {
			t.Error(text)
		}
	})

	t.Run("a late answer is dropped", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}})
		ctx, cancel := context.WithCancel(context.Background())
		g := testkit.NewGroup(t)
		g.Go(func() error {
			if _, err := r.Request(ctx, []byte("slow")); !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%v", err)
			}
			return nil
		})
		late := testkit.Recv(t, server)
		cancel()
		g.Wait()
		testkit.Send(t, server, late...)
		for range 10 { // and so is what is no answer at all
			testkit.Send(t, server, late[0], "x")
			testkit.Send(t, server, late[0], "12345678", "no delimiter")
			testkit.Send(t, server, late[0], "12345678", "", "nobody asked")
			testkit.Send(t, server, late[0])
		}
		g.Go(func() error { return serveROUTER(server) })
		askAll(t, r, 5, 5)
		testkit.Drop(server)
		g.Wait()
	})

	t.Run("a full queue honours ctx", func(t *testing.T) {
		r := requester(t, zctx, zmq.RequesterConfig{
			Endpoints: []string{testkit.DeadEndpoint(t)}, Settings: []zmq.Setting{opt.SendHWM.To(1)},
		})
		for i := range 3 {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
			_, err := r.Request(ctx, []byte("x"))
			cancel()
			testkit.WantError(t, err, context.DeadlineExceeded)
			var failed *zmq.RequestError
			if !errors.As(err, &failed) || len(failed.Tries) != 1 || failed.Tries[0].Sent != (i == 0) {
				t.Errorf("request %d: %v", i, err)
			}
		}
	})

	t.Run("Close wakes all", func(t *testing.T) {
		r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint, testkit.DeadEndpoint(t)}})
		g := testkit.NewGroup(t)
		for range 50 {
			g.Go(func() error {
				if _, err := r.Request(context.Background(), []byte("x")); !errors.Is(err, zmq.ErrClosed) {
					return fmt.Errorf("%v", err)
				}
				return nil
			})
		}
		testkit.Recv(t, server) // they are under way
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		g.Wait()
		testkit.WantError(t, r.Close(), zmq.ErrClosed)
		_, err := r.Request(context.Background(), []byte("x"))
		testkit.WantError(t, err, zmq.ErrClosed)
	})

	t.Run("the Context ends", func(t *testing.T) {
		zctx := testlib.Context(t)
		r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}})
		g := testkit.NewGroup(t)
		g.Go(func() error {
			if _, err := r.Request(context.Background(), []byte("x")); !errors.Is(err, zmq.ErrTerminated) {
				return fmt.Errorf("%v", err)
			}
			return nil
		})
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
		g.Wait()
	})
}

func TestRequesterMisuse(t *testing.T) {
	zctx := testlib.Context(t)
	for _, c := range []zmq.RequesterConfig{
		{},
		{Endpoints: []string{"nonsense"}},
		{Endpoints: []string{"inproc://x", "tcp://127.0.0.1:99999"}},
		{Endpoints: []string{"inproc://x"}, Timeout: -1},
		{Endpoints: []string{"inproc://x"}, Retries: -1, Timeout: 1},
		{Endpoints: []string{"inproc://x"}, Retries: 1},
		{Endpoints: []string{"inproc://x"}, Rest: -1},
	} {
		_, err := zmq.NewRequester(zctx, c)
		testkit.WantError(t, err, zmq.ErrInvalid)
	}
	_, err := zmq.NewRequester(nil, zmq.RequesterConfig{Endpoints: []string{"inproc://x"}})
	testkit.WantError(t, err, zmq.ErrClosed)
	r := requester(t, zctx, zmq.RequesterConfig{Endpoints: []string{"inproc://x"}})
	_, err = r.Request(testkit.Soon(t))
	testkit.WantError(t, err, zmq.ErrInvalid)
	_, err = r.Request(noContext, []byte("x"))
	testkit.WantError(t, err, zmq.ErrInvalid)
	for _, none := range []*zmq.Requester{nil, new(zmq.Requester)} {
		_, err = none.Request(testkit.Soon(t), []byte("x"))
		testkit.WantError(t, err, zmq.ErrClosed)
		testkit.WantError(t, none.Close(), zmq.ErrClosed)
	}
}

func BenchmarkRequester(b *testing.B) {
	zctx := testlib.Context(b)
	server, endpoint := testkit.Bound(b, zctx, zmq.ROUTER, "tcp")
	go func() { _ = serveEcho(server) }()
	r := requester(b, zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}, Timeout: time.Second})
	for _, parallel := range []int{1, 100} {
		b.Run(fmt.Sprint(parallel, " at a time"), func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(max(1, parallel/2))
			var n atomic.Uint64
			work := func() {
				var q [8]byte
				binary.BigEndian.PutUint64(q[:], n.Add(1))
				if _, err := r.Request(context.Background(), q[:]); err != nil {
					b.Error(err)
				}
			}
			if parallel == 1 {
				for range b.N {
					work()
				}
				return
			}
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					work()
				}
			})
		})
	}
}

func serveEcho(s *zmq.Socket) error {
	batch := make([]zmq.Msg, 64)
	for {
		n, err := s.RecvBatch(context.Background(), batch)
		if err == nil {
			_, err = s.SendBatch(context.Background(), batch[:n])
		}
		if err != nil {
			return err
		}
	}
}
