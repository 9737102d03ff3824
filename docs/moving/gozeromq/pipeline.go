package gozeromq

import (
	"bytes"
	"context"

	"github.com/go-zeromq/zmq4"
)

// Ventilate hands out tasks to whoever works.
func Ventilate(ctx context.Context, endpoint string, tasks []string) error {
	push := zmq4.NewPush(ctx)
	defer push.Close()
	if err := push.Listen(endpoint); err != nil {
		return err
	}
	for _, task := range tasks {
		if err := push.Send(zmq4.NewMsgString(task)); err != nil {
			return err
		}
	}
	return nil
}

// Work does tasks and passes on the results, until ctx ends.
func Work(ctx context.Context, ventilator, sink string) error {
	pull := zmq4.NewPull(ctx)
	defer pull.Close()
	push := zmq4.NewPush(ctx)
	defer push.Close()
	if err := pull.Dial(ventilator); err != nil {
		return err
	}
	if err := push.Dial(sink); err != nil {
		return err
	}
	for {
		task, err := recv(ctx, pull)
		if err != nil {
			return err
		}
		if err := push.Send(zmq4.NewMsg(bytes.ToUpper(task.Frames[0]))); err != nil {
			return err
		}
	}
}

// Collect returns n results.
func Collect(ctx context.Context, endpoint string, n int) ([]string, error) {
	pull := zmq4.NewPull(ctx)
	defer pull.Close()
	if err := pull.Listen(endpoint); err != nil {
		return nil, err
	}
	var results []string
	for len(results) < n {
		m, err := recv(ctx, pull)
		if err != nil {
			return nil, err
		}
		results = append(results, string(m.Frames[0]))
	}
	return results, nil
}
