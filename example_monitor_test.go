package zmq_test

import (
	"context"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// A Monitor made before Bind reports everything.
func ExampleMonitor() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	server, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		log.Fatal(err)
	}
	monitor, err := server.Monitor(zmq.EventListening, zmq.EventHandshakeSucceeded, zmq.EventMonitorStopped)
	if err != nil {
		log.Fatal(err)
	}
	defer monitor.Close()
	if err := server.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	client, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Connect(server.LastEndpoint()); err != nil {
		log.Fatal(err)
	}
	for ev, err := range monitor.Events(ctx) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(ev.Type)
		if ev.Type == zmq.EventHandshakeSucceeded {
			server.Close() // ends the loop
		}
	}
	// Output:
	// LISTENING
	// HANDSHAKE_SUCCEEDED
	// MONITOR_STOPPED
}

// WaitSubscription is how a publisher knows that somebody listens.
func ExampleSocket_WaitSubscription() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	pub, err := zctx.NewSocket(zmq.XPUB, opt.Linger.To(0))
	if err != nil {
		log.Fatal(err)
	}
	sub, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		log.Fatal(err)
	}
	if err := pub.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	if err := sub.Subscribe("weather."); err != nil {
		log.Fatal(err)
	}
	if err := sub.Connect(pub.LastEndpoint()); err != nil {
		log.Fatal(err)
	}
	if err := pub.WaitSubscription(ctx, "weather."); err != nil {
		log.Fatal(err)
	}
	if err := pub.Send(ctx, []byte("weather.london"), []byte("rain")); err != nil {
		log.Fatal(err)
	}
	frames, err := sub.Recv(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", frames)
	// Output: [weather.london rain]
}
