//go:build zmq_4_x

package alecthomas

import (
	"syscall"

	zmq "github.com/alecthomas/gozmq"
)

// recv receives a message. Signals interrupt it, also those that Go's scheduler
// sends.
func recv(sock *zmq.Socket) ([][]byte, error) {
	for {
		m, err := sock.RecvMultipart(0)
		if err != syscall.EINTR {
			return m, err
		}
	}
}
