package zmq

import (
	"context"
	"sync"

	"gozmq/internal/engine"
)

// Send sends one message of one or more frames. It waits while the socket
// cannot take it: no peer, or all peers at their high-water mark, for the
// types that wait. The socket has its own copy when Send returns, so the
// caller may use the bytes again.
//
// An error means that nothing was sent. Ending ctx makes it return at once
// with an error that is ctx.Err(); opt.SendTimeout, if it passes first, gives
// os.ErrDeadlineExceeded. Other errors: ErrState (REQ and REP out of turn),
// ErrHostUnreachable (ROUTER with opt.RouterMandatory, STREAM), ErrNotSupported
// (SUB, PULL), ErrClosed, ErrInvalid (no frame, or more or fewer than the type
// takes). Source: zmq_msg_send.
func (s *Socket) Send(ctx context.Context, frames ...[]byte) error {
	// The way of most messages. What is in its way, send sees to.
	if len(frames) == 1 && s.usable() == nil && s.typ < STREAM && ctx != nil && ctx.Err() == nil {
		if s.eng.SendFrame(frames[0]) == nil {
			return nil
		}
	}
	m := outgoing.Get().(*[1]engine.Message)
	m[0].Frames = append(m[0].Frames, frames...)
	_, err := s.send(ctx, m[:])
	clear(m[0].Frames) // keep no reference to the caller's bytes
	m[0].Frames = m[0].Frames[:0]
	outgoing.Put(m)
	return err
}

// outgoing holds the headers that carry Send's frames across the seam, so
// that the caller's slice of frames need not leave its stack.
var outgoing = sync.Pool{New: func() any { return new([1]engine.Message) }}

// SendMsg is Send for a Msg, with its routing id and group. The Msg stays the
// caller's, unchanged, and may be sent again.
func (s *Socket) SendMsg(ctx context.Context, m *Msg) error {
	if m == nil {
		return s.fail(Error{Op: "send", Err: errNilMsg})
	}
	_, err := s.send(ctx, one(m))
	return err
}

// SendBatch sends messages in order, at the cost of about one. It waits until
// all are accepted and returns how many were: all of them, or fewer with the
// error that ended it. Those that were not accepted left nothing behind.
func (s *Socket) SendBatch(ctx context.Context, msgs []Msg) (n int, err error) {
	return s.send(ctx, messages(msgs))
}

// TrySend is SendMsg for callers that do not want to wait: ErrAgain when the
// message cannot be taken now.
func (s *Socket) TrySend(m *Msg) error {
	if err := s.usable(); err != nil {
		return s.fail(Error{Op: "send", Err: err})
	}
	if m == nil {
		return s.fail(Error{Op: "send", Err: errNilMsg})
	}
	batch := one(m)
	err := s.checkOutgoing(batch)
	if err == nil {
		_, err = s.eng.Send(batch)
	}
	switch err {
	case nil:
		return nil
	case ErrAgain:
		return s.sendAgain
	}
	return s.fail(Error{Op: "send", Err: err})
}

// send is every send that may wait as long as opt.SendTimeout says.
func (s *Socket) send(ctx context.Context, batch []engine.Message) (n int, err error) {
	if err := s.usable(); err != nil {
		return 0, s.fail(Error{Op: "send", Err: err})
	}
	return s.sendWithin(ctx, batch, bound{timeout: s.sendTimeout.Load()})
}

// sendWithin is send with a bound of its own, on a socket that is usable.
func (s *Socket) sendWithin(ctx context.Context, batch []engine.Message, b bound) (n int, err error) {
	if ctx == nil {
		return 0, s.fail(Error{Op: "send", Err: errNilContext})
	}
	if err := s.checkOutgoing(batch); err != nil {
		return 0, s.fail(Error{Op: "send", Err: err})
	}
	if ctx.Err() != nil {
		return 0, s.fail(Error{Op: "send", Err: ended(ctx)})
	}
	for n < len(batch) {
		k, err := s.eng.Send(batch[n:])
		if n += k; k > 0 {
			b.early = 0
		}
		if n == len(batch) {
			break
		}
		if err == ErrAgain {
			err = s.wait(ctx, engine.Out, &b)
		}
		if err != nil {
			return n, s.fail(Error{Op: "send", Err: err})
		}
	}
	return n, nil
}

// checkOutgoing finds messages that the socket's type cannot send, before
// any of the batch is.
func (s *Socket) checkOutgoing(batch []engine.Message) error {
	for i := range batch {
		if len(batch[i].Frames) == 0 {
			return errNoFrames
		}
	}
	switch {
	case s.typ == STREAM || s.typ == DGRAM:
		for i := range batch {
			if len(batch[i].Frames) != 2 {
				return because{ErrInvalid, "a " + s.typ.String() + " message names its peer, then has the bytes: two frames"}
			}
		}
		return nil
	case s.typ < SERVER:
		return nil
	}
	for i := range batch {
		m := &batch[i]
		switch {
		case s.typ.singleFrame() && len(m.Frames) != 1:
			return because{ErrInvalid, "a " + s.typ.String() + " message is exactly one frame"}
		case (s.typ == SERVER || s.typ == PEER) && m.RoutingID == 0:
			return because{ErrNoPeer, "the message has no routing id: which peer is it for?"}
		case s.typ == RADIO && len(m.Group) > maxGroup:
			return because{ErrInvalid, "the group is longer than 255 bytes"}
		}
	}
	return nil
}

// maxGroup is ZMQ_GROUP_MAX_LENGTH since libzmq 4.3.3.
const maxGroup = 255

var (
	errNoFrames = because{ErrInvalid, "a message has at least one frame"}
	errNilMsg   = because{ErrInvalid, "the *Msg is nil"}
)
