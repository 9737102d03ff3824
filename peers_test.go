package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func wantPeers(t testing.TB, s *zmq.Socket, n int) {
	t.Helper()
	testkit.Eventually(t, fmt.Sprintf("%d peers", n), func() bool {
		got, err := s.Peers()
		if err != nil {
			t.Fatal(err)
		}
		return got == n
	})
}

// dial connects a plain TCP client.
func dial(t testing.TB, endpoint string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestWaitPeers(t *testing.T) {
	zctx := testlib.Context(t)
	for _, transport := range []string{"tcp", "ipc"} {
		t.Run("counts those that come and go over "+transport, func(t *testing.T) {
			server, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, transport, zmq.TrackPeers())
			var clients []*zmq.Socket
			for n := 1; n <= 5; n++ {
				clients = append(clients, testkit.Connected(t, zctx, zmq.DEALER, endpoint))
				if err := server.WaitPeers(testkit.Soon(t), n); err != nil {
					t.Fatal(err)
				}
			}
			for i, c := range clients {
				testkit.Drop(c)
				wantPeers(t, server, 4-i)
			}
		})
	}
	t.Run("a failed handshake is no peer", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp", zmq.TrackPeers())
		testkit.Connected(t, zctx, zmq.PUSH, endpoint)
		if err := server.WaitPeers(testkit.Soon(t), 1); err != nil {
			t.Fatal(err)
		}
		m := watch(t, server)
		testkit.Connected(t, zctx, zmq.PULL, endpoint) // does not fit
		expectEvents(t, m, zmq.EventAccepted, zmq.EventDisconnected)
		wantPeers(t, server, 1)
	})
	t.Run("a plain TCP client of a STREAM is one", func(t *testing.T) {
		stream, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp", zmq.TrackPeers())
		c := dial(t, endpoint)
		wantPeers(t, stream, 1)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		wantPeers(t, stream, 0)
	})
	t.Run("a lost peer that comes back counts once", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.REP, "ipc")
		client := testkit.Connected(t, zctx, zmq.REQ, endpoint, zmq.TrackPeers(), opt.ReconnectInterval.To(time.Millisecond))
		for range 5 {
			if err := client.WaitPeers(testkit.Soon(t), 1); err != nil {
				t.Fatal(err)
			}
			testkit.Drop(server)
			wantPeers(t, client, 0)
			server = testkit.Socket(t, zctx, zmq.REP)
			testkit.Eventually(t, "the endpoint is free", func() bool { return server.Bind(endpoint) == nil })
		}
		wantPeers(t, client, 1)
	})
	t.Run("Disconnect and Unbind let peers go", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp", zmq.TrackPeers())
		client := testkit.Connected(t, zctx, zmq.PUSH, endpoint, zmq.TrackPeers())
		other := testkit.Connected(t, zctx, zmq.PUSH, endpoint, zmq.TrackPeers())
		for s, n := range map[*zmq.Socket]int{server: 2, client: 1, other: 1} {
			if err := s.WaitPeers(testkit.Soon(t), n); err != nil {
				t.Fatal(err)
			}
		}
		if err := client.Disconnect(endpoint); err != nil {
			t.Fatal(err)
		}
		wantPeers(t, client, 0)
		wantPeers(t, server, 1)
		if err := server.Unbind(endpoint); err != nil {
			t.Fatal(err)
		}
		wantPeers(t, server, 0)
		wantPeers(t, other, 0)
	})
	t.Run("works without TrackPeers when it is first", func(t *testing.T) {
		server := testkit.Socket(t, zctx, zmq.PUB)
		waiting := testkit.NewGroup(t)
		ctx, cancel := context.WithTimeout(context.Background(), testkit.Hang)
		defer cancel()
		waiting.Go(func() error { return server.WaitPeers(ctx, 1) })
		testkit.Eventually(t, "it counts", func() bool { _, err := server.Peers(); return err == nil })
		testkit.Connected(t, zctx, zmq.SUB, testkit.Bind(t, server, "tcp"))
		waiting.Wait()
	})
	t.Run("says so when it comes too late", func(t *testing.T) {
		server, _ := testkit.Bound(t, zctx, zmq.PUB, "tcp")
		testkit.WantError(t, server.WaitPeers(testkit.Soon(t), 1), zmq.ErrState)
		_, err := server.Peers()
		testkit.WantError(t, err, zmq.ErrState)
		testkit.WantError(t, server.Set(zmq.TrackPeers()), zmq.ErrState)
		inproc, _ := testkit.Bound(t, zctx, zmq.PUB, "inproc", zmq.TrackPeers())
		testkit.WantError(t, inproc.WaitPeers(testkit.Soon(t), 1), zmq.ErrNotSupported)
	})
	t.Run("can be cancelled, and ends with its socket", func(t *testing.T) {
		s := testkit.Socket(t, zctx, zmq.PULL, zmq.TrackPeers())
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(time.Millisecond, cancel)
		testkit.WantError(t, s.WaitPeers(ctx, 1), context.Canceled)
		waiting := testkit.NewGroup(t)
		for range 10 {
			waiting.Go(func() error {
				if err := s.WaitPeers(context.Background(), 1); !errors.Is(err, zmq.ErrClosed) {
					return fmt.Errorf("error is %v, want %v", err, zmq.ErrClosed)
				}
				return nil
			})
		}
		testkit.Drop(s)
		waiting.Wait()
		testkit.WantError(t, s.WaitPeers(testkit.Soon(t), 1), zmq.ErrClosed)
		testkit.WantError(t, (*zmq.Socket)(nil).WaitPeers(testkit.Soon(t), 1), zmq.ErrClosed)
	})
	t.Run("does not lose count in a churn", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp", zmq.TrackPeers())
		stop := make(chan struct{})
		churning := testkit.NewGroup(t)
		churning.Go(func() error { return churn(endpoint, stop) })
		for range 50 {
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			if err := server.WaitPeers(testkit.Soon(t), 1); err != nil {
				t.Fatal(err)
			}
			testkit.Drop(push)
			wantPeers(t, server, 0)
		}
		close(stop)
		churning.Wait()
	})
}

