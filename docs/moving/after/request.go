package after

import (
	"context"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// Answer greets whoever asks, until ctx ends.
func Answer(ctx context.Context, zctx *zmq.Context, endpoint string) error {
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		name, err := rep.Recv(ctx)
		if err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte("hello, "+string(name[0]))); err != nil {
			return err
		}
	}
}

// Ask has three tries of a second each. Many goroutines can share asker.
func Ask(ctx context.Context, zctx *zmq.Context, endpoint, name string) (string, error) {
	asker, err := zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: []string{endpoint},
		Timeout:   time.Second,
		Retries:   2,
	})
	if err != nil {
		return "", err
	}
	defer asker.Close()
	reply, err := asker.Request(ctx, []byte(name))
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}

// AskOnce is one try of five seconds at most, on a REQ socket. When they are
// over, the error is context.DeadlineExceeded.
func AskOnce(ctx context.Context, zctx *zmq.Context, endpoint, name string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ, opt.Linger.To(0))
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := req.Send(ctx, []byte(name)); err != nil {
		return "", err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
