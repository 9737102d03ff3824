package libzmq_test

import (
	"context"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/opt"
	"gozmq/zmqtest"
)

// How libzmq connects and closes otherwise.
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
	{
		Row:  "I8",
		Why:  "libzmq drops what it has not read yet of an ipc connection that the other end has closed, when the receiver is at its high-water mark",
		Part: "RCVHWM 1 over ipc",
		Test: slowReceiverLoses,
	},
	{
		Row:     "K9",
		Part:    "names",
		Why:     "libzmq resolves names for Bind since 4.3.5",
		Applies: func(zctx *zmq.Context) bool { return zctx.Version() < 40305 },
		Test: func(t *zmqtest.T) {
			t.Refused(t.Socket(zmq.PULL).Bind("tcp://localhost:*"), syscall.ENODEV)
		},
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

func slowReceiverLoses(t *zmqtest.T) {
	pull, endpoint := t.Bound(zmq.PULL, opt.RecvHWM.To(1))
	w := t.Watch(pull, zmq.EventDisconnected)
	other := t.NewContext()
	push, err := other.NewSocket(zmq.PUSH)
	t.OK(err)
	t.Connect(push, endpoint)
	const n = 5
	for range n {
		t.Send(push, strings.Repeat("x", 8_000))
	}
	t.OK(other.Close()) // the system has them all
	// When this comes through, the one I/O thread has seen the end too.
	t.Transport = "tcp"
	rep, req := t.Pair(zmq.REP, zmq.REQ)
	t.Send(req, "ping")
	t.Expect(rep, "ping")
	received := -1
	for err = nil; err == nil; received++ {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		_, err = pull.Recv(ctx)
		cancel()
	}
	w.Expect(zmq.EventDisconnected)
	if received == 0 || received == n {
		t.Errorf("%d of %d messages have come", received, n)
	}
}
