package zmqtest

import (
	"context"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Queues of ROUTER and DEALER.
var dealers = []row{
	{
		id:   "B20",
		must: "ROUTER hears those peers that wait in turn",
		test: func(t *T) { inTurn(t, zmq.ROUTER, zmq.DEALER, nothing) },
	},
	{
		// RFC 28 wants messages from a lost peer dropped too. Then nobody
		// could send and leave, which every other row about closing promises.
		id: "B21", over: all,
		must: "what a ROUTER has not yet sent is dropped when its peer goes, and what the peer sent before is not",
		test: func(t *T) { lostPeer(t, zmq.ROUTER) },
	},
	{
		id: "B22", over: all,
		must: "DEALER sends to its peers in turn, each message whole to one of them, and hears them in turn",
		test: func(t *T) {
			one := t.Socket(zmq.DEALER)
			var peers [3]*zmq.Socket
			for i := range peers {
				peer, endpoint := t.Bound(zmq.DEALER)
				t.Connect(one, endpoint)
				peers[i] = peer
			}
			for i := range 30 {
				t.Send(one, testkit.Numbered(i), "whole")
				t.Expect(peers[i%3], testkit.Numbered(i), "whole")
			}
			inTurn(t, zmq.DEALER, zmq.DEALER, nothing)
		},
	},
	{
		id:   "B23",
		must: "a send on DEALER without a peer waits for one, and leaves nothing behind when it gives up",
		test: func(t *T) { waitsForPeer(t, zmq.DEALER, zmq.DEALER) },
	},
	{
		id: "B24", over: all, // see B21 for RFC 28
		must: "what a bound DEALER has not yet sent is dropped when its peer goes, and what the peer sent before is not",
		test: func(t *T) { lostPeer(t, zmq.DEALER) },
	},
}

func nothing(_, _ *zmq.Socket) {}

// waitsForPeer shows that a send without a peer waits.
func waitsForPeer(t *T, typ, peerType zmq.SocketType) {
	s := t.Socket(typ)
	t.Refused(t.TrySend(s, "given up"), zmq.ErrAgain)
	t.OK(s.Set(opt.SendTimeout.To(time.Millisecond)))
	t.Refused(s.Send(context.Background(), []byte("given up")), os.ErrDeadlineExceeded)
	t.OK(s.Set(opt.SendTimeout.To(-1)))
	sent := testkit.NewGroup(t)
	sent.Go(func() error { return s.Send(testkit.Soon(t), []byte("patient")) })
	peer, endpoint := t.Bound(peerType)
	t.Connect(s, endpoint)
	sent.Wait()
	t.Expect(peer, "patient")
}

// lostPeer has a socket and its peer each hold a message for the other when
// the peer goes.
func lostPeer(t *T, typ zmq.SocketType) {
	s := t.Socket(typ, narrow)
	var to []string
	if typ == zmq.ROUTER {
		t.OK(s.Set(opt.RouterMandatory.To(true)))
		to = []string{"peer"}
	}
	connections := t.Watch(s, zmq.EventDisconnected)
	endpoint := t.Bind(s)
	peer := t.Connected(zmq.DEALER, endpoint, narrow, opt.RoutingID.To("peer"))
	t.Send(peer, "before leaving")
	readable(t, s)
	crowd(t, s, to...)
	t.Drop(peer)
	if t.Transport != "inproc" { // which has no events
		connections.Expect(zmq.EventDisconnected)
	}
	t.Expect(s, append(to, "before leaving")...)
	if typ == zmq.ROUTER { // which must let go of the name first
		t.Refused(s.Send(testkit.Soon(t), testkit.Bytes(append(to, bulky)...)...), zmq.ErrHostUnreachable)
	}
	next := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("peer"))
	t.Send(next, "hello")
	t.Expect(s, append(to, "hello")...)
	t.Send(s, append(to, "fresh")...)
	t.Expect(next, "fresh")
}
