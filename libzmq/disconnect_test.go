package libzmq_test

import (
	"slices"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// libzmq takes the first frame of a message out of its connection when it is
// asked for events. A Disconnect before the others makes it abort at the next
// receive, if nothing stands before that.
func TestDisconnectWithAMessageBegun(t *testing.T) {
	if !testkit.Isolated(t) {
		return
	}
	many := strings.Split(strings.Repeat("frame,", 5_000), ",") // more than the inbox has room for
	for _, c := range []struct{ typ, peer zmq.SocketType }{
		{zmq.ROUTER, zmq.DEALER}, {zmq.REP, zmq.DEALER}, {zmq.SUB, zmq.XPUB}, {zmq.XSUB, zmq.XPUB}, {zmq.PULL, zmq.PUSH},
	} {
		for _, transport := range testkit.Transports {
			for _, frames := range [][]string{{"", "one", "two"}, append([]string{""}, many...)} {
				t.Run(c.typ.String()+" "+transport, func(t *testing.T) {
					zctx := testlib.Context(t)
					peer, endpoint := testkit.Bound(t, zctx, c.peer, transport)
					s := testkit.Connected(t, zctx, c.typ, endpoint)
					switch c.typ {
					case zmq.SUB:
						if err := s.Subscribe(""); err != nil {
							t.Fatal(err)
						}
						testkit.Recv(t, peer)
					case zmq.XSUB:
						testkit.Send(t, s, "\x01")
						testkit.Recv(t, peer)
					}
					testkit.Send(t, peer, frames...)
					testkit.Eventually(t, "a message is there", func() bool {
						events, err := opt.Events.Get(s)
						return err == nil && events&1 != 0
					})
					if err := s.Disconnect(endpoint); err != nil {
						t.Fatal(err)
					}
					if c.typ == zmq.REP { // it has been asked, but nobody has heard it
						testkit.WantError(t, s.TrySend(zmq.NewMsg([]byte("answer"))), zmq.ErrState)
					}
					if c.typ == zmq.PULL {
						return // nothing was begun: the message is dropped, or not
					}
					want := frames
					if c.typ == zmq.REP {
						want = frames[1:]
					}
					got := testkit.Recv(t, s)
					if c.typ == zmq.ROUTER {
						got = got[1:]
					}
					if !slices.Equal(got, want) {
						t.Errorf("received %d frames, want %d", len(got), len(want))
					}
				})
			}
		}
	}
}
