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
