package pebbe

import (
	zmq "github.com/pebbe/zmq4"
)

// Observe reports what happens to the connections of a server, until the
// context is terminated.
func Observe(zctx *zmq.Context, server *zmq.Socket, endpoint string, report func(event, address string)) error {
	const name = "inproc://monitor.server" // one for each socket
	if err := server.Monitor(name, zmq.EVENT_ALL); err != nil {
		return err
	}
	pair, err := zctx.NewSocket(zmq.PAIR)
	if err != nil {
		return err
	}
	defer pair.Close()
	if err := pair.Connect(name); err != nil {
		return err
	}
	if err := server.Bind(endpoint); err != nil {
		return err
	}
	for {
		event, address, _, err := pair.RecvEvent(0)
		if err != nil {
			return err
		}
		report(event.String(), address)
	}
}
