package zmq

import (
	"context"
	"sync"

	"gozmq/internal/engine"
)

// Recv waits for one whole message and returns its frames, which are the
// caller's for good. Cancelling ctx never discards a message: the next Recv
// gets it.
//
// Ending ctx makes it return at once with an error that is ctx.Err();
// opt.RecvTimeout, if it passes first, gives os.ErrDeadlineExceeded. Other
// errors: ErrState (REQ and REP out of turn), ErrNotSupported (PUB, PUSH),
// ErrClosed. Source: zmq_msg_recv.
func (s *Socket) Recv(ctx context.Context) ([][]byte, error) {
	m := incoming.Get().(*[1]engine.Message)
	_, err := s.recv(ctx, m[:])
	frames := m[0].Frames
	m[0] = engine.Message{Own: true}
	incoming.Put(m)
	if err != nil {
		return nil, err
	}
	return frames, nil
}

// incoming holds the headers that carry Recv's frames across the seam.
var incoming = sync.Pool{New: func() any { return &[1]engine.Message{{Own: true}} }}

// RecvMsg waits for one whole message and puts it into m, whose storage it
// uses again: receiving into one Msg over and over allocates nothing. What m
// held before is gone, also when RecvMsg fails. How long the frames are valid
// is in the doc of Msg. Waiting and errors are Recv's.
func (s *Socket) RecvMsg(ctx context.Context, m *Msg) error {
	if m == nil {
		return s.fail(Error{Op: "recv", Err: errNilMsg})
	}
	_, err := s.recv(ctx, one(m))
	return err
}

// RecvBatch waits for one message, then takes what else is there, up to
// len(msgs), at the cost of about one. It returns how many of msgs it filled,
// from the first on; 0 comes with an error, or with an empty msgs. What the
// others held may be gone too. Waiting and errors are Recv's.
func (s *Socket) RecvBatch(ctx context.Context, msgs []Msg) (n int, err error) {
	return s.recv(ctx, messages(msgs))
}

// TryRecv is RecvMsg for callers that do not want to wait: ErrAgain when no
// message is there.
func (s *Socket) TryRecv(m *Msg) error {
	if err := s.usable(); err != nil {
		return s.fail(Error{Op: "recv", Err: err})
	}
	if m == nil {
		return s.fail(Error{Op: "recv", Err: errNilMsg})
	}
	_, err := s.eng.Recv(one(m))
	if err == nil {
		return nil
	}
	m.Reset()
	if err == ErrAgain {
		return s.recvAgain
	}
	return s.fail(Error{Op: "recv", Err: err})
}

// recv is every receive that may wait as long as opt.RecvTimeout says.
func (s *Socket) recv(ctx context.Context, batch []engine.Message) (n int, err error) {
	if err := s.usable(); err != nil {
		return 0, s.fail(Error{Op: "recv", Err: err})
	}
	return s.recvWithin(ctx, batch, bound{timeout: s.recvTimeout.Load()})
}

// recvWithin is recv with a bound of its own, on a socket that is usable.
func (s *Socket) recvWithin(ctx context.Context, batch []engine.Message, b bound) (n int, err error) {
	if ctx == nil {
		reset(batch)
		return 0, s.fail(Error{Op: "recv", Err: errNilContext})
	}
	if len(batch) == 0 {
		return 0, nil
	}
	if ctx.Err() != nil {
		reset(batch)
		return 0, s.fail(Error{Op: "recv", Err: ended(ctx)})
	}
	for {
		n, err := s.eng.Recv(batch)
		if n > 0 {
			return n, nil
		}
		if err == ErrAgain {
			for i := range batch {
				if batch[i].Held != nil {
					batch[i].Reset() // a call that waits keeps no memory on loan
				}
			}
			if n, err = s.waitWith(ctx, engine.In, batch, &b); n > 0 {
				return n, nil
			}
		}
		if err != nil {
			reset(batch)
			return 0, s.fail(Error{Op: "recv", Err: err})
		}
	}
}

func reset(batch []engine.Message) {
	for i := range batch {
		batch[i].Reset()
	}
}
