package zmq

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gozmq/internal/attach"
	"gozmq/internal/engine"
)

// Context makes sockets and owns what they share: I/O threads, limits, the
// names of inproc endpoints. Every method may be called from any goroutine at
// any time. A program usually has one; sockets of two contexts reach each
// other by every transport but inproc.
//
// Get one from libzmq.NewContext. The zero value answers every call with
// ErrClosed.
type Context struct {
	eng      engine.Context
	attached attach.Set
}

// closeTimeout bounds Context.Close.
const closeTimeout = 5 * time.Second

// NewEngineContext makes a Context on an engine of this module. Programs use
// libzmq.NewContext, which calls it.
func NewEngineContext(eng engine.Context, settings ...ContextSetting) (*Context, error) {
	c := &Context{eng: eng}
	if err := c.Set(settings...); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// NewSocket makes a socket and applies settings in order, all or nothing: on
// an error no socket is left behind. Limits are opt.MaxSockets, 1023 by
// default, and the file descriptors of the process: ErrTooManySockets. A draft
// type on a library without drafts is errors.ErrUnsupported. Close the socket,
// or the context. Source: zmq_socket.
func (c *Context) NewSocket(t SocketType, settings ...Setting) (*Socket, error) {
	if err := c.usable(); err != nil {
		return nil, &Error{Op: "new socket", Socket: t.String(), Err: err}
	}
	if t < PAIR || t > CHANNEL {
		why := because{ErrInvalid, fmt.Sprintf("there is no socket type %d", int(t))}
		return nil, &Error{Op: "new socket", Err: why}
	}
	eng, err := c.eng.NewSocket(int(t))
	if err != nil {
		return nil, &Error{Op: "new socket", Socket: t.String(), Err: err}
	}
	s := newSocket(eng, t, c.eng)
	s.zctx = c
	if err := s.Set(settings...); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Set changes options of the context, in order; the first failure ends it.
// Some, such as opt.IOThreads, count only before the first socket. Source:
// zmq_ctx_set.
func (c *Context) Set(settings ...ContextSetting) error {
	if err := c.usable(); err != nil {
		return &Error{Op: "set", Err: err}
	}
	for _, set := range settings {
		for _, st := range steps(set.steps) {
			err := st.err
			if err == nil {
				err = refusal(c.eng, st.spec, c.eng.SetOption(st.num, st.value))
			}
			if err != nil {
				return &Error{Op: "set", Option: st.spec.Name, Err: err}
			}
		}
	}
	return nil
}

// Has reports whether the engine has a capability, by libzmq's names: "ipc",
// "curve", "gssapi", "pgm", "tipc", "norm", "vmci", "WS", "WSS", "draft".
// Source: zmq_has.
func (c *Context) Has(capability string) bool {
	return c.usable() == nil && c.eng.Has(capability)
}

// Version is that of the libzmq whose interface the engine has, as libzmq
// counts: 40304 is 4.3.4. It is 0 for a context without an engine. Source:
// zmq_version, ZMQ_MAKE_VERSION.
func (c *Context) Version() int {
	if c.usable() != nil {
		return 0
	}
	return c.eng.Version()
}

// Shutdown closes every socket of the context, which wakes all calls on them
// with ErrTerminated, and waits until every message that was sent has been handed
// over to a peer's connection or its socket's LINGER has ended. It returns
// nil when nothing is left; ErrLinger when it took so long that a finite
// LINGER ended on the way, so that messages may have been dropped; or an error
// that is ctx.Err() when ctx ended first: then the waiting goes on in the
// background, and Shutdown may be called again. Sockets with LINGER 0 drop what
// they hold, as asked, without an error, and so do those that wait for somebody
// to bind an inproc name. Afterwards the context is closed for good. Source:
// zmq_close, zmq_ctx_term.
func (c *Context) Shutdown(ctx context.Context) error {
	if err := c.usable(); err != nil {
		return &Error{Op: "shutdown", Err: err}
	}
	if ctx == nil {
		return &Error{Op: "shutdown", Err: errNilContext}
	}
	err := c.eng.Shutdown(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = fmt.Errorf("unsent messages are left: %w", err)
	}
	if waited := c.attached.Wait(ctx); err == nil {
		err = waited
	}
	if err != nil {
		return &Error{Op: "shutdown", Err: err}
	}
	return nil
}

// Close is Shutdown bounded by five seconds. Its error says when it had to
// give up, which happens with the default LINGER and messages for a peer that
// is not there. Closing again waits again, and is nil once all is done.
func (c *Context) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	return c.Shutdown(ctx)
}

func (c *Context) usable() error {
	if c == nil || c.eng == nil {
		return ErrClosed
	}
	return nil
}
