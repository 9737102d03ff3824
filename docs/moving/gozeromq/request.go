package gozeromq

import (
	"context"
	"errors"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Answer greets whoever asks, until ctx ends.
func Answer(ctx context.Context, endpoint string) error {
	rep := zmq4.NewRep(ctx)
	defer rep.Close()
	if err := rep.Listen(endpoint); err != nil {
		return err
	}
	for {
		name, err := rep.Recv()
		if err != nil {
			return err
		}
		if err := rep.Send(zmq4.NewMsgString("hello, " + string(name.Frames[0]))); err != nil {
			return err
		}
	}
}

// Ask has three tries of a second each.
func Ask(ctx context.Context, endpoint, name string) (string, error) {
	for range 3 {
		reply, err := AskOnce(ctx, endpoint, name)
		if !errors.Is(err, errTimeout) {
			return reply, err
		}
	}
	return "", errTimeout
}

var errTimeout = errors.New("no answer")

// AskOnce is one try. Recv of a REQ socket looks at no context: it goes on
// until the socket is closed.
func AskOnce(ctx context.Context, endpoint, name string) (string, error) {
	req := zmq4.NewReq(ctx)
	defer req.Close()
	if err := req.Dial(endpoint); err != nil {
		return "", err
	}
	if err := req.Send(zmq4.NewMsgString(name)); err != nil {
		return "", err
	}
	replies, failed := make(chan zmq4.Msg, 1), make(chan error, 1)
	go func() {
		if m, err := req.Recv(); err != nil {
			failed <- err
		} else {
			replies <- m
		}
	}()
	select {
	case m := <-replies:
		return string(m.Frames[0]), nil
	case err := <-failed:
		return "", err
	case <-time.After(time.Second):
		return "", errTimeout
	}
}
