//go:build czmq

package goczmq

import (
	"errors"

	"github.com/zeromq/goczmq/v4"
)

var errStopped = errors.New("stopped")

// next waits for a message on the sockets of a poller. A call that waits cannot
// be ended, so it looks at stop ten times a second.
func next(stop <-chan struct{}, poller *goczmq.Poller) (*goczmq.Sock, [][]byte, error) {
	for {
		select {
		case <-stop:
			return nil, nil, errStopped
		default:
		}
		sock, err := poller.Wait(100)
		if err != nil {
			return nil, nil, err
		}
		if sock != nil {
			m, err := sock.RecvMessage()
			return sock, m, err
		}
	}
}
