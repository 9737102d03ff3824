package behaviour

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

func TestClose(t *testing.T) {
	t.Run("I8 what was sent before Close is delivered to a slow peer", func(t *testing.T) {
		for _, transport := range testkit.Transports {
			zctx := testlib.Context(t)
			slow := opt.RecvHWM.To(1)
			if transport == "ipc" {
				// libzmq stops reading a local socket whose other end hangs up
				// while the receiver is at its high-water mark.
				slow = opt.RecvHWM.To(1000)
			}
			pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport, slow)
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			// More than fits into the kernel's buffers, less than SNDHWM.
			const n = 500
			for i := range n {
				testkit.Send(t, push, testkit.Numbered(i), string(make([]byte, 10_000)))
			}
			if err := push.Close(); err != nil {
				t.Error(err)
			}
			for i := range n {
				if got := testkit.Recv(t, pull)[0]; got != testkit.Numbered(i) {
					t.Fatalf("message %d is %q", i, got)
				}
			}
		}
	})
	t.Run("I22 E3 Close with unread messages does not block the peer", func(t *testing.T) {
		zctx := testlib.Context(t)
		pair, endpoint := testkit.Bound(t, zctx, zmq.PAIR, "tcp")
		for i := range 5 {
			// A PAIR turns the next peer away until it has seen the last one
			// go, and nothing tells when it has: knock until it opens.
			var peer *zmq.Socket
			testkit.Eventually(t, "the next peer attaches", func() bool {
				peer = testkit.Connected(t, zctx, zmq.PAIR, endpoint)
				testkit.Send(t, peer, fmt.Sprint("hello ", i))
				ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
				defer cancel()
				frames, err := pair.Recv(ctx)
				if err == nil {
					return string(frames[0]) == fmt.Sprint("hello ", i)
				}
				if err := peer.Close(); err != nil {
					t.Error(err)
				}
				return false
			})
			testkit.Send(t, pair, fmt.Sprint("unread ", i))
			if err := peer.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("Z3 10,000 contexts and sockets come and go", func(t *testing.T) {
		descriptors := testkit.Descriptors()
		zctx := testlib.Context(t)
		pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		for i := range 5000 {
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			testkit.Send(t, push, "x")
			testkit.Expect(t, pull, "x")
			if err := push.Close(); err != nil {
				t.Fatal(i, err)
			}
		}
		for i := range 500 {
			other, err := libzmq.NewContext()
			if err != nil {
				t.Fatal(i, err)
			}
			pull, push := testkit.Pair(t, other, "tcp", zmq.PULL, zmq.PUSH)
			if i%10 == 0 {
				testkit.Send(t, push, "x")
				testkit.Expect(t, pull, "x")
			}
			if err := other.Close(); err != nil {
				t.Fatal(i, err)
			}
		}
		testkit.Eventually(t, "all descriptors are back", func() bool { return testkit.Descriptors() <= descriptors+10 })
	})
}

func TestShutdown(t *testing.T) {
	within := func(d time.Duration) context.Context {
		ctx, cancel := context.WithTimeout(context.Background(), d)
		t.Cleanup(cancel)
		return ctx
	}
	newContext := func(t *testing.T, settings ...zmq.ContextSetting) *zmq.Context {
		zctx, err := libzmq.NewContext(settings...)
		if err != nil {
			t.Fatal(err)
		}
		return zctx
	}
	unsent := func(t *testing.T, zctx *zmq.Context, endpoint string, settings ...zmq.Setting) *zmq.Socket {
		push, err := zctx.NewSocket(zmq.PUSH, settings...)
		if err != nil {
			t.Fatal(err)
		}
		if err := push.Connect(endpoint); err != nil {
			t.Fatal(err)
		}
		testkit.Send(t, push, "unsent")
		return push
	}
	t.Run("I7 LINGER -1 and a dead peer: Shutdown gives up with ctx, and goes on when the peer comes", func(t *testing.T) {
		zctx := newContext(t)
		home := testlib.Context(t)
		pull, endpoint := testkit.Bound(t, home, zmq.PULL, "ipc")
		if err := pull.Unbind(endpoint); err != nil {
			t.Fatal(err)
		}
		unsent(t, zctx, endpoint)
		err := zctx.Shutdown(within(50 * time.Millisecond))
		testkit.WantError(t, err, context.DeadlineExceeded)
		testkit.Eventually(t, "the peer is bound again", func() bool { return pull.Bind(endpoint) == nil })
		testkit.Expect(t, pull, "unsent")
		if err := zctx.Shutdown(testkit.Soon(t)); err != nil {
			t.Error(err)
		}
		if err := zctx.Close(); err != nil {
			t.Errorf("closing again: %v", err)
		}
	})
	t.Run("I7 LINGER 0 drops, and Shutdown is nil at once", func(t *testing.T) {
		zctx := newContext(t)
		unsent(t, zctx, testkit.DeadEndpoint(t), opt.Linger.To(0))
		if err := zctx.Shutdown(testkit.Soon(t)); err != nil {
			t.Error(err)
		}
	})
	t.Run("I7 a LINGER that ends is ErrLinger, not before its time", func(t *testing.T) {
		zctx := newContext(t)
		const linger = 100 * time.Millisecond
		unsent(t, zctx, testkit.DeadEndpoint(t), opt.Linger.To(linger))
		began := time.Now()
		testkit.WantError(t, zctx.Shutdown(testkit.Soon(t)), zmq.ErrLinger)
		if took := time.Since(began); took < linger {
			t.Errorf("it took %v, LINGER is %v", took, linger)
		}
	})
	t.Run("I9 nothing unsent: Close is immediate with LINGER -1 and a dead peer", func(t *testing.T) {
		zctx := newContext(t)
		testkit.Connected(t, zctx, zmq.PUSH, testkit.DeadEndpoint(t))
		testkit.Connected(t, zctx, zmq.REQ, testkit.DeadEndpoint(t))
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("I1 a context without sockets, and one with a closed socket", func(t *testing.T) {
		if err := newContext(t).Close(); err != nil {
			t.Error(err)
		}
		zctx := newContext(t)
		s := testkit.Socket(t, zctx, zmq.PULL)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("I3 I4 after Shutdown every call is ErrTerminated, and Close works", func(t *testing.T) {
		zctx := newContext(t)
		s := testkit.Socket(t, zctx, zmq.DEALER)
		if err := zctx.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := zctx.NewSocket(zmq.PULL)
		testkit.WantError(t, err, zmq.ErrTerminated)
		_, err = s.Recv(testkit.Soon(t))
		testkit.WantError(t, err, zmq.ErrTerminated)
		testkit.WantError(t, s.Send(testkit.Soon(t), []byte("x")), zmq.ErrTerminated)
		testkit.WantError(t, s.Close(), net.ErrClosed)
		if err := zctx.Close(); err != nil {
			t.Errorf("closing again: %v", err)
		}
	})
	t.Run("I2 64 parked calls return ErrTerminated, which is net.ErrClosed", func(t *testing.T) {
		zctx := newContext(t)
		group := testkit.NewGroup(t)
		var sockets []*zmq.Socket
		for i := range 64 {
			s := testkit.Socket(t, zctx, zmq.PULL)
			push := testkit.Socket(t, zctx, zmq.PUSH)
			sockets = append(sockets, s, push)
			group.Go(func() error {
				var err error
				if i%2 == 0 {
					_, err = s.Recv(context.Background())
				} else {
					err = push.Send(context.Background(), []byte("x"))
				}
				if !errors.Is(err, zmq.ErrTerminated) || !errors.Is(err, net.ErrClosed) {
					return fmt.Errorf("error is %v, want %v", err, zmq.ErrTerminated)
				}
				return nil
			})
		}
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
		for _, s := range sockets {
			testkit.WantError(t, s.Close(), net.ErrClosed)
		}
	})
	t.Run("I21 I23 L5 inproc connections without a binder do not hold up the end", func(t *testing.T) {
		zctx := newContext(t)
		for i := range 20 {
			s := unsent(t, zctx, fmt.Sprintf("inproc://nobody-%d", i))
			if i%2 == 0 {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("I14 Close while connections are being made", func(t *testing.T) {
		for range 10 {
			zctx := newContext(t, opt.IOThreads.To(4))
			_, endpoint := testkit.Bound(t, zctx, zmq.PUB, "tcp")
			group := testkit.NewGroup(t)
			for range 50 {
				group.Go(func() error {
					s, err := zctx.NewSocket(zmq.SUB)
					if err != nil {
						return err
					}
					return errors.Join(s.Connect(endpoint), s.Close())
				})
			}
			group.Wait()
			if err := zctx.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("Shutdown from many goroutines at once", func(t *testing.T) {
		zctx := newContext(t)
		testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.REQ)
		group := testkit.NewGroup(t)
		for range 16 {
			group.Go(func() error { return zctx.Close() })
		}
		group.Wait()
	})
}
