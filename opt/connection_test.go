//go:build unix

package opt_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/options"
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

// With ReconnectInterval negative a lost connection is not made again, while
// that of another socket has been many times.
func TestReconnectNever(t *testing.T) {
	zctx := testlib.Context(t)
	never, neverAt := listen(t)
	often, oftenAt := listen(t)
	testkit.Connected(t, zctx, zmq.DEALER, neverAt, opt.ReconnectInterval.To(-1))
	testkit.Connected(t, zctx, zmq.DEALER, oftenAt, opt.ReconnectInterval.To(1*ms))
	_ = accept(t, never).handshake(zmq.ROUTER).Close()
	for range 20 {
		_ = accept(t, often).handshake(zmq.ROUTER).Close()
	}
	wantNobody(t, never)
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

// A connection that was refused once is not tried again with ReconnectStop,
// while another socket's is.
func TestReconnectStop(t *testing.T) {
	spec, _ := options.Socket(int(opt.ReconnectStop))
	if lacks(t, spec) {
		t.Skipf("needs libzmq %d", spec.Since) // its error is tested by TestRoundTrip
	}
	zctx := testlib.Context(t)
	port := reserve(t)
	testkit.Connected(t, zctx, zmq.DEALER, port.endpoint, opt.RoutingID.To("stops"),
		opt.ReconnectInterval.To(1*ms), opt.ReconnectStop.To(opt.StopConnectionRefused))
	testkit.Connected(t, zctx, zmq.DEALER, port.endpoint, opt.RoutingID.To("goes on"), opt.ReconnectInterval.To(1*ms))
	// The one I/O thread connects in this order, and the system refuses at once.
	later, laterAt := listen(t)
	testkit.Connected(t, zctx, zmq.DEALER, laterAt)
	accept(t, later)

	l := port.listen(t)
	for range 10 {
		peer := accept(t, l).handshake(zmq.ROUTER)
		if id := peer.identity(); id != "goes on" {
			t.Errorf("%q has connected", id)
		}
		_ = peer.Close()
	}
}

// How far apart attempts are, in the order of magnitude: with a maximum the
// wait doubles.
func TestReconnectBackoff(t *testing.T) {
	zctx := testlib.Context(t)
	l, endpoint := listen(t)
	testkit.Connected(t, zctx, zmq.DEALER, endpoint, opt.ReconnectInterval.To(50*ms))
	_ = accept(t, l).handshake(zmq.ROUTER).Close()
	lost := time.Now()
	accept(t, l)
	if waited := time.Since(lost); waited < 40*ms {
		t.Errorf("connected again after %v, want 50ms or more", waited)
	}
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
