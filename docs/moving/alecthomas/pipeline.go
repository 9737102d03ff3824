//go:build zmq_4_x

package alecthomas

import (
	"bytes"

	zmq "github.com/alecthomas/gozmq"
)

// Ventilate hands out tasks to whoever works.
func Ventilate(zctx *zmq.Context, endpoint string, tasks []string) error {
	push, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		return err
	}
	defer push.Close() // what workers have not got yet goes on in the background
	if err := push.Bind(endpoint); err != nil {
		return err
	}
	for _, task := range tasks {
		if err := push.Send([]byte(task), 0); err != nil {
			return err
		}
	}
	return nil
}

// Work does tasks and passes on the results, until the context is closed.
func Work(zctx *zmq.Context, ventilator, sink string) error {
	pull, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return err
	}
	defer pull.Close()
	push, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		return err
	}
	defer push.Close()
	if err := pull.Connect(ventilator); err != nil {
		return err
	}
	if err := push.Connect(sink); err != nil {
		return err
	}
	for {
		task, err := recv(pull)
		if err != nil {
			return err
		}
		if err := push.Send(bytes.ToUpper(task[0]), 0); err != nil {
			return err
		}
	}
}

// Collect returns n results.
func Collect(zctx *zmq.Context, endpoint string, n int) ([]string, error) {
	pull, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return nil, err
	}
	defer pull.Close()
	if err := pull.Bind(endpoint); err != nil {
		return nil, err
	}
	var results []string
	for len(results) < n {
		m, err := recv(pull)
		if err != nil {
			return nil, err
		}
		results = append(results, string(m[0]))
	}
	return results, nil
}
