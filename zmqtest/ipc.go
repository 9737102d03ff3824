package zmqtest

import (
	"net"
	"strings"

	"gozmq/internal/testkit"
)

// Section M: ipc.
var ipc = []row{}

// staleSocket is an ipc endpoint whose file is there, of a listener that is
// gone: connections are refused.
func staleSocket(t *T) (endpoint string) {
	t.Helper()
	endpoint = testkit.Endpoint(t, "ipc")
	l, err := net.Listen("unix", strings.TrimPrefix(endpoint, "ipc://"))
	t.OK(err)
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	t.OK(l.Close())
	return endpoint
}
