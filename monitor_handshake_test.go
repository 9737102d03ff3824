package zmq_test

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// deny is a ZAP handler that answers every request with one status.
func deny(t testing.TB, zctx *zmq.Context, status string) {
	t.Helper()
	zap := testkit.Socket(t, zctx, zmq.REP)
	if err := zap.Bind("inproc://zeromq.zap.01"); err != nil {
		t.Fatal(err)
	}
	handling := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	handling.Go(func() error {
		for {
			frames, err := zap.Recv(ctx)
			if err != nil {
				return nil // the test is over
			}
			err = zap.Send(ctx, []byte("1.0"), frames[1], []byte(status), nil, nil, nil)
			if err != nil {
				return nil
			}
		}
	})
	t.Cleanup(func() { testkit.Drop(zap); handling.Wait() })
}

func TestHandshakeEvents(t *testing.T) {
	t.Run("N9 another mechanism", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
		m := watch(t, server)
		testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.PlainUsername.To("me"), opt.PlainPassword.To("secret"))
		ev := expectEvents(t, m, zmq.EventAccepted, zmq.EventHandshakeProtocol, zmq.EventDisconnected)[1]
		var why zmq.ProtocolError
		if !errors.As(ev.Err, &why) || why != zmq.ProtocolMechanismMismatch {
			t.Errorf("the reason is %v, want %v", ev.Err, zmq.ProtocolMechanismMismatch)
		}
	})
	for status, want := range map[string]zmq.AuthError{"300": zmq.AuthTemporary, "400": zmq.AuthDenied, "500": zmq.AuthInternal} {
		t.Run("N9 ZAP says "+status, func(t *testing.T) {
			zctx := testlib.Context(t)
			deny(t, zctx, status)
			server := testkit.Socket(t, zctx, zmq.PULL, opt.ZAPDomain.To("test"), zmq.TrackPeers())
			onServer := watch(t, server, zmq.EventHandshakeAuth)
			endpoint := testkit.Bind(t, server, "tcp")
			client := testkit.Socket(t, zctx, zmq.PUSH)
			onClient := watch(t, client, zmq.EventHandshakeAuth)
			if err := client.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			monitors := []*zmq.Monitor{onServer, onClient}
			if want == zmq.AuthTemporary {
				monitors = monitors[:1] // the peer is not told
			}
			for _, m := range monitors {
				ev := expectEvents(t, m, zmq.EventHandshakeAuth)[0]
				var why zmq.AuthError
				if !errors.As(ev.Err, &why) || why != want {
					t.Errorf("the reason is %v, want %v", ev.Err, want)
				}
			}
			if n, err := server.Peers(); n != 0 || err != nil {
				t.Errorf("%d peers, %v; want none", n, err)
			}
		})
	}
	t.Run("N9 a peer that goes away, and one that is silent", func(t *testing.T) {
		zctx := testlib.Context(t)
		server := testkit.Socket(t, zctx, zmq.PULL, opt.HandshakeInterval.To(20*time.Millisecond))
		m := watch(t, server)
		endpoint := testkit.Bind(t, server, "tcp")
		for _, silent := range []bool{false, true} {
			c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
			if err != nil {
				t.Fatal(err)
			}
			if !silent {
				_ = c.Close()
			}
			ev := expectEvents(t, m, zmq.EventAccepted, zmq.EventHandshakeFailed, zmq.EventDisconnected)[1]
			if ev.Err == nil || silent && !errors.Is(ev.Err, syscall.ETIMEDOUT) && !errors.Is(ev.Err, syscall.EAGAIN) {
				t.Logf("the reason for the failed handshake is %v", ev.Err)
			}
			_ = c.Close()
		}
	})
}

