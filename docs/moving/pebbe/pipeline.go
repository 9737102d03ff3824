package pebbe

import (
	"strings"

	zmq "github.com/pebbe/zmq4"
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
		if _, err := push.Send(task, 0); err != nil {
			return err
		}
	}
	return nil
}

// Work does tasks and passes on the results, until the context is terminated.
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
		task, err := pull.Recv(0)
		if err != nil {
			return err
		}
		if _, err := push.Send(strings.ToUpper(task), 0); err != nil {
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
		m, err := pull.Recv(0)
		if err != nil {
			return nil, err
		}
		results = append(results, m)
	}
	return results, nil
}
