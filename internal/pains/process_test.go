package pains

import (
	"runtime"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// The program crashed at its 1015th socket.
func TestAG104_AThousandInprocSockets(t *testing.T) {
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc")
	const n = 1015
	for i := range n {
		testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), testkit.Numbered(i))
	}
	for range n {
		testkit.Recv(t, pull)
	}
}

// The garbage collector ended a context that the program had no variable for
// any more, under its sockets.
func TestZmq31_ForgottenContext(t *testing.T) {
	pull, push := func() (*zmq.Socket, *zmq.Socket) {
		return testkit.Pair(t, testlib.Context(t), "inproc", zmq.PULL, zmq.PUSH)
	}()
	for i := range 20 {
		runtime.GC()
		testkit.Send(t, push, testkit.Numbered(i))
		testkit.Expect(t, pull, testkit.Numbered(i))
	}
}
