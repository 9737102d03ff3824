package zmq

import (
	"errors"
	"strings"

	"gozmq/internal/engine"
)

// Code is a failure that ZeroMQ names. Every Code is a constant; compare with
// errors.Is, since what methods return is wrapped in *Error. Failures that the
// operating system names keep their syscall.Errno, so that
// errors.Is(err, syscall.EADDRINUSE) works.
type Code = engine.Code

const (
	// ErrAgain: a Try call would have to wait. It is syscall.EAGAIN.
	ErrAgain = engine.ErrAgain
	// ErrState: the call is out of turn, such as a second request on a REQ
	// socket before the reply (libzmq's EFSM). The socket stays usable.
	ErrState = engine.ErrState
	// ErrClosed: the socket or context is closed, or is the zero value. It is
	// net.ErrClosed.
	ErrClosed = engine.ErrClosed
	// ErrTerminated: the context is shut down (libzmq's ETERM). It is
	// net.ErrClosed.
	ErrTerminated = engine.ErrTerminated
	// ErrHostUnreachable: the peer that the message names is not connected.
	// ROUTER says so with opt.RouterMandatory, STREAM and SERVER always. It is
	// syscall.EHOSTUNREACH.
	ErrHostUnreachable = engine.ErrHostUnreachable
	// ErrNoPeer: the message names no peer where the socket needs one.
	ErrNoPeer = engine.ErrNoPeer
	// ErrTooManySockets: the context's opt.MaxSockets are open, or the
	// process has no file descriptor left. It is syscall.EMFILE.
	ErrTooManySockets = engine.ErrTooManySockets
	// ErrNotSupported: this socket type cannot do that, such as receiving
	// from PUSH. It is errors.ErrUnsupported.
	ErrNotSupported = engine.ErrNotSupported
	// ErrInvalid: an argument has no meaning here. It is syscall.EINVAL.
	ErrInvalid = engine.ErrInvalid
	// ErrProtocol: the transport of the endpoint is unknown or not in this
	// library. It is errors.ErrUnsupported.
	ErrProtocol = engine.ErrProtocol
	// ErrIncompatible: the transport does not work with this socket type,
	// such as udp with PUB (libzmq's ENOCOMPATPROTO).
	ErrIncompatible = engine.ErrIncompatible
	// ErrNoIOThread: the context has opt.IOThreads 0, so that only inproc
	// works (libzmq's EMTHREAD).
	ErrNoIOThread = engine.ErrNoIOThread
	// ErrLinger: while a context was shut down a socket's LINGER ended, so
	// that messages which no peer had taken may have been dropped.
	ErrLinger = engine.ErrLinger
)

// Error says what was tried, on what, and why it failed. Nothing secret is in
// it: option values that are keys, passwords or other bytes are left out.
type Error struct {
	Op       string // the verb: "send", "recv", "bind", "connect", "set", ...
	Socket   string // the socket's type, such as "PUSH"; empty for a context
	Endpoint string // for bind, connect, unbind, disconnect
	Option   string // for set and get: the C name, such as "ZMQ_LINGER"
	Err      error  // the reason
}

// Error is one line, such as "zmq: bind PUSH tcp://127.0.0.1:5555: address
// already in use".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("zmq: ")
	b.WriteString(e.Op)
	for _, part := range [...]string{e.Socket, e.Endpoint, e.Option} {
		if part != "" {
			b.WriteByte(' ')
			b.WriteString(part)
		}
	}
	b.WriteString(": ")
	b.WriteString(e.Err.Error())
	return b.String()
}

// Unwrap gives the reason, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Timeout reports whether a deadline or opt.SendTimeout or opt.RecvTimeout
// ended the call, as net.Error does.
func (e *Error) Timeout() bool {
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// because adds a sentence to a Code without hiding it from errors.Is.
type because struct {
	Code
	why string
}

func (b because) Error() string { return b.why }
func (b because) Unwrap() error { return b.Code }
