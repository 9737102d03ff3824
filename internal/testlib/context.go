// Package testlib is testkit's part that needs libzmq: contexts on it, and a
// Main that fails when the tests leave anything behind.
package testlib

import (
	"os"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/libzmq"
)

// Context makes a context that ends with the test. Its end must be clean.
func Context(t testing.TB, settings ...zmq.ContextSetting) *zmq.Context {
	t.Helper()
	Depends()
	zctx, err := libzmq.NewContext(settings...)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Ends(t, zctx)
	return zctx
}

// Depends tells go test that its result is one of this library: it caches
// results by the environment that tests read, and Main has loaded the library
// before any of them.
func Depends() { _ = os.Getenv("ZMQ_LIBRARY") }