func TestReconnectEvents(t *testing.T) {
	t.Run("H3 CONNECT_RETRIED says after how long", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PUSH)
		m := watch(t, s)
		if err := s.Connect(testkit.DeadEndpoint(t)); err != nil {
			t.Fatal(err)
		}
		ev := expectEvents(t, m, zmq.EventConnectRetried)[0]
		if ev.Retry < 100*time.Millisecond || ev.Retry > 200*time.Millisecond {
			t.Errorf("it retries in %v, want 100ms and up to as much again", ev.Retry)
		}
	})
	t.Run("H4 no reconnection when told so, but Connect works again", func(t *testing.T) {
		for _, transport := range []string{"tcp", "ipc"} {
			zctx := testlib.Context(t)
			server, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport)
			client := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(-1))
			m := watch(t, client)
			if err := client.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			expectEvents(t, m, zmq.EventHandshakeSucceeded)
			unbound := watch(t, server, zmq.EventClosed)
			if err := server.Unbind(endpoint); err != nil {
				t.Fatal(err)
			}
			expectEvents(t, unbound, zmq.EventClosed)
			expectEvents(t, m, zmq.EventDisconnected)
			testkit.Eventually(t, "the endpoint is free", func() bool { return server.Bind(endpoint) == nil })
			if err := client.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			for {
				ev, err := m.Recv(testkit.Soon(t))
				if err != nil {
					t.Fatal(err)
				}
				if ev.Type == zmq.EventConnectRetried {
					t.Errorf("unexpected %v", ev)
				}
				if ev.Type == zmq.EventConnected {
					break
				}
				if ev.Type == zmq.EventClosed { // the listener was not up yet: once more
					if err := client.Connect(endpoint); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
	t.Run("H5 the interval doubles up to its limit", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(2*time.Millisecond), opt.ReconnectIntervalMax.To(16*time.Millisecond))
		m := watch(t, s, zmq.EventConnectRetried)
		if err := s.Connect(testkit.DeadEndpoint(t)); err != nil {
			t.Fatal(err)
		}
		var last time.Duration
		for range 8 {
			ev, err := m.Recv(testkit.Soon(t))
			if err != nil {
				t.Fatal(err)
			}
			if ev.Retry < last && ev.Retry < 16*time.Millisecond {
				t.Errorf("it retries in %v after %v", ev.Retry, last)
			}
			last = ev.Retry
		}
		if last < 16*time.Millisecond || last > 18*time.Millisecond {
			t.Errorf("the last interval is %v, want 16ms", last)
		}
	})
	t.Run("H6 a refused connection can be the end", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(time.Millisecond), opt.ReconnectStop.To(opt.StopConnectionRefused))
		m := watch(t, s)
		if err := s.Connect(testkit.DeadEndpoint(t)); err != nil {
			t.Fatal(err)
		}
		expectEvents(t, m, zmq.EventConnectDelayed, zmq.EventClosed)
		silence(t, s, m)
	})
	t.Run("H7 a failed handshake can be the end", func(t *testing.T) {
		zctx := testlib.Context(t)
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		accepting := testkit.NewGroup(t)
		accepting.Go(func() error {
			c, err := l.Accept()
			if err != nil {
				return err
			}
			return c.Close()
		})
		s := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(time.Millisecond), opt.ReconnectStop.To(opt.StopHandshakeFailed))
		m := watch(t, s)
		if err := s.Connect("tcp://" + l.Addr().String()); err != nil {
			t.Fatal(err)
		}
		accepting.Wait()
		expectEvents(t, m, zmq.EventConnected, zmq.EventHandshakeFailed, zmq.EventDisconnected)
		silence(t, s, m)
		_ = l.Close()
	})
	t.Run("H8 Disconnect can be the end of trying", func(t *testing.T) {
		if major, minor, patch, err := libzmq.Version(); err != nil || major*10000+minor*100+patch < 40305 {
			t.Skip("ZMQ_RECONNECT_STOP_AFTER_DISCONNECT needs libzmq 4.3.5")
		}
		zctx := testlib.Context(t)
		endpoint := testkit.Endpoint(t, "ipc")
		s := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(5*time.Millisecond), opt.ReconnectStop.To(opt.StopAfterDisconnect))
		m := watch(t, s)
		if err := s.Connect(endpoint); err != nil {
			t.Fatal(err)
		}
		expectEvents(t, m, zmq.EventConnectRetried)
		if err := s.Disconnect(endpoint); err != nil {
			t.Fatal(err)
		}
		// One that had begun may still end.
		time.Sleep(10 * time.Millisecond)
		silence(t, s, watch(t, s))
	})
	t.Run("H10 the order of a reconnection", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
		s := testkit.Socket(t, zctx, zmq.PUSH, opt.ReconnectInterval.To(time.Millisecond))
		m := watch(t, s)
		if err := s.Connect(endpoint); err != nil {
			t.Fatal(err)
		}
		expectEvents(t, m, zmq.EventConnected, zmq.EventHandshakeSucceeded)
		testkit.Drop(server)
		server = testkit.Socket(t, zctx, zmq.PULL)
		testkit.Eventually(t, "the endpoint is free", func() bool { return server.Bind(endpoint) == nil })
		expectEvents(t, m, zmq.EventDisconnected, zmq.EventConnectRetried, zmq.EventConnectDelayed,
			zmq.EventConnected, zmq.EventHandshakeSucceeded)
	})
}

// silence fails when s tries to connect again. That would be within some
// milliseconds; a second connection of s that is made meanwhile takes longer.
func silence(t testing.TB, s *zmq.Socket, m *zmq.Monitor) {
	t.Helper()
	time.Sleep(30 * time.Millisecond)
	testkit.Drop(s)
	for _, typ := range rest(t, m) {
		if typ == zmq.EventConnectRetried || typ == zmq.EventConnectDelayed || typ == zmq.EventConnected {
			t.Errorf("%v after the end", typ)
		}
	}
}
