package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// explain tells what an error means to a program.
func explain(err error) string {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "the caller's ctx ended"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "opt.SendTimeout or opt.RecvTimeout has passed"
	case errors.Is(err, net.ErrClosed):
		return "the socket or its context is closed"
	case errors.Is(err, syscall.EADDRINUSE):
		return "somebody else has this address"
	case errors.Is(err, zmq.ErrState):
		return "it is the peer's turn"
	case errors.Is(err, errors.ErrUnsupported):
		return "this socket type, or this library, cannot do that"
	}
	return "something else"
}

// Errors say what was tried on what, and errors.Is tells what it means.
func Example_errors() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	rep := bound(zctx, zmq.REP, "inproc://greeter")
	if err := rep.Set(opt.RecvTimeout.To(time.Millisecond)); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	other, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		log.Fatal(err)
	}
	show := func(err error) { fmt.Printf("%v: %s\n", err, explain(err)) }
	_, err = rep.Recv(ctx)
	show(err)
	show(rep.Send(ctx, []byte("answer")))
	show(other.Bind("inproc://greeter"))
	_, err = other.Recv(ctx)
	show(err)
	if err := rep.Close(); err != nil {
		log.Fatal(err)
	}
	_, err = rep.Recv(ctx)
	show(err)
	// Output:
	// zmq: recv REP: i/o timeout: opt.SendTimeout or opt.RecvTimeout has passed
	// zmq: send REP: not in this state of the conversation: it is the peer's turn
	// zmq: bind PUSH inproc://greeter: address already in use: somebody else has this address
	// zmq: recv PUSH: not supported by this socket type: this socket type, or this library, cannot do that
	// zmq: recv REP: closed: the socket or its context is closed
}
