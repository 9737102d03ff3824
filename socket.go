package zmq

import (
	"context"
	"errors"
	"sync/atomic"

	"gozmq/internal/attach"
	"gozmq/internal/engine"
	"gozmq/internal/options"
)

// Socket is a ZeroMQ socket. Every method may be called from any goroutine at
// any time, several at once: messages stay whole, a send goes on while another
// goroutine waits in a receive, and Close wakes everybody. A call that waits
// costs a goroutine, not a thread. A context that ends a call never loses,
// splits or doubles a message, and the socket stays usable.
//
// Get one from Context.NewSocket. The zero value answers every call with
// ErrClosed.
type Socket struct {
	eng engine.Socket
	typ SocketType
	ctx engine.Context // says what the library can do

	zctx     *Context
	attached attach.Set
	// curveServer says that opt.CurveServer was set, to either value.
	curveServer atomic.Bool

	// Bounds of calls that wait, in nanoseconds; negative is none. They
	// follow opt.SendTimeout and opt.RecvTimeout.
	sendTimeout, recvTimeout atomic.Int64

	hub hub // monitors and peers

	// What Try calls return most of the time, made once.
	sendAgain, recvAgain error
}

func newSocket(eng engine.Socket, t SocketType, ctx engine.Context) *Socket {
	s := &Socket{eng: eng, typ: t, ctx: ctx}
	s.hub.conns.raw = t == STREAM
	s.sendTimeout.Store(-1)
	s.recvTimeout.Store(-1)
	s.sendAgain = &Error{Op: "send", Socket: t.String(), Err: ErrAgain}
	s.recvAgain = &Error{Op: "recv", Socket: t.String(), Err: ErrAgain}
	return s
}

// Type is the socket's type.
func (s *Socket) Type() SocketType {
	if s == nil {
		return PAIR
	}
	return s.typ
}

// Bind accepts peers at an endpoint: "tcp://127.0.0.1:5555", "tcp://*:*" (any
// free port; LastEndpoint tells which), "ipc:///run/x.sock", "ipc://@name"
// (Linux), "inproc://name". A socket may bind several. Errors:
// syscall.EADDRINUSE, EADDRNOTAVAIL, ENODEV (no such interface or host), EACCES,
// ENOENT (no directory for ipc), ErrInvalid, ErrProtocol, ErrIncompatible.
// A CURVE server that has not said whom it lets in is refused with ErrInvalid.
// Source: zmq_bind.
func (s *Socket) Bind(endpoint string) error {
	return s.endpoint("bind", endpoint, engine.Socket.Bind)
}

// Connect makes the socket look for a peer at an endpoint, now and after each
// loss, and returns at once: the peer need not be there yet. Host names are
// resolved later and again at every try, so a wrong name is no error here.
// Whether the types of two sockets fit shows in the handshake, and over inproc,
// which has none, not at all.
// Errors: ErrInvalid, ErrProtocol, ErrIncompatible. Source: zmq_connect.
func (s *Socket) Connect(endpoint string) error {
	return s.endpoint("connect", endpoint, engine.Socket.Connect)
}

// Unbind ends what Bind began, and the connections that came through it, but
// for those of inproc. The endpoint is the one given to Bind, or LastEndpoint's
// after a wildcard; another is syscall.ENOENT. The address is free again a
// moment later.
// Source: zmq_unbind.
func (s *Socket) Unbind(endpoint string) error {
	return s.endpoint("unbind", endpoint, engine.Socket.Unbind)
}

// Disconnect ends what Connect began; messages on their way to that peer go
// on for LINGER. The endpoint is the one given to Connect; another is
// syscall.ENOENT. Source: zmq_disconnect.
func (s *Socket) Disconnect(endpoint string) error {
	return s.endpoint("disconnect", endpoint, engine.Socket.Disconnect)
}

