package zmqtest

import (
	"errors"
	"fmt"
	"slices"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section A: REQ and REP.
var requests = slices.Concat(turns, envelopes, relaxed, conversations)

var turns = []row{
	{
		id: "A1", key: true, over: all,
		must: "REQ sends and receives in turn; a second send before the reply is ErrState",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			for range 2 {
				t.Send(req, "question")
				t.Refused(t.TrySend(req, "another"), zmq.ErrState)
				t.Expect(rep, "question")
				t.Send(rep, "answer")
				t.Expect(req, "answer")
			}
		},
	},
	{
		id: "A2", over: all,
		must: "a receive on REQ before a send is ErrState at once",
		test: func(t *T) {
			_, req := t.Pair(zmq.REP, zmq.REQ)
			outOfTurn(t, receives(req))
		},
	},
	{
		id: "A3", over: all,
		must: "a send on REP before a request is ErrState, and so is a second receive before the reply",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			outOfTurn(t, sends(rep))
			t.Send(req, "question")
			t.Expect(rep, "question")
			outOfTurn(t, receives(rep))
			t.Send(rep, "answer")
			outOfTurn(t, sends(rep))
		},
	},
	{
		id: "A4", over: all,
		must: "REQ and REP that were used out of turn go on as if that had not been",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			for range 3 {
				outOfTurn(t, receives(req))
				outOfTurn(t, sends(rep))
				t.Send(req, "question", "")
				outOfTurn(t, sends(req))
				t.Expect(rep, "question", "")
				outOfTurn(t, receives(rep))
				t.Send(rep, "", "answer")
				t.Expect(req, "", "answer")
			}
		},
	},
	{
		id: "A5", over: all,
		must: "REQ goes round its peers: each gets one request before any gets a second",
		test: func(t *T) {
			req := t.Socket(zmq.REQ)
			var reps [3]*zmq.Socket
			for i := range reps {
				rep, endpoint := t.Bound(zmq.REP)
				t.Connect(req, endpoint)
				reps[i] = rep
			}
			for i := range 9 {
				ask(t, req, reps[i%3], testkit.Numbered(i))
			}
		},
	},
	{
		id: "A6", over: all,
		must: "a request is an empty frame and then the body, and so is its reply; REQ adds and takes away the empty frame",
		test: func(t *T) {
			router, req := t.Pair(zmq.ROUTER, zmq.REQ)
			t.Send(req, "one", "two")
			request := t.Recv(router)
			if len(request) != 4 || !slices.Equal(request[1:], []string{"", "one", "two"}) {
				t.Fatalf("ROUTER received %q", request)
			}
			t.Send(router, request[0], "", "reply")
			t.Expect(req, "reply")
		},
	},
	{
		id:   "A7",
		must: "a send on REQ without a peer waits for one, and leaves nothing behind when it gives up",
		test: func(t *T) { waitsForPeer(t, zmq.REQ, zmq.REP) },
	},
	{
		id: "A8", over: all,
		must: "REQ takes a reply only from the peer that it asked; others' are dropped",
		test: otherPeersReplies,
	},
	{
		id:   "A9",
		must: "REP serves those REQs that wait in turn",
		test: func(t *T) {
			inTurn(t, zmq.REP, zmq.REQ, func(rep, req *zmq.Socket) {
				t.Send(rep, "reply")
				t.Expect(req, "reply")
			})
		},
	},
}

// outOfTurn makes calls that must all be ErrState.
func outOfTurn(t *T, calls map[string]call) {
	t.Helper()
	for op, call := range calls {
		if err := call(testkit.Soon(t)); !errors.Is(err, zmq.ErrState) {
			t.Errorf("%s: error is %v, want %v", op, err, zmq.ErrState)
		}
	}
}

// ask has req ask and rep answer.
func ask(t *T, req, rep *zmq.Socket, question ...string) {
	t.Helper()
	answer := append([]string{"answer to"}, question...)
	t.Send(req, question...)
	t.Expect(rep, question...)
	t.Send(rep, answer...)
	t.Expect(req, answer...)
}

func otherPeersReplies(t *T) {
	req := t.Socket(zmq.REQ, opt.RoutingID.To("req"))
	var peers [3]*zmq.Socket
	for i := range peers {
		peer, endpoint := t.Bound(zmq.ROUTER, opt.RouterMandatory.To(true))
		t.Connect(req, endpoint)
		peers[i] = peer
	}
	t.Send(req, "question")
	t.Expect(peers[0], "req", "", "question")
	for _, other := range peers[1:] {
		t.Eventually("the peer knows REQ", func() bool {
			return t.TrySend(other, "req", "", "not asked") == nil
		})
		t.Send(other, "req", "", "still not asked")
	}
	t.Send(peers[0], "req", "", "answer")
	t.Expect(req, "answer")
}

// inTurn has peers of one socket send again and again, each as soon as it has
// been heard, and expects that none of them waits for long: a socket that
// brings messages along in advance may change the order a little. after is
// called for each that was heard, before it sends again. Over inproc a message
// is there when it has been sent.
func inTurn(t *T, typ, peerType zmq.SocketType, after func(s, peer *zmq.Socket)) {
	t.Helper()
	const n, patience = 4, 3 * 4
	t.Transport = "inproc"
	s, endpoint := t.Bound(typ)
	peers, heard := map[string]*zmq.Socket{}, map[string]int{}
	for i := range n {
		name := fmt.Sprint("peer ", i)
		peers[name] = t.Connected(peerType, endpoint)
		t.Send(peers[name], name)
	}
	for i := range 20 * n {
		events(t, s) // lets the socket take note of all that was sent
		m := t.Recv(s)
		name := m[len(m)-1]
		heard[name] = i
		after(s, peers[name])
		t.Send(peers[name], name)
		for other := range peers {
			if waits := i - heard[other]; waits > patience {
				t.Fatalf("%s waits while %d messages of others are heard", other, waits)
			}
		}
	}
}
