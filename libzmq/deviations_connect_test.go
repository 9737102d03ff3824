package libzmq_test

import (
	"context"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/zmqtest"
)

// How libzmq connects otherwise.
var deviationsConnecting = []zmqtest.Deviation{
	{
		Row:     "H8",
		Why:     "libzmq 4.3.5 reads whether there was a Disconnect from memory that it has not set, and may stop before",
		Applies: func(zctx *zmq.Context) bool { return zctx.Version() == 40305 },
	},
	{
		Row:  "H14",
		Why:  "libzmq resolves names in its I/O thread, which meanwhile does nothing else; more of them, with opt.IOThreads, share the harm",
		Test: slowNameServerStalls,
	},
	{
		Row:  "H17",
		Why:  "libzmq does not notice that it has connected to itself, and holds the port of the server",
		Test: selfConnectionStays,
	},
}

func slowNameServerStalls(t *zmqtest.T) {
	if !t.Private() {
		return
	}
	asked, answer := t.NameServer()
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "before")
	t.Expect(pull, "before")
	t.Connect(t.Socket(zmq.PUSH), "tcp://slow.test:5555")
	<-asked
	t.Send(push, "meanwhile")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := pull.Recv(ctx)
	t.Refused(err, context.DeadlineExceeded)
	answer()
	t.Expect(pull, "meanwhile")
}

func selfConnectionStays(t *zmqtest.T) {
	client, endpoint := t.SelfConnected()
	if client == nil {
		return
	}
	t.Send(client, "who is there?")
	t.Expect(client, "who is there?")
	t.Refused(t.Socket(zmq.DEALER).Bind(endpoint), syscall.EADDRINUSE)
}
