// Package socket makes sockets for the examples in one step instead of three.
package socket

import zmq "gozmq"

// Bind makes a socket that accepts peers at endpoint. Close it.
func Bind(zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	sock, err := zctx.NewSocket(typ, settings...)
	if err != nil {
		return nil, err
	}
	if err := sock.Bind(endpoint); err != nil {
		_ = sock.Close() // it is new: nothing is lost
		return nil, err
	}
	return sock, nil
}

// Connect makes a socket that looks for a peer at endpoint. Close it.
func Connect(zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	sock, err := zctx.NewSocket(typ, settings...)
	if err != nil {
		return nil, err
	}
	if err := sock.Connect(endpoint); err != nil {
		_ = sock.Close() // it is new: nothing is lost
		return nil, err
	}
	return sock, nil
}
