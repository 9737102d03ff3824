package zmq_test

import (
	"context"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/libzmq"
)

// publish sends the weather when somebody is there to hear it.
func publish(ctx context.Context, pub *zmq.Socket) error {
	if err := pub.WaitSubscription(ctx, "weather."); err != nil {
		return err
	}
	for _, place := range []string{"london", "paris"} {
		if err := pub.Send(ctx, []byte("weather."+place), []byte("rain")); err != nil {
			return err
		}
	}
	return pub.Send(ctx, []byte("weather.end"))
}

// subscribe prints what begins with "weather.", until the end.
func subscribe(ctx context.Context, sub *zmq.Socket, endpoint string) error {
	if err := sub.Subscribe("weather."); err != nil {
		return err
	}
	if err := sub.Connect(endpoint); err != nil {
		return err
	}
	for m, err := range sub.Messages(ctx) {
		if err != nil {
			return err
		}
		if m.Len() < 2 {
			break
		}
		fmt.Printf("%s: %s\n", m.Frame(0), m.Frame(1))
	}
	return nil
}

// A publisher that waits for its first subscriber, so that nothing is missed.
func Example_publishSubscribe() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	pub := bound(zctx, zmq.XPUB, "tcp://127.0.0.1:*")
	sub, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	published := make(chan error)
	go func() { published <- publish(ctx, pub) }()
	fmt.Println(subscribe(ctx, sub, pub.LastEndpoint()))
	fmt.Println(<-published)
	// Output:
	// weather.london: rain
	// weather.paris: rain
	// <nil>
	// <nil>
}
