package ours

import (
	"context"

	zmq "gozmq"
	"gozmq/bench/internal/loop"
	"gozmq/bench/internal/work"
)

// The ends of a stream never give up waiting.
var background = context.Background()

// end is both ends of a stream; a socket uses what its type has.
type end interface {
	loop.Sender
	loop.Receiver
	echo() (end bool, err error) // sends back what one call receives
}

func newEnd(w work.Work, sock *zmq.Socket) end {
	body := make([]byte, w.Size)
	if w.Batch == 0 {
		return &single{sock: sock, body: body}
	}
	b := &batches{sock: sock, out: make([]zmq.Msg, w.Batch), in: make([]zmq.Msg, w.Batch), size: w.Size}
	for i := range b.out {
		b.out[i].Append(body)
	}
	return b
}

// single moves messages one by one.
type single struct {
	sock *zmq.Socket
	body []byte
	msg  zmq.Msg
	seen byte
}

func (s *single) Send(n int) error {
	for range n {
		if err := s.sock.Send(background, s.body); err != nil {
			return err
		}
	}
	return nil
}

func (s *single) End() error { return s.sock.Send(background, nil) }

func (s *single) Receive(n int) error {
	for range n {
		if err := s.sock.RecvMsg(background, &s.msg); err != nil {
			return err
		}
		first, err := loop.Look(s.msg.Frame(0), len(s.body))
		if err != nil {
			return err
		}
		s.seen += first
	}
	return nil
}

func (s *single) Take() (n, ends int, err error) {
	if err := s.sock.RecvMsg(background, &s.msg); err != nil {
		return 0, 0, err
	}
	if isEnd(&s.msg) {
		return 0, 1, nil
	}
	return 1, 0, nil
}

// batches moves many at a time.
type batches struct {
	sock    *zmq.Socket
	out, in []zmq.Msg
	size    int
	seen    byte
}

func (b *batches) Send(n int) error {
	for n > 0 {
		k, err := b.sock.SendBatch(background, b.out[:min(n, len(b.out))])
		if err != nil {
			return err
		}
		n -= k
	}
	return nil
}

func (b *batches) End() error { return b.sock.Send(background, nil) }

func (b *batches) Receive(n int) error {
	for n > 0 {
		k, err := b.sock.RecvBatch(background, b.in[:min(n, len(b.in))])
		if err != nil {
			return err
		}
		for i := range k {
			first, err := loop.Look(b.in[i].Frame(0), b.size)
			if err != nil {
				return err
			}
			b.seen += first
		}
		n -= k
	}
	return nil
}

func (b *batches) Take() (n, ends int, err error) {
	k, err := b.sock.RecvBatch(background, b.in)
	if err != nil {
		return 0, 0, err
	}
	for i := range k {
		if isEnd(&b.in[i]) {
			ends++
		}
	}
	return k - ends, ends, nil
}

// echo sends back what comes.
func (s *single) echo() (end bool, err error) {
	if err := s.sock.RecvMsg(background, &s.msg); err != nil {
		return false, err
	}
	end = isEnd(&s.msg)
	return end, s.sock.SendMsg(background, &s.msg)
}

func (b *batches) echo() (end bool, err error) {
	n, err := b.sock.RecvBatch(background, b.in)
	if err != nil {
		return false, err
	}
	end = isEnd(&b.in[n-1])
	for sent := 0; sent < n; {
		k, err := b.sock.SendBatch(background, b.in[sent:n])
		if err != nil {
			return false, err
		}
		sent += k
	}
	return end, nil
}

// isEnd reports whether a message is the last one: its last frame is empty.
func isEnd(m *zmq.Msg) bool { return len(m.Frame(m.Len()-1)) == 0 }
