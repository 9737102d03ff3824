package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// reply answers a request of any client. A ROUTER puts the client's routing id
// before the message, and sends to the one that is there.
func reply(ctx context.Context, router *zmq.Socket) error {
	request, err := router.Recv(ctx)
	if err != nil {
		return err
	}
	body := len(request) - 1 // before it: the routing id, and what else came along
	request[body] = []byte("you said " + string(request[body]))
	return router.Send(ctx, request...)
}

// tell sends to a client by its name.
func tell(ctx context.Context, router *zmq.Socket, name, text string) error {
	err := router.Send(ctx, []byte(name), []byte(text))
	if errors.Is(err, zmq.ErrHostUnreachable) {
		return fmt.Errorf("%s is not here", name)
	}
	return err
}

// A ROUTER knows its peers by name.
func Example_router() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	router := bound(zctx, zmq.ROUTER, "inproc://server")
	if err := router.Set(opt.RouterMandatory.To(true)); err != nil {
		log.Fatal(err)
	}
	alice, err := zctx.NewSocket(zmq.DEALER, opt.RoutingID.To("alice"))
	if err != nil {
		log.Fatal(err)
	}
	if err := alice.Connect("inproc://server"); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	if err := alice.Send(ctx, []byte("hello")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(reply(ctx, router))
	fmt.Println(tell(ctx, router, "alice", "and you?"))
	fmt.Println(tell(ctx, router, "bob", "where are you?"))
	for range 2 {
		heard, err := alice.Recv(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s\n", heard[0])
	}
	// Output:
	// <nil>
	// <nil>
	// bob is not here
	// you said hello
	// and you?
}
