package pebbe

import (
	"sync"

	zmq4 "github.com/pebbe/zmq4"

	"gozmq/bench/internal/loop"
)

// end is both ends of a stream; a socket uses what its type has.
type end struct {
	sock *zmq4.Socket
	body []byte
}

func (e end) Send(n int) error {
	for range n {
		if _, err := e.sock.SendBytes(e.body, 0); err != nil {
			return err
		}
	}
	return nil
}

func (e end) End() error {
	_, err := e.sock.SendBytes(nil, 0)
	return err
}

func (e end) Receive(n int) error {
	for range n {
		b, err := e.sock.RecvBytes(0)
		if err != nil {
			return err
		}
		if _, err := loop.Look(b, len(e.body)); err != nil {
			return err
		}
	}
	return nil
}

func (e end) Take() (n, ends int, err error) {
	b, err := e.sock.RecvBytes(0)
	switch {
	case err != nil:
		return 0, 0, err
	case len(b) == 0:
		return 0, 1, nil
	}
	return 1, 0, nil
}

// echo sends a message back as it came.
func (e end) echo() (bool, error) {
	frames, err := e.sock.RecvMessageBytes(0)
	if err != nil {
		return false, err
	}
	_, err = e.sock.SendMessage(frames)
	return len(frames[len(frames)-1]) == 0, err
}

// shared is an end of a socket that several goroutines send on. The library
// leaves it to them to take turns.
type shared struct {
	end
	mu *sync.Mutex
}

func (s shared) Send(n int) error {
	for range n {
		s.mu.Lock()
		err := s.end.Send(1)
		s.mu.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

func (s shared) End() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end.End()
}
