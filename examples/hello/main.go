// Command hello is the first program: a client asks, a server answers.
//
//	go run ./examples/hello          # both in one process
//	go run ./examples/hello server   # or each in a terminal of its own,
//	go run ./examples/hello client   # in any order
//
// REQ and REP take turns: a client that has asked must receive the answer
// before it asks again. Any number of clients may ask one server.
//
// From the guide, chapter 1: "Ask and Ye Shall Receive" (hwserver, hwclient).
// What is different in Go: every call that waits takes a context.Context, and
// a message is a slice of frames, each a []byte, without a C string's end.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/libzmq"
)

func main() {
	log.SetFlags(0)
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5555", "where the server is")
	flag.Parse()
	if err := hello(context.Background(), flag.Arg(0), *endpoint, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// hello runs one part of the program, or both.
func hello(ctx context.Context, part, endpoint string, w io.Writer) error {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	serve := func(ctx context.Context) error { return server(ctx, zctx, endpoint) }
	ask := func(ctx context.Context) error { return client(ctx, zctx, endpoint, w) }
	switch part {
	case "server":
		err = serve(ctx)
	case "client":
		err = ask(ctx)
	default:
		err = run.With(ctx, ask, serve)
	}
	return errors.Join(err, zctx.Close())
}

// server greets whoever asks, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint string) error {
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		name, err := rep.Recv(ctx)
		if err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte("hello, "+string(name[0]))); err != nil {
			return err
		}
	}
}

// client asks a few times. The server need not be there yet.
func client(ctx context.Context, zctx *zmq.Context, endpoint string, w io.Writer) error {
	req, err := zctx.NewSocket(zmq.REQ)
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Connect(endpoint); err != nil {
		return err
	}
	for _, name := range []string{"world", "gopher", "guide"} {
		if err := req.Send(ctx, []byte(name)); err != nil {
			return err
		}
		reply, err := req.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", reply[0])
	}
	return nil
}
