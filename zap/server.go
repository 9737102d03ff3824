package zap

import (
	"context"
	"fmt"
	"syscall"
	"time"

	zmq "gozmq"
)

// Server is the handler of a context, from Serve until Close. Its methods may
// be called from any goroutine at any time.
type Server struct {
	hub   *hub
	judge *judge
}

// Serve sets the handler that decides about all peers of the context's sockets
// but those that With, curve.Server or plain.Server have given a handler of
// their own. It is asked for sockets with PLAIN, CURVE or GSSAPI, and for
// those without security that have a Domain.
//
// A context has one such handler at a time: a second Serve is
// syscall.EADDRINUSE until the first is closed, and so is one while a socket
// of the program is bound to Endpoint. Serve takes one of the context's
// sockets, once. The end of the context ends the server too, and waits for
// handlers that run. Source: RFC 27.
func Serve(zctx *zmq.Context, handler Handler, options ...Option) (*Server, error) {
	c, err := newConfig(options)
	switch {
	case err != nil:
		return nil, err
	case handler == nil:
		return nil, errNoHandler
	case zctx == nil:
		return nil, fmt.Errorf("zap: %w: the context is nil", zmq.ErrClosed)
	}
	h, err := hubOf(zctx)
	if err != nil {
		return nil, fmt.Errorf("zap: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.ended:
		return nil, fmt.Errorf("zap: %w", zmq.ErrClosed)
	case h.serving != nil:
		return nil, fmt.Errorf("zap: the context has a ZAP server already: %w", syscall.EADDRINUSE)
	}
	s := &Server{h, h.newJudge(handler, c)}
	h.serving, h.served = s.judge, true
	h.set.Decided.Store(true)
	return s, nil
}

// closeTimeout bounds Server.Close.
const closeTimeout = 5 * time.Second

// Close ends the server: the contexts of handlers that run end, and Close
// waits for them, at most 5 seconds; its error says when it had to give up. The
// handler is not asked again. Peers that come later are sent away with
// StatusTryLater, so that they get in when there is a server again; nobody is
// let in for want of one. Closing twice does nothing.
func (s *Server) Close() error {
	if s == nil || s.hub == nil {
		return nil
	}
	s.hub.mu.Lock()
	if s.hub.serving == s.judge {
		s.hub.serving = nil
		s.hub.set.Decided.Store(false)
	}
	s.hub.mu.Unlock()
	s.judge.cancel()
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if err := s.judge.wait(ctx); err != nil {
		return fmt.Errorf("zap: a handler still runs: %w", err)
	}
	return nil
}
