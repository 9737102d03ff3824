package pains

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// The user closed a socket while another goroutine was in Recv: the process
// was aborted, or the goroutine stayed for ever.
func TestP14_CloseDuringRecv(t *testing.T) {
	zctx := testlib.Context(t)
	for range 1000 {
		rep, _ := testkit.Bound(t, zctx, zmq.REP, "inproc")
		group := testkit.NewGroup(t)
		group.Go(func() error {
			if _, err := rep.Recv(context.Background()); !errors.Is(err, zmq.ErrClosed) {
				return fmt.Errorf("error is %v, want %v", err, zmq.ErrClosed)
			}
			return nil
		})
		if err := rep.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
	}
}

// The user handed one ROUTER socket to many workers, with a mutex and without:
// "Assertion failed: ok (mailbox.cpp:82)".
func TestP41_RouterSharedByWorkers(t *testing.T) {
	zctx := testlib.Context(t)
	router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
	const workers, clients, requests = 8, 16, 100
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	work := testkit.NewGroup(t)
	for range workers {
		work.Go(func() error {
			for {
				m, err := router.Recv(ctx)
				if errors.Is(err, context.Canceled) {
					return nil
				}
				if err != nil {
					return err
				}
				if err := router.Send(ctx, m...); err != nil {
					return err
				}
			}
		})
	}
	asked := testkit.NewGroup(t)
	for c := range clients {
		req := testkit.Connected(t, zctx, zmq.REQ, endpoint)
		asked.Go(func() error {
			for i := range requests {
				question := fmt.Sprintf("client %d request %d", c, i)
				if err := req.Send(testkit.Soon(t), []byte(question)); err != nil {
					return err
				}
				answer, err := req.Recv(testkit.Soon(t))
				if err != nil {
					return err
				}
				if len(answer) != 1 || string(answer[0]) != question {
					return fmt.Errorf("%q was answered by %q", question, answer)
				}
			}
			return nil
		})
	}
	asked.Wait()
	stop()
	work.Wait()
}

// The user set a receive timeout as a plain number and got microseconds, and
// EAGAIN for text.
func TestP141_TimeoutsAreDurations(t *testing.T) {
	zctx := testlib.Context(t)
	pull := testkit.Socket(t, zctx, zmq.PULL, opt.RecvTimeout.To(20*time.Millisecond))
	if got, err := opt.RecvTimeout.Get(pull); err != nil || got != 20*time.Millisecond {
		t.Errorf("the timeout is %v, %v", got, err)
	}
	_, err := pull.Recv(context.Background())
	testkit.WantError(t, err, os.ErrDeadlineExceeded)
}

// The user made REQ sockets from many goroutines at once: it crashed.
func TestGC304_SocketsFromManyGoroutines(t *testing.T) {
	zctx := testlib.Context(t)
	rep, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp")
	ctx, stop := context.WithCancel(context.Background())
	serve := testkit.NewGroup(t)
	serve.Go(func() error {
		for {
			m, err := rep.Recv(ctx)
			if errors.Is(err, context.Canceled) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := rep.Send(ctx, m...); err != nil {
				return err
			}
		}
	})
	group := testkit.NewGroup(t)
	for range 100 {
		group.Go(func() error {
			req, err := zctx.NewSocket(zmq.REQ)
			if err != nil {
				return err
			}
			err = errors.Join(req.Connect(endpoint), req.Send(testkit.Soon(t), []byte("hello")))
			_, recvErr := req.Recv(testkit.Soon(t))
			return errors.Join(err, recvErr, req.Close())
		})
	}
	group.Wait()
	stop()
	serve.Wait()
}

// The race detector found Close racing with the reader of a subscriber.
func TestKVCache478_CloseWhileReceiving(t *testing.T) {
	for range 50 {
		zctx, err := libzmq.NewContext()
		if err != nil {
			t.Fatal(err)
		}
		pub, endpoint := testkit.Bound(t, zctx, zmq.PUB, "tcp")
		sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To([]byte("kv@")))
		group := testkit.NewGroup(t)
		for range 2 {
			group.Go(func() error {
				for {
					_, err := sub.Recv(context.Background())
					if errors.Is(err, zmq.ErrClosed) {
						return nil
					}
					if err != nil {
						return err
					}
				}
			})
		}
		for i := range 20 {
			testkit.Send(t, pub, fmt.Sprint("kv@", i))
		}
		if err := sub.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Recv of the user's program could not be left: it blocked for good, with no
// deadline.
func TestGZ74_RecvCanBeLeft(t *testing.T) {
	zctx := testlib.Context(t)
	sub, endpoint := testkit.Bound(t, zctx, zmq.SUB, "tcp", opt.Subscribe.To(nil))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := sub.Recv(ctx)
	testkit.WantError(t, err, context.DeadlineExceeded)
	xpub := testkit.Connected(t, zctx, zmq.XPUB, endpoint)
	testkit.Recv(t, xpub)
	testkit.Send(t, xpub, "still usable")
	testkit.Expect(t, sub, "still usable")
}
