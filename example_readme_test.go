package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/libzmq"
)

// answer greets whoever asks, until ctx ends.
func answer(ctx context.Context, rep *zmq.Socket) error {
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

// ask sends one request and waits for its reply.
func ask(ctx context.Context, req *zmq.Socket, endpoint, name string) ([][]byte, error) {
	if err := req.Connect(endpoint); err != nil {
		return nil, err
	}
	if err := req.Send(ctx, []byte(name)); err != nil {
		return nil, err
	}
	return req.Recv(ctx)
}

// The program of the README: a request and its reply.
func Example() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	rep, repErr := zctx.NewSocket(zmq.REP)
	req, reqErr := zctx.NewSocket(zmq.REQ)
	if err := errors.Join(repErr, reqErr); err != nil {
		log.Fatal(err)
	}
	if err := rep.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- answer(ctx, rep) }()
	reply, err := ask(ctx, req, rep.LastEndpoint(), "gopher")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", reply[0])
	cancel()
	fmt.Println(errors.Is(<-done, context.Canceled))
	// Output:
	// hello, gopher
	// true
}
