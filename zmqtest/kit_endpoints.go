package zmqtest

import (
	"net"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// Free is an endpoint of the row's transport that the test binds later, maybe
// more than once. Until then nobody answers there.
func (t *T) Free() (endpoint string) {
	t.Helper()
	return testkit.FreeEndpoint(t, t.Transport)
}

// BindAt binds s to an endpoint that the socket before it is just leaving.
func (t *T) BindAt(s *zmq.Socket, endpoint string) {
	t.Helper()
	var err error
	if !testkit.Within(testkit.Hang, func() bool { err = s.Bind(endpoint); return err == nil }) {
		t.Fatal(err)
	}
}

// hasIPv6 reports whether this machine has IPv6.
func (t *T) hasIPv6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Logf("not tried, for want of IPv6: %v", err)
		return false
	}
	_ = l.Close()
	return true
}
