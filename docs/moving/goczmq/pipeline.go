//go:build czmq

package goczmq

import (
	"bytes"

	"github.com/zeromq/goczmq/v4"
)

// Ventilate hands out tasks to whoever works. Without LINGER, Destroy would drop
// what workers have not got yet.
func Ventilate(endpoint string, tasks []string) error {
	push, err := goczmq.NewPush("@" + endpoint)
	if err != nil {
		return err
	}
	defer push.Destroy()
	push.SetOption(goczmq.SockSetLinger(-1))
	for _, task := range tasks {
		if err := push.SendFrame([]byte(task), goczmq.FlagNone); err != nil {
			return err
		}
	}
	return nil
}

// Work does tasks and passes on the results, until stop is closed.
func Work(stop <-chan struct{}, ventilator, sink string) error {
	pull, err := goczmq.NewPull(">" + ventilator)
	if err != nil {
		return err
	}
	defer pull.Destroy()
	push, err := goczmq.NewPush(sink)
	if err != nil {
		return err
	}
	defer push.Destroy()
	poller, err := goczmq.NewPoller(pull)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		_, task, err := next(stop, poller)
		if err != nil {
			return err
		}
		if err := push.SendFrame(bytes.ToUpper(task[0]), goczmq.FlagNone); err != nil {
			return err
		}
	}
}

// Collect returns n results.
func Collect(endpoint string, n int) ([]string, error) {
	pull, err := goczmq.NewPull(endpoint)
	if err != nil {
		return nil, err
	}
	defer pull.Destroy()
	var results []string
	for len(results) < n {
		m, err := pull.RecvMessage()
		if err != nil {
			return nil, err
		}
		results = append(results, string(m[0]))
	}
	return results, nil
}