func (s *Socket) endpoint(op, endpoint string, do func(engine.Socket, string) error) error {
	if err := s.usable(); err != nil {
		return &Error{Op: op, Endpoint: endpoint, Err: err}
	}
	err := checkEndpoint(op, endpoint)
	if err == nil && (op == "bind" || op == "connect") {
		err = s.decided()
	}
	if err == nil && (op == "bind" || op == "connect") {
		s.hub.use(endpoint)
	}
	if err == nil {
		err = do(s.eng, endpoint)
	}
	if err == nil && (op == "unbind" || op == "disconnect") {
		s.hub.left(endpoint)
	}
	if err != nil {
		return s.fail(Error{Op: op, Endpoint: endpoint, Err: err})
	}
	return nil
}

// LastEndpoint is the endpoint that was bound or connected last, with
// wildcards replaced by what was chosen: "tcp://0.0.0.0:41231". It is empty
// before the first and after Close. Source: ZMQ_LAST_ENDPOINT.
func (s *Socket) LastEndpoint() string {
	endpoint, err := getOption[string](s, options.LastEndpoint)
	if err != nil {
		return ""
	}
	return endpoint
}

// Subscribe lets messages through whose first frame begins with one of the
// prefixes; "" is all. On SUB, and on XPUB with opt.XPubManual for the peer
// whose subscription was read last. Each prefix counts: one that is subscribed
// twice must be unsubscribed twice. Errors: ErrInvalid when no prefix is given,
// ErrNotSupported for other types, ErrClosed. Source: ZMQ_SUBSCRIBE.
func (s *Socket) Subscribe(prefix ...string) error {
	return s.subscriptions("subscribe", options.Subscribe, prefix)
}

// Unsubscribe takes subscriptions back. One that was never made is ignored.
// Errors are Subscribe's. Source: ZMQ_UNSUBSCRIBE.
func (s *Socket) Unsubscribe(prefix ...string) error {
	return s.subscriptions("unsubscribe", options.Unsubscribe, prefix)
}

func (s *Socket) subscriptions(op string, num int, prefixes []string) error {
	if err := s.usable(); err != nil {
		return s.fail(Error{Op: op, Err: err})
	}
	if s.typ != SUB && s.typ != XPUB {
		return s.fail(Error{Op: op, Err: ErrNotSupported})
	}
	if len(prefixes) == 0 {
		return s.fail(Error{Op: op, Err: because{ErrInvalid, `no prefix given; "" stands for every message`}})
	}
	for _, p := range prefixes {
		if err := s.eng.SetOption(num, []byte(p)); err != nil {
			return s.fail(Error{Op: op, Err: err})
		}
	}
	return nil
}

// Close ends the socket and returns at once. Every call that waits on it
// returns ErrClosed, messages that were received and not read are dropped,
// and messages that were sent go on in the background for opt.Linger:
// Context.Shutdown waits for them. Closing twice is an ErrClosed that can be
// ignored. Source: zmq_close.
func (s *Socket) Close() error {
	if err := s.usable(); err != nil {
		return s.fail(Error{Op: "close", Err: err})
	}
	if err := s.eng.Close(); err != nil {
		return s.fail(Error{Op: "close", Err: err})
	}
	s.attached.End()
	return nil
}

// usable is nil unless s is nil or the zero Socket. Whether a socket is closed
// is the engine's to say.
func (s *Socket) usable() error {
	if s == nil || s.eng == nil {
		return ErrClosed
	}
	return nil
}

// fail completes e with the socket. It is for the paths that fail: it
// allocates.
func (s *Socket) fail(e Error) error {
	if s != nil && s.eng != nil {
		e.Socket = s.typ.String()
	}
	return &e
}

var errNilContext = because{ErrInvalid, "the context.Context is nil"}

// ended gives the reason why ctx ended a call: an error that is ctx.Err(),
// and its cause where one was given.
func ended(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, err) {
		return errCause{err, cause}
	}
	return err
}

type errCause struct{ err, cause error }

func (e errCause) Error() string   { return e.err.Error() + ": " + e.cause.Error() }
func (e errCause) Unwrap() []error { return []error{e.err, e.cause} }
func (e errCause) Timeout() bool   { return errors.Is(e.err, context.DeadlineExceeded) }
