package testkit

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// Transports are those that every library has.
var Transports = []string{"inproc", "ipc", "tcp"}

var endpoints atomic.Int64

// Endpoint is an endpoint to bind that nobody else has. The one of tcp is a
// wildcard: LastEndpoint tells what it became.
func Endpoint(t testing.TB, transport string) string {
	t.Helper()
	switch transport {
	case "tcp":
		return "tcp://127.0.0.1:*"
	case "ipc":
		// Not t.TempDir: its name holds the test's, and a socket's path may
		// have no more than about a hundred bytes.
		dir, err := os.MkdirTemp("", "zt")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		})
		return "ipc://" + filepath.Join(dir, "s")
	case "inproc":
		return fmt.Sprintf("inproc://test-%d", endpoints.Add(1))
	}
	t.Fatalf("no endpoints for transport %q", transport)
	return ""
}

// DeadEndpoint is a tcp endpoint where nobody answers. It stays reserved
// until the test ends, by a socket that is bound and does not listen.
func DeadEndpoint(t testing.TB) string {
	t.Helper()
	return fmt.Sprintf("tcp://127.0.0.1:%d", reservePort(t))
}

// FreeEndpoint is an endpoint that the test binds later, by its name, maybe
// more than once: until then nobody answers there. On Linux no wildcard gets
// its port before the test ends.
func FreeEndpoint(t testing.TB, transport string) string {
	t.Helper()
	if transport == "tcp" {
		return fmt.Sprintf("tcp://127.0.0.1:%d", freePort(t))
	}
	return Endpoint(t, transport)
}
