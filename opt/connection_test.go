//go:build unix

package opt_test

import (
	"bytes"
	"encoding/binary"
	"net"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A peer that never answers a PING is dropped, and the PING tells it the TTL.
func TestHeartbeat(t *testing.T) {
	zctx := testlib.Context(t)
	l, endpoint := listen(t)
	testkit.Connected(t, zctx, zmq.DEALER, endpoint, opt.ReconnectInterval.To(-1),
		opt.HeartbeatInterval.To(20*ms), opt.HeartbeatTimeout.To(20*ms), opt.HeartbeatTTL.To(650*ms))
	got := accept(t, l).handshake(zmq.ROUTER).wantCut()
	_, ping, ok := bytes.Cut(got, []byte("\x04PING"))
	if !ok || len(ping) < 2 {
		t.Fatalf("no PING in %q", got)
	}
	if ttl := binary.BigEndian.Uint16(ping); ttl != 7 {
		t.Errorf("the TTL is %d tenths of a second, want 7", ttl)
	}
}

// HeartbeatTimeout 0 keeps a peer that never answers. The proof is a third
// PING, which comes after the answer to the first was due.
func TestHeartbeatTimeoutNever(t *testing.T) {
	l, endpoint := listen(t)
	testkit.Connected(t, testlib.Context(t), zmq.DEALER, endpoint, opt.ReconnectInterval.To(-1),
		opt.HeartbeatInterval.To(10*ms), opt.HeartbeatTimeout.To(0))
	peer := accept(t, l).handshake(zmq.ROUTER)
	for range 3 {
		if _, body := peer.next(); !strings.HasPrefix(body, "\x04PING") {
			t.Fatalf("received %q, want a PING", body)
		}
	}
}

func TestHandshakeInterval(t *testing.T) {
	_, endpoint := testkit.Bound(t, testlib.Context(t), zmq.PULL, "tcp", opt.HandshakeInterval.To(20*ms))
	dial(t, endpoint).wantCut()
}

func TestMaxMsgSize(t *testing.T) {
	pull, endpoint := testkit.Bound(t, testlib.Context(t), zmq.PULL, "tcp", opt.MaxMsgSize.To(100))
	peer := dial(t, endpoint).handshake(zmq.PUSH)
	peer.frame(0, strings.Repeat("x", 100))
	testkit.Expect(t, pull, strings.Repeat("x", 100))
	peer.frame(0, strings.Repeat("x", 101))
	peer.wantCut()
	testkit.ExpectNone(t, pull)
}

// ReconnectInterval 0 means never since libzmq 4.3.3, and at once before.
func TestReconnectZero(t *testing.T) {
	zctx := testlib.Context(t)
	zero, zeroAt := listen(t)
	often, oftenAt := listen(t)
	testkit.Connected(t, zctx, zmq.DEALER, zeroAt, opt.ReconnectInterval.To(0))
	testkit.Connected(t, zctx, zmq.DEALER, oftenAt, opt.ReconnectInterval.To(1*ms))
	_ = accept(t, zero).handshake(zmq.ROUTER).Close()
	if version(t) < 40303 {
		accept(t, zero)
		return
	}
	for range 20 {
		_ = accept(t, often).handshake(zmq.ROUTER).Close()
	}
	wantNobody(t, zero)
}

// While nobody is connected, Immediate lets no message in.
func TestImmediate(t *testing.T) {
	zctx := testlib.Context(t)
	dead := testkit.DeadEndpoint(t)
	var m zmq.Msg
	m.Append([]byte("x"))
	if err := testkit.Connected(t, zctx, zmq.PUSH, dead).TrySend(&m); err != nil {
		t.Errorf("without Immediate: %v", err)
	}
	testkit.WantError(t, testkit.Connected(t, zctx, zmq.PUSH, dead, opt.Immediate.To(true)).TrySend(&m), zmq.ErrAgain)

	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.Immediate.To(true))
	testkit.Send(t, push, "x") // waits for the connection
	testkit.Expect(t, pull, "x")
}

// wantNobody wants no connection at a listener.
func wantNobody(t testing.TB, l net.Listener) {
	t.Helper()
	if err := l.(*net.TCPListener).SetDeadline(time.Now().Add(time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if c, err := l.Accept(); err == nil {
		_ = c.Close()
		t.Error("the socket has connected again")
	}
}
