package main

import (
	"os"
	"runtime"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// A signal in the middle of a request: the client has its answer, and the
// server ends.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself on Windows")
	}
	endpoint := testkit.Endpoint(t, "ipc")
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	answer := func(request []byte) []byte {
		if err := self.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		return append([]byte("done: "), request...)
	}
	var out strings.Builder
	server := testkit.NewGroup(t)
	server.Go(func() error { return untilSignal(endpoint, answer, &out) })

	client := testkit.Connected(t, testlib.Context(t), zmq.REQ, endpoint)
	testkit.Send(t, client, "work")
	testkit.Expect(t, client, "done: work")
	server.Wait()
	if want := "interrupted after 1 answers\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("the server printed %q, want %q at the end", out.String(), want)
	}
}
