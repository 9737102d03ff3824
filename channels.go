package zmq

import "context"

// RecvTo hands the socket's messages to a channel, until ctx ends or the
// socket fails; the error says which. It uses the caller's goroutine: run it
// with go to select on a socket and other things.
//
// Each Msg is new and the receiver's for good. Back-pressure is the channel's:
// RecvTo receives the next message only after ch has taken the last, so a slow
// reader fills the socket's queue, as it would without a channel. Nothing is
// lost when ctx ends: a message that ch has not taken goes back to the front
// of the socket's queue, and the next receive gets it. RecvTo never closes ch.
// Errors are Recv's, and ErrInvalid when ch is nil. Source: zmq_msg_recv.
func (s *Socket) RecvTo(ctx context.Context, ch chan<- *Msg) error {
	if err := s.channelUse(ctx, "recv", ch == nil); err != nil {
		return err
	}
	var w openWatch
	for {
		m := new(Msg)
		m.m.Own = true
		if _, err := s.recv(ctx, one(m)); err != nil {
			return err
		}
		m.m.Own = false // later receives into it are like any
		select {
		case ch <- m:
			continue
		default:
		}
		err := s.whileOpen(ctx, &w, func(ended, closed <-chan struct{}) {
			select {
			case ch <- m:
				m = nil
			case <-ended:
			case <-closed:
			}
		})
		if m != nil {
			s.eng.Unread(one(m))
		}
		if err != nil {
			return s.fail(Error{Op: "recv", Err: err})
		}
	}
}

// SendFrom sends what comes from a channel, in order, until ch is closed,
// which is nil, or ctx ends, or the socket fails. It uses the caller's
// goroutine. A Msg that is in the channel belongs to SendFrom: do not change
// it or use its storage again.
//
// Back-pressure is the socket's: SendFrom takes the next message only after
// the last was accepted. When it ends while it holds a message, because ctx
// ended or the socket refused it, the error is an *UnsentError with that
// message; no other message is taken and not sent. Errors are Send's, and
// ErrInvalid when ch is nil or a Msg in it is. Source: zmq_msg_send.
func (s *Socket) SendFrom(ctx context.Context, ch <-chan *Msg) error {
	if err := s.channelUse(ctx, "send", ch == nil); err != nil {
		return err
	}
	var w openWatch
	for {
		var m *Msg
		taken, open := false, true
		select {
		case m, open = <-ch:
			taken = true
		default:
			err := s.whileOpen(ctx, &w, func(ended, closed <-chan struct{}) {
				select {
				case m, open = <-ch:
					taken = true
				case <-ended:
				case <-closed:
				}
			})
			if err != nil && !taken {
				return s.fail(Error{Op: "send", Err: err})
			}
		}
		if !taken {
			continue
		}
		if !open {
			return nil
		}
		if err := s.SendMsg(ctx, m); err != nil {
			return &UnsentError{m, err}
		}
	}
}

// UnsentError is SendFrom's error when it has taken a message from the channel
// and the socket has not accepted it.
type UnsentError struct {
	Msg *Msg  // the caller's again, unchanged
	Err error // the reason, an *Error
}

// Error is the reason.
func (e *UnsentError) Error() string { return e.Err.Error() }

// Unwrap gives the reason, for errors.Is and errors.As.
func (e *UnsentError) Unwrap() error { return e.Err }

func (s *Socket) channelUse(ctx context.Context, op string, nilChan bool) error {
	err := s.usable()
	switch {
	case err != nil:
	case ctx == nil:
		err = errNilContext
	case nilChan:
		err = because{ErrInvalid, "the channel is nil"}
	default:
		return nil
	}
	return s.fail(Error{Op: op, Err: err})
}

// openWatch learns of the end of a socket while whileOpen waits. It is made
// once for many waits, which then allocate nothing.
type openWatch struct {
	guards guards
	closed chan struct{}
}

// whileOpen runs f, which waits for something that is not the socket's and
// returns when one of its channels fires: ended is ctx's, closed gets a token
// when the socket closes. The result is nil unless one of the two has.
func (s *Socket) whileOpen(ctx context.Context, w *openWatch, f func(ended, closed <-chan struct{})) (err error) {
	if w.closed == nil {
		w.closed = make(chan struct{}, 1)
		err = w.guards.guard(s, w.closed)
	} else {
		err = w.guards.arm()
	}
	defer w.guards.disarm()
	if err != nil {
		return err
	}
	f(ctx.Done(), w.closed)
	if ctx.Err() != nil {
		return ended(ctx)
	}
	return w.guards.reason()
}
