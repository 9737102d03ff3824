package pebbe

import (
	"time"

	zmq "github.com/pebbe/zmq4"
)

// Poll handles what comes from two sockets, until the context is terminated.
func Poll(sub, pull *zmq.Socket, handle func(string)) error {
	poller := zmq.NewPoller()
	poller.Add(sub, zmq.POLLIN)
	poller.Add(pull, zmq.POLLIN)
	for {
		ready, err := poller.Poll(-1)
		if err != nil {
			return err
		}
		for _, r := range ready {
			m, err := r.Socket.RecvMessage(0)
			if err != nil {
				return err
			}
			handle(m[0])
		}
	}
}

// React handles messages and looks at the clock, until the context is
// terminated. Messages wait for the clock, and the clock for messages, up to
// ten milliseconds.
func React(sub, pull *zmq.Socket, handle func(string), tick func()) error {
	reactor := zmq.NewReactor()
	for _, sock := range []*zmq.Socket{sub, pull} {
		reactor.AddSocket(sock, zmq.POLLIN, func(zmq.State) error {
			m, err := sock.RecvMessage(0)
			if err != nil {
				return err
			}
			handle(m[0])
			return nil
		})
	}
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	reactor.AddChannelTime(ticker.C, 1, func(any) error {
		tick()
		return nil
	})
	return reactor.Run(10 * time.Millisecond)
}
