//go:build unix

package opt_test

import (
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/internal/wire"
	"gozmq/opt"
)

func TestMaxMsgSize(t *testing.T) {
	pull, endpoint := testkit.Bound(t, testlib.Context(t), zmq.PULL, "tcp", opt.MaxMsgSize.To(100))
	peer := wire.Dial(t, endpoint)
	peer.Null("PUSH")
	peer.Send(strings.Repeat("x", 100))
	testkit.Expect(t, pull, strings.Repeat("x", 100))
	peer.Send(strings.Repeat("x", 101))
	peer.Closed()
	testkit.ExpectNone(t, pull)
}

// ReconnectInterval 0 means never since libzmq 4.3.3, and at once before.
func TestReconnectZero(t *testing.T) {
	zctx := testlib.Context(t)
	zero, often := wire.Listen(t, "tcp"), wire.Listen(t, "tcp")
	testkit.Connected(t, zctx, zmq.DEALER, zero.Endpoint, opt.ReconnectInterval.To(0))
	testkit.Connected(t, zctx, zmq.DEALER, often.Endpoint, opt.ReconnectInterval.To(1*ms))
	once := func(l *wire.Listener) {
		p := l.Accept()
		p.Null("ROUTER")
		_ = p.Close()
	}
	once(zero)
	if version(t) < 40303 {
		zero.Accept()
		return
	}
	for range 20 {
		once(often)
	}
	zero.Nobody()
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
