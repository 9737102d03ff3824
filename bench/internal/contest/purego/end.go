package purego

import (
	"fmt"

	zmq4 "github.com/go-zeromq/zmq4"

	"gozmq/bench/internal/loop"
)

// end is both ends of a stream.
type end struct {
	sock zmq4.Socket
	body []byte
}

func (e end) Send(n int) error {
	for range n {
		if err := e.sock.Send(zmq4.NewMsg(e.body)); err != nil {
			return err
		}
	}
	return nil
}

func (e end) End() error { return e.sock.Send(zmq4.NewMsg(nil)) }

func (e end) Receive(n int) error {
	for range n {
		m, err := e.sock.Recv()
		if err != nil {
			return err
		}
		if len(m.Frames) != 1 {
			return fmt.Errorf("received %d frames, want 1", len(m.Frames))
		}
		if _, err := loop.Look(m.Frames[0], len(e.body)); err != nil {
			return err
		}
	}
	return nil
}

func (e end) Take() (n, ends int, err error) {
	m, err := e.sock.Recv()
	switch {
	case err != nil:
		return 0, 0, err
	case isEnd(m):
		return 0, 1, nil
	}
	return 1, 0, nil
}

// isEnd reports whether a message is the last one: its last frame is empty.
func isEnd(m zmq4.Msg) bool {
	return len(m.Frames) == 0 || len(m.Frames[len(m.Frames)-1]) == 0
}
