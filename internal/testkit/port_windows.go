package testkit

import (
	"net"
	"testing"
)

// reservePort finds a port that was free a moment ago.
func reservePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func freePort(t testing.TB) int { return reservePort(t) }
