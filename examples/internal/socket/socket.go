// Package socket makes sockets for the examples in one step instead of three.
package socket

import (
	"context"

	zmq "gozmq"
	"gozmq/examples/internal/run"
)

// Bind makes a socket that accepts peers at endpoint. Close it.
func Bind(zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	return open(zctx, typ, settings, func(sock *zmq.Socket) error { return sock.Bind(endpoint) })
}

// Connect makes a socket that looks for a peer at endpoint. Close it.
func Connect(zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	return open(zctx, typ, settings, func(sock *zmq.Socket) error { return sock.Connect(endpoint) })
}

func open(zctx *zmq.Context, typ zmq.SocketType, settings []zmq.Setting, attach func(*zmq.Socket) error) (*zmq.Socket, error) {
	sock, err := zctx.NewSocket(typ, settings...)
	if err != nil {
		return nil, err
	}
	if err := attach(sock); err != nil {
		_ = sock.Close() // it is new: nothing is lost
		return nil, err
	}
	return sock, nil
}

// Set is the sockets of a part that has several. It keeps the first error,
// which is looked at once:
//
//	socks := socket.NewSet(zctx)
//	defer socks.Close()
//	in := socks.Bind(zmq.PULL, from)
//	out := socks.Connect(zmq.PUSH, to)
//	if err := socks.Err(); err != nil {
//		return err
//	}
type Set struct {
	zctx      *zmq.Context
	socks     []*zmq.Socket
	receivers []func(context.Context) error
	err       error
}

// NewSet is a set without sockets.
func NewSet(zctx *zmq.Context) *Set { return &Set{zctx: zctx} }

// New makes a socket that is neither bound nor connected yet.
func (s *Set) New(typ zmq.SocketType, settings ...zmq.Setting) *zmq.Socket {
	return s.add(s.zctx.NewSocket(typ, settings...))
}

// Bind is Bind for a socket of the set.
func (s *Set) Bind(typ zmq.SocketType, endpoint string, settings ...zmq.Setting) *zmq.Socket {
	return s.add(Bind(s.zctx, typ, endpoint, settings...))
}

// Connect is Connect for a socket of the set.
func (s *Set) Connect(typ zmq.SocketType, endpoint string, settings ...zmq.Setting) *zmq.Socket {
	return s.add(Connect(s.zctx, typ, endpoint, settings...))
}

func (s *Set) add(sock *zmq.Socket, err error) *zmq.Socket {
	if err != nil {
		if s.err == nil {
			s.err = err
		}
		return &zmq.Socket{} // is closed
	}
	s.socks = append(s.socks, sock)
	return sock
}

// Err is the first error of Bind and Connect.
func (s *Set) Err() error { return s.err }

// Inbox is a channel of what comes on a socket, for a select. Receive fills it.
func (s *Set) Inbox(sock *zmq.Socket) <-chan *zmq.Msg {
	ch := make(chan *zmq.Msg)
	s.receivers = append(s.receivers, func(ctx context.Context) error { return sock.RecvTo(ctx, ch) })
	return ch
}

// Receive fills the inboxes until ctx ends, or a socket fails.
func (s *Set) Receive(ctx context.Context) error { return run.All(ctx, s.receivers...) }

// Close closes the sockets.
func (s *Set) Close() {
	for _, sock := range s.socks {
		_ = sock.Close() // fails only if it is closed
	}
}
