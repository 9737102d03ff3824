//go:build czmq

package goczmq

import (
	"errors"

	"github.com/zeromq/goczmq/v4"
)

// Answer greets whoever asks, until stop is closed.
func Answer(stop <-chan struct{}, endpoint string) error {
	rep, err := goczmq.NewRep(endpoint)
	if err != nil {
		return err
	}
	defer rep.Destroy()
	poller, err := goczmq.NewPoller(rep)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		_, name, err := next(stop, poller)
		if err != nil {
			return err
		}
		if err := rep.SendFrame([]byte("hello, "+string(name[0])), goczmq.FlagNone); err != nil {
			return err
		}
	}
}

// Ask has three tries of a second each.
func Ask(endpoint, name string) (string, error) {
	for range 3 {
		reply, err := AskOnce(endpoint, name)
		if !errors.Is(err, goczmq.ErrTimeout) {
			return reply, err
		}
	}
	return "", goczmq.ErrTimeout
}

// AskOnce is one try. It has a socket of its own, for a REQ socket that waits
// for a reply does nothing else.
func AskOnce(endpoint, name string) (string, error) {
	req, err := goczmq.NewReq(endpoint)
	if err != nil {
		return "", err
	}
	defer req.Destroy()
	poller, err := goczmq.NewPoller(req)
	if err != nil {
		return "", err
	}
	defer poller.Destroy()
	if err := req.SendFrame([]byte(name), goczmq.FlagNone); err != nil {
		return "", err
	}
	ready, err := poller.Wait(1000)
	if err != nil {
		return "", err
	}
	if ready == nil {
		return "", goczmq.ErrTimeout
	}
	reply, err := req.RecvMessage()
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
