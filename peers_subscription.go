package zmq

import "context"

// WaitSubscription waits until a peer of an XPUB socket subscribes to prefix,
// so that a publisher needs not guess when its subscribers are there. It takes
// the message that says so. Whatever else arrives before that stays for Recv,
// in order; other receivers of the socket may take the message first.
//
// An XPUB is told of a prefix only once, however many subscribe to it;
// opt.XPubVerbose makes it tell each time. A PUB is not told at all: it is
// ErrNotSupported, use XPUB, which sends alike. Ending ctx gives an error that
// is ctx.Err(), and what was read is there for Recv again. Source: ZMQ_XPUB,
// RFC 29.
func (s *Socket) WaitSubscription(ctx context.Context, prefix string) error {
	err := s.usable()
	if err == nil && s.typ != XPUB {
		err = because{ErrNotSupported, "only an XPUB socket is told of subscriptions"}
	}
	if err != nil {
		return s.fail(Error{Op: "wait for subscription", Err: err})
	}
	var others []Msg
	defer func() { s.eng.Unread(messages(others)) }()
	for {
		var m [1]Msg
		if err := s.RecvMsg(ctx, &m[0]); err != nil {
			return err
		}
		if f := m[0].Frame(0); m[0].Len() == 1 && len(f) > 0 && f[0] == 1 && string(f[1:]) == prefix {
			m[0].Release()
			return nil
		}
		others = append(others, Msg{m: m[0].m})
	}
}
