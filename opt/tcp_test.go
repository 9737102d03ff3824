//go:build unix

package opt_test

import (
	"net"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestIPv6(t *testing.T) {
	probe, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	}
	_ = probe.Close()
	for _, on := range []zmq.Setting{opt.IPv6.To(true), opt.IPv4Only.To(false)} {
		zctx := testlib.Context(t)
		if err := testkit.Socket(t, zctx, zmq.PULL).Bind("tcp://[::1]:*"); err == nil {
			t.Error("an IPv6 address is bound without IPv6")
		}
		pull := testkit.Socket(t, zctx, zmq.PULL, on)
		if err := pull.Bind("tcp://[::1]:*"); err != nil {
			t.Fatal(err)
		}
		testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, pull.LastEndpoint(), on), "x")
		testkit.Expect(t, pull, "x")
	}
	// As the default of new sockets.
	zctx := testlib.Context(t, opt.ContextIPv6.To(true))
	s := testkit.Socket(t, zctx, zmq.PULL)
	if on, err := opt.IPv6.Get(s); err != nil || !on {
		t.Errorf("IPv6 is %v, %v", on, err)
	}
	if only4, err := opt.IPv4Only.Get(s); err != nil || only4 {
		t.Errorf("IPv4Only is %v, %v", only4, err)
	}
}
