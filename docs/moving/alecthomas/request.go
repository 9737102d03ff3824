//go:build zmq_4_x

package alecthomas

import (
	"errors"
	"syscall"
	"time"

	zmq "github.com/alecthomas/gozmq"
)

// Answer greets whoever asks, until the context is closed.
func Answer(zctx *zmq.Context, endpoint string) error {
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		name, err := recv(rep)
		if err != nil {
			return err
		}
		if err := rep.Send([]byte("hello, "+string(name[0])), 0); err != nil {
			return err
		}
	}
}

// Ask has three tries of a second each.
func Ask(zctx *zmq.Context, endpoint, name string) (string, error) {
	for range 3 {
		reply, err := AskOnce(zctx, endpoint, name)
		if err != syscall.EAGAIN {
			return reply, err
		}
	}
	return "", errors.New("no answer")
}

// AskOnce is one try. It has a socket of its own, for a REQ socket that waits
// for a reply does nothing else.
func AskOnce(zctx *zmq.Context, endpoint, name string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ)
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.SetLinger(0); err != nil {
		return "", err
	}
	if err := req.SetRcvTimeout(time.Second); err != nil {
		return "", err
	}
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if err := req.Send([]byte(name), 0); err != nil {
		return "", err
	}
	reply, err := recv(req)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
