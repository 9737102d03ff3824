package zmq_test

import (
	"context"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/libzmq"
)

// greet sends first and then listens; the peer does the same.
func greet(ctx context.Context, pair *zmq.Socket, name string) error {
	if err := pair.Send(ctx, []byte("I am "+name)); err != nil {
		return err
	}
	heard, err := pair.Recv(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s heard: %s\n", name, heard[0])
	return nil
}

// Two sockets that have each other and nobody else.
func Example_pair() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	a := bound(zctx, zmq.PAIR, "inproc://both")
	b := connected(zctx, zmq.PAIR, "inproc://both")

	ctx := context.Background()
	done := make(chan error)
	go func() { done <- greet(ctx, a, "a") }()
	if err := greet(ctx, b, "b"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(<-done)
	// Unordered output:
	// a heard: I am b
	// b heard: I am a
	// <nil>
}
