package pebbe

import (
	"errors"
	"syscall"
	"time"

	zmq "github.com/pebbe/zmq4"
)

// Answer greets whoever asks, until the context is terminated.
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
		name, err := rep.Recv(0)
		if err != nil {
			return err
		}
		if _, err := rep.Send("hello, "+name, 0); err != nil {
			return err
		}
	}
}

// Ask has three tries of a second each.
func Ask(zctx *zmq.Context, endpoint, name string) (string, error) {
	for range 3 {
		reply, err := AskOnce(zctx, endpoint, name)
		if zmq.AsErrno(err) == zmq.Errno(syscall.EAGAIN) {
			continue
		}
		return reply, err
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
	if err := req.SetRcvtimeo(time.Second); err != nil {
		return "", err
	}
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if _, err := req.Send(name, 0); err != nil {
		return "", err
	}
	return req.Recv(0)
}
