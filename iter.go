package zmq

import (
	"context"
	"iter"
)

// Messages receives in a loop:
//
//	for m, err := range sock.Messages(ctx) {
//		if err != nil {
//			return err
//		}
//		use(m.Frame(0))
//	}
//
// The Msg is one, used again for each message, so the loop allocates nothing;
// it is valid until the loop goes on or ends, and Clone keeps what must live
// longer. Leaving the loop loses no message. What ends it otherwise is one
// last turn with a nil Msg and the error: that of ctx, os.ErrDeadlineExceeded
// after opt.RecvTimeout, or ErrClosed when the socket is closed, so that an
// end is never mistaken for another. Several loops may run on one socket and
// share its messages. Source: zmq_msg_recv.
func (s *Socket) Messages(ctx context.Context) iter.Seq2[*Msg, error] {
	return func(yield func(*Msg, error) bool) {
		var m Msg
		defer m.Release()
		for {
			if err := s.RecvMsg(ctx, &m); err != nil {
				yield(nil, err)
				return
			}
			if !yield(&m, nil) {
				return
			}
		}
	}
}

// firstBatch is how many messages Batches has room for before it knows how
// many come.
const firstBatch = 16

// Batches receives what is there, up to max messages at a time, in a loop. It
// costs about as much for a batch as Messages does for one message. The batch
// and its messages are used again: they are valid until the loop goes on or
// ends. A loop that is left in the middle of a batch has received all of that
// batch. What ends the loop otherwise is as with Messages, with a nil batch;
// max below 1 is ErrInvalid. Source: zmq_msg_recv.
func (s *Socket) Batches(ctx context.Context, max int) iter.Seq2[[]Msg, error] {
	return func(yield func([]Msg, error) bool) {
		if max < 1 {
			yield(nil, s.fail(Error{Op: "recv", Err: because{ErrInvalid, "a batch has room for at least one message"}}))
			return
		}
		msgs := make([]Msg, min(max, firstBatch))
		defer func() { release(msgs) }()
		for {
			n, err := s.RecvBatch(ctx, msgs)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(msgs[:n:n], nil) {
				return
			}
			if n == len(msgs) && n < max {
				release(msgs)
				msgs = make([]Msg, min(max, 4*n))
			}
		}
	}
}

func release(msgs []Msg) {
	for i := range msgs {
		msgs[i].Release()
	}
}
