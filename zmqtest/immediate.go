package zmqtest

import (
	"errors"
	"fmt"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section J: IMMEDIATE.
var immediate = []row{
	{
		id: "J1", over: remote,
		must: "without IMMEDIATE a peer that is not there yet gets its share, which waits for it",
		test: func(t *T) {
			push, live, endpoint := liveAndDead(t, false)
			for i := range 10 {
				t.Send(push, testkit.Numbered(i))
			}
			late := t.Socket(zmq.PULL)
			t.OK(late.Bind(endpoint))
			for i := 0; i < 10; i += 2 {
				t.Expect(live, testkit.Numbered(i))
				t.Expect(late, testkit.Numbered(i+1))
			}
		},
	},
	{
		id: "J2", key: true, over: remote,
		must: "with IMMEDIATE everything goes to the peers that are there, and others join in when they come",
		test: func(t *T) {
			push, live, endpoint := liveAndDead(t, true)
			for i := range 10 {
				t.Send(push, testkit.Numbered(i))
			}
			for i := range 10 {
				t.Expect(live, testkit.Numbered(i))
			}
			late := t.Socket(zmq.PULL)
			t.OK(late.Bind(endpoint))
			t.Eventually("the other peer gets a share", func() bool {
				t.Send(push, "to either")
				return late.TryRecv(new(zmq.Msg)) == nil
			})
		},
	},
	{
		id: "J3", over: remote,
		must: "with IMMEDIATE a send waits once the peer has died, and goes to the next one at the endpoint",
		test: func(t *T) {
			endpoint := testkit.FreeEndpoint(t, t.Transport)
			push := t.Connected(zmq.PUSH, endpoint, opt.Immediate.To(true), quickly)
			t.Refused(t.TrySend(push, "nobody is there"), zmq.ErrAgain)
			for i := range 3 {
				sent := testkit.NewGroup(t)
				sent.Go(func() error { return push.Send(testkit.Soon(t), []byte(fmt.Sprint("patient ", i))) })
				pull := t.Socket(zmq.PULL)
				t.Eventually("the endpoint is free", func() bool { return pull.Bind(endpoint) == nil })
				t.Expect(pull, fmt.Sprint("patient ", i))
				sent.Wait()
				t.Drop(pull)
				t.Eventually("sending would wait", func() bool {
					return errors.Is(t.TrySend(push, "goes down with the connection"), zmq.ErrAgain)
				})
			}
		},
	},
	{
		id:   "J4",
		must: "a socket with IMMEDIATE that is closed with unsent messages and a LINGER ends in order",
		test: func(t *T) {
			if !t.Isolated() {
				return
			}
			for typ, peerType := range map[zmq.SocketType]zmq.SocketType{
				zmq.PUSH: zmq.PULL, zmq.DEALER: zmq.DEALER, zmq.REQ: zmq.REP, zmq.PUB: zmq.SUB,
			} {
				t.Run(typ.String(), func(t *T) { lingerImmediate(t, typ, peerType) })
			}
		},
	},
}

// liveAndDead is a PUSH that is connected to a PULL and to an endpoint where
// nobody is.
func liveAndDead(t *T, immediate bool) (push, live *zmq.Socket, dead string) {
	t.Helper()
	push = t.Socket(zmq.PUSH, opt.Immediate.To(immediate), quickly)
	live, endpoint := t.Bound(zmq.PULL)
	dead = testkit.FreeEndpoint(t, t.Transport)
	t.Connect(push, endpoint)
	t.Connect(push, dead)
	return push, live, dead
}

// lingerImmediate closes sockets in all states of a connection: with a peer,
// one that dies, and none.
func lingerImmediate(t *T, typ, peerType zmq.SocketType) {
	for _, linger := range []time.Duration{time.Millisecond, 20 * time.Millisecond} {
		for _, dies := range []bool{false, true} {
			peer, endpoint := t.Bound(peerType, narrow)
			zctx := t.NewContext()
			var sockets []*zmq.Socket
			for range 5 {
				s := testkit.Connected(t, zctx, typ, endpoint, narrow, quickly, opt.Immediate.To(true), opt.Linger.To(linger))
				t.Connect(s, testkit.DeadEndpoint(t))
				sockets = append(sockets, s)
			}
			for _, s := range sockets {
				t.Send(s, bulky) // which waits for the peer, but on PUB
			}
			if dies {
				t.Drop(peer)
			}
			for _, s := range sockets {
				_ = t.TrySend(s, bulky)
				t.OK(s.Close())
			}
			if err := zctx.Close(); err != nil {
				t.Refused(err, zmq.ErrLinger)
			}
		}
	}
}
