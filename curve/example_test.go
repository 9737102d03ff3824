package curve_test

import (
	"context"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/libzmq"
)

func Example() {
	serverPublic, serverSecret, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}
	alice, aliceSecret, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}

	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()

	server, err := zctx.NewSocket(zmq.PULL, curve.Server(serverSecret, curve.Allow(alice)))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	client, err := zctx.NewSocket(zmq.PUSH, curve.Client(serverPublic, aliceSecret))
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Connect(server.LastEndpoint()); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := client.Send(ctx, []byte("hello")); err != nil {
		log.Fatal(err)
	}
	var m zmq.Msg
	if err := server.RecvMsg(ctx, &m); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, from alice: %v\n", m.Frame(0), m.Property("User-Id") == alice.String())
	// Output: hello, from alice: true
}

func ExampleSecret() {
	_, secret, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("my key is", secret)
	fmt.Println(len(secret.Reveal()), "characters to be stored")
	// Output:
	// my key is [redacted]
	// 40 characters to be stored
}

func ExampleKeys() {
	alice, _, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}
	clients := curve.Allow() // for curve.Server
	clients.Add(alice)
	fmt.Println(clients.Has(alice))
	clients.Remove(alice) // refused from its next connection on
	fmt.Println(clients.Has(alice))
	// Output:
	// true
	// false
}
