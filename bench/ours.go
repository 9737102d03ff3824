package main

import (
	"context"

	zmq "gozmq"
	"gozmq/libzmq"
)

// ours is gozmq, one message at a time or in batches.
type ours struct{ batch int }

// pair connects two sockets; the first one binds.
func (ours) pair(transport string, a, b zmq.SocketType) (*zmq.Socket, *zmq.Socket, error) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return nil, nil, err
	}
	first, err := zctx.NewSocket(a)
	if err != nil {
		return nil, nil, err
	}
	second, err := zctx.NewSocket(b)
	if err != nil {
		return nil, nil, err
	}
	endpoint := "inproc://bench"
	if transport == "tcp" {
		endpoint = "tcp://127.0.0.1:*"
	}
	if err := first.Bind(endpoint); err != nil {
		return nil, nil, err
	}
	return first, second, second.Connect(first.LastEndpoint())
}

func (o ours) stream(transport string, size int) (puller, pusher, error) {
	pull, push, err := o.pair(transport, zmq.PULL, zmq.PUSH)
	if o.batch == 0 {
		return &single{sock: pull}, &single{sock: push, body: make([]byte, size)}, err
	}
	return &batches{pull, make([]zmq.Msg, o.batch)}, newBatches(push, o.batch, size), err
}

func (o ours) dialogue(transport string, size int) (ask, answer func() error, err error) {
	rep, req, err := o.pair(transport, zmq.REP, zmq.REQ)
	ctx := context.Background()
	body := make([]byte, size)
	var reply, request zmq.Msg
	ask = func() error {
		if err := req.Send(ctx, body); err != nil {
			return err
		}
		return req.RecvMsg(ctx, &reply)
	}
	answer = func() error {
		if err := rep.RecvMsg(ctx, &request); err != nil {
			return err
		}
		return rep.SendMsg(ctx, &request)
	}
	return ask, answer, err
}

// single moves messages one by one.
type single struct {
	sock *zmq.Socket
	body []byte
	msg  zmq.Msg
}

func (s *single) push(n int) error {
	ctx := context.Background()
	for range n {
		if err := s.sock.Send(ctx, s.body); err != nil {
			return err
		}
	}
	return nil
}

func (s *single) pull(n int) error {
	ctx := context.Background()
	for range n {
		if err := s.sock.RecvMsg(ctx, &s.msg); err != nil {
			return err
		}
	}
	return nil
}

// batches moves many at a time.
type batches struct {
	sock *zmq.Socket
	msgs []zmq.Msg
}

func newBatches(sock *zmq.Socket, n, size int) *batches {
	b := &batches{sock, make([]zmq.Msg, n)}
	body := make([]byte, size)
	for i := range b.msgs {
		b.msgs[i].Append(body)
	}
	return b
}

func (b *batches) push(n int) error {
	ctx := context.Background()
	for n > 0 {
		k, err := b.sock.SendBatch(ctx, b.msgs[:min(n, len(b.msgs))])
		if err != nil {
			return err
		}
		n -= k
	}
	return nil
}

func (b *batches) pull(n int) error {
	ctx := context.Background()
	for n > 0 {
		k, err := b.sock.RecvBatch(ctx, b.msgs[:min(n, len(b.msgs))])
		if err != nil {
			return err
		}
		n -= k
	}
	return nil
}