func TestWaitSubscription(t *testing.T) {
	zctx := testlib.Context(t)
	for _, transport := range testkit.Transports {
		t.Run("what is sent after it arrives, over "+transport, func(t *testing.T) {
			pub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, transport)
			sub := testkit.Connected(t, zctx, zmq.SUB, endpoint)
			if err := sub.Subscribe("other", "weather."); err != nil {
				t.Fatal(err)
			}
			if err := pub.WaitSubscription(testkit.Soon(t), "weather."); err != nil {
				t.Fatal(err)
			}
			testkit.Send(t, pub, "weather.london", "rain")
			testkit.Expect(t, sub, "weather.london", "rain")
			testkit.Expect(t, pub, "\x01other")
			testkit.ExpectNone(t, pub)
		})
	}
	t.Run("a wait that is given up takes nothing", func(t *testing.T) {
		pub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc")
		sub := testkit.Connected(t, zctx, zmq.SUB, endpoint)
		if err := sub.Subscribe("a", "b"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		defer cancel()
		testkit.WantError(t, pub.WaitSubscription(ctx, "c"), context.DeadlineExceeded)
		testkit.Expect(t, pub, "\x01a")
		testkit.Expect(t, pub, "\x01b")
	})
	t.Run("only XPUB is told", func(t *testing.T) {
		pub := testkit.Socket(t, zctx, zmq.PUB)
		testkit.WantError(t, pub.WaitSubscription(testkit.Soon(t), ""), zmq.ErrNotSupported)
		xpub := testkit.Socket(t, zctx, zmq.XPUB)
		testkit.Drop(xpub)
		testkit.WantError(t, xpub.WaitSubscription(testkit.Soon(t), ""), zmq.ErrClosed)
	})
}

// churn makes connections come and go until stop.
func churn(endpoint string, stop chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
		if err != nil {
			return err
		}
		_, err = c.Read(make([]byte, 1)) // the greeting: it was accepted
		if err := errors.Join(err, c.Close()); err != nil {
			return err
		}
	}
}
