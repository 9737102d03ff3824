package zmq_test

import (
	"context"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/libzmq"
)

// newServer makes a REP that encrypts, and lets in the clients it knows.
func newServer(zctx *zmq.Context, own curve.Secret, clients ...curve.Public) (*zmq.Socket, error) {
	return zctx.NewSocket(zmq.REP, curve.Server(own, curve.Allow(clients...)))
}

// newClient makes a REQ that talks to this server and to no other.
func newClient(zctx *zmq.Context, own curve.Secret, server curve.Public) (*zmq.Socket, error) {
	return zctx.NewSocket(zmq.REQ, curve.Client(server, own))
}

// answerKnown tells who asks by the key that the client has proved to have.
func answerKnown(ctx context.Context, rep *zmq.Socket) (user string, err error) {
	var m zmq.Msg
	if err := rep.RecvMsg(ctx, &m); err != nil {
		return "", err
	}
	return m.Property("User-Id"), rep.Send(ctx, []byte("welcome"))
}

// Encryption, and a server that knows its clients.
func Example_security() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	serverKey, serverSecret, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}
	aliceKey, aliceSecret, err := curve.NewKeys()
	if err != nil {
		log.Fatal(err)
	}
	rep, err := newServer(zctx, serverSecret, aliceKey)
	if err != nil {
		log.Fatal(err)
	}
	if err := rep.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	alice, err := newClient(zctx, aliceSecret, serverKey)
	if err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	answered := make(chan bool)
	go func() {
		user, err := answerKnown(ctx, rep)
		answered <- err == nil && user == aliceKey.String()
	}()
	reply, err := ask(ctx, alice, rep.LastEndpoint(), "let me in")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", reply[0])
	fmt.Println("it was alice:", <-answered)
	// Output:
	// welcome
	// it was alice: true
}
