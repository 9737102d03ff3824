//go:build zmq_4_x

package alecthomas

import (
	"encoding/binary"

	zmq "github.com/alecthomas/gozmq"
)

// Observe reports what happens to the connections of a server, until the
// context is closed.
func Observe(zctx *zmq.Context, server *zmq.Socket, endpoint string, report func(event zmq.Event, address string)) error {
	const name = "inproc://monitor.server" // one for each socket
	const handshakeSucceeded = zmq.Event(0x1000)
	if err := server.Monitor(name, zmq.EVENT_ALL|handshakeSucceeded); err != nil {
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
		m, err := recv(pair) // the event's number and value, its address
		if err != nil {
			return err
		}
		report(zmq.Event(binary.NativeEndian.Uint16(m[0])), string(m[1]))
	}
}
