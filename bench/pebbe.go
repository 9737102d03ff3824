package main

import zmq4 "github.com/pebbe/zmq4"

// pebbes is github.com/pebbe/zmq4.
type pebbes struct{}

func (pebbes) pair(transport string, a, b zmq4.Type) (*zmq4.Socket, *zmq4.Socket, error) {
	zctx, err := zmq4.NewContext()
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
	if endpoint, err = first.GetLastEndpoint(); err != nil {
		return nil, nil, err
	}
	return first, second, second.Connect(endpoint)
}

func (p pebbes) stream(transport string, size int) (puller, pusher, error) {
	pull, push, err := p.pair(transport, zmq4.PULL, zmq4.PUSH)
	return pebbe{sock: pull}, pebbe{push, make([]byte, size)}, err
}

func (p pebbes) dialogue(transport string, size int) (ask, answer func() error, err error) {
	rep, req, err := p.pair(transport, zmq4.REP, zmq4.REQ)
	body := make([]byte, size)
	ask = func() error {
		if _, err := req.SendBytes(body, 0); err != nil {
			return err
		}
		_, err := req.RecvBytes(0)
		return err
	}
	answer = func() error {
		request, err := rep.RecvBytes(0)
		if err != nil {
			return err
		}
		_, err = rep.SendBytes(request, 0)
		return err
	}
	return ask, answer, err
}

type pebbe struct {
	sock *zmq4.Socket
	body []byte
}

func (p pebbe) push(n int) error {
	for range n {
		if _, err := p.sock.SendBytes(p.body, 0); err != nil {
			return err
		}
	}
	return nil
}

func (p pebbe) pull(n int) error {
	for range n {
		if _, err := p.sock.RecvBytes(0); err != nil {
			return err
		}
	}
	return nil
}
