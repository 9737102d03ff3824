package zap

import (
	"context"
	"errors"

	zmq "gozmq"
	"gozmq/internal/attach"
	"gozmq/opt"
)

var errNoHandler = errors.New("zap: the handler is nil")

// With has handler decide about the peers of one socket, instead of the one
// that Serve has set. It gives the socket a domain that no other socket has.
//
//	sock, err := zctx.NewSocket(zmq.PULL, zap.With(zap.AllowFrom(office)))
//
// It counts for later Bind and Connect calls; the mechanism is another
// setting's affair. Without one the peers are anonymous, and on a socket that
// connects it decides about the servers. The peers of a REQ have no user id,
// over which libzmq would end their connection. It starts the ZAP server of the
// context if need be, with the errors of Serve.
func With(handler Handler, options ...Option) zmq.Setting {
	return zmq.SettingFunc("zap.With", func(zctx *zmq.Context, s *zmq.Socket) error {
		if handler == nil {
			return errNoHandler
		}
		c, err := newConfig(options)
		if err != nil {
			return err
		}
		h, err := hubOf(zctx)
		if err != nil {
			return err
		}
		if s.Type() == zmq.REQ {
			handler = withoutUser(handler)
		}
		domain, err := h.add(handler, c)
		if err != nil {
			return err
		}
		attach.Socket(s).OnEnd(func() { h.remove(domain) })
		if err := setDomain(s, domain); err != nil {
			return err
		}
		attach.Socket(s).Decided.Store(true)
		return nil
	})
}

// withoutUser is handler for a REQ socket. libzmq, 4.3.6 included, tells a
// session of the user id by a message that REQ's takes for a broken reply: it
// closes the connection with the first reply on it.
func withoutUser(handler Handler) Handler {
	return HandlerFunc(func(ctx context.Context, r *Request) Response {
		response := handler.Authenticate(ctx, r)
		response.UserID = ""
		return response
	})
}

// Domain puts a socket into a domain, by which the handler of Serve tells it
// from others, for later Bind and Connect calls. With it the handler is asked
// about peers of sockets without security too, and where there is no handler
// nobody gets in. The name has 1 to 255 bytes, and cannot be taken back.
// Source: ZMQ_ZAP_DOMAIN, ZMQ_ZAP_ENFORCE_DOMAIN.
func Domain(name string) zmq.Setting {
	return zmq.SettingFunc("zap.Domain", func(_ *zmq.Context, s *zmq.Socket) error { return setDomain(s, name) })
}

// setDomain also has libzmq refuse everybody while there is no handler. A
// library that is too old for that does not know it.
func setDomain(s *zmq.Socket, name string) error {
	if err := s.Set(opt.ZAPDomain.To(name)); err != nil {
		return err
	}
	if err := s.Set(opt.ZAPEnforceDomain.To(true)); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
