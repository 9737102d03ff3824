// Package gozeromq holds the programs of the guide as github.com/go-zeromq/zmq4
// has them. What ends them is the context that their sockets are made with.
package gozeromq

import (
	"context"

	"github.com/go-zeromq/zmq4"
)

// recv receives a message. An error while ctx goes on says that some peer has
// gone; there may be others, or more to come.
func recv(ctx context.Context, sock zmq4.Socket) (zmq4.Msg, error) {
	for {
		m, err := sock.Recv()
		if err == nil || ctx.Err() != nil {
			return m, err
		}
	}
}
