// Command identity shows what a ROUTER puts before each message: the routing
// id of the peer it came from.
//
//	go run ./examples/identity
//
// A ROUTER makes up an id for each connection, or takes the one that the peer
// has chosen with opt.RoutingID. To send to a peer, one puts its id first; the
// ROUTER takes it off again. REQ adds an empty frame, which separates the ids
// of all ROUTERs on the way from the message.
//
// From the guide, chapter 3: "Identities and Addresses" (identity).
// What is different in Go: nothing but the types.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

func main() {
	run.Main(run.Once("identity", func(ctx context.Context, zctx *zmq.Context) error {
		return identity(ctx, zctx, os.Stdout)
	}))
}

func identity(ctx context.Context, zctx *zmq.Context, w io.Writer) error {
	const endpoint = "inproc://identity"
	socks := socket.NewSet(zctx)
	defer socks.Close()
	router := socks.Bind(zmq.ROUTER, endpoint)
	anonymous := socks.Connect(zmq.REQ, endpoint)
	named := socks.Connect(zmq.REQ, endpoint, opt.RoutingID.To("PEER2"))
	dealer := socks.Connect(zmq.DEALER, endpoint, opt.RoutingID.To("PEER3"))
	if err := socks.Err(); err != nil {
		return err
	}

	for _, peer := range []struct {
		sock *zmq.Socket
		text string
	}{
		{anonymous, "the ROUTER has made up an id for this REQ"},
		{named, "this REQ has chosen its id"},
		{dealer, "a DEALER adds no empty frame"},
	} {
		if err := peer.sock.Send(ctx, []byte(peer.text)); err != nil {
			return err
		}
		message, err := router.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%q\n", message)
	}
	return nil
}
