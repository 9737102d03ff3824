package zmqtest

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// What stands before the body of a request, and what replies look like.
var envelopes = []row{
	{
		id: "A10", over: all,
		must: "REP keeps all frames before the empty one for itself, and puts them before the reply",
		test: func(t *T) {
			rep, dealer := t.Pair(zmq.REP, zmq.DEALER)
			t.Send(dealer, "A", "B", "", "body")
			t.Expect(rep, "body")
			t.Send(rep, "answer", "more")
			t.Expect(dealer, "A", "B", "", "answer", "more")
		},
	},
	{
		id: "A11", key: true, over: all,
		must: "for REP the body begins after the first empty frame; later empty frames belong to it",
		test: func(t *T) {
			rep, dealer := t.Pair(zmq.REP, zmq.DEALER)
			t.Send(dealer, "A", "", "body", "", "more")
			t.Expect(rep, "body", "", "more")
			t.Send(rep, "", "answer")
			t.Expect(dealer, "A", "", "", "answer")
			t.Send(dealer, "", "", "")
			t.Expect(rep, "", "")
		},
	},
	{
		id: "A12", over: all,
		must: "REP drops requests without an empty frame or without a body, and serves the next",
		test: func(t *T) {
			rep, dealer := t.Pair(zmq.REP, zmq.DEALER)
			for range 3 {
				t.Send(dealer, "no empty frame")
				t.Send(dealer, "no", "empty", "frame")
				t.Send(dealer, "")
				t.Send(dealer, "no body", "")
				t.Send(dealer, "good", "", "question")
				t.Expect(rep, "question")
				t.Send(rep, "answer")
				t.Expect(dealer, "good", "", "answer")
			}
		},
	},
	{
		id: "A13", over: all,
		must: "a reply to a peer that has gone is dropped, and REP serves the next",
		test: replyToNobody,
	},
	{
		id: "A14", over: all,
		must: "requests and replies of many frames come whole and in order, and count as one turn",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			for _, n := range []int{2, 3, 100} {
				many := strings.Split(strings.Repeat("|frame", n)+"|", "|") // empty at both ends
				t.Send(req, many...)
				t.Refused(t.TrySend(req, "another"), zmq.ErrState)
				t.Expect(rep, many...)
				t.Send(rep, many...)
				t.Refused(t.TrySend(rep, "another"), zmq.ErrState)
				t.Expect(req, many...)
			}
		},
	},
	{
		id: "A15", over: all,
		must: "REQ skips replies without their empty frame or body and takes the next",
		test: malformedReplies,
	},
	{
		id: "A16", over: remote,
		must: "REQ hangs up on a peer whose reply begins with neither an empty frame nor a number, and is fit to ask others",
		test: brokenReplies,
	},
}

func replyToNobody(t *T) {
	rep := t.Socket(zmq.REP)
	connections := t.Watch(rep, zmq.EventDisconnected)
	endpoint := t.Bind(rep)
	for range 3 {
		gone := t.Connected(zmq.REQ, endpoint)
		t.Send(gone, "question")
		t.Expect(rep, "question")
		t.Drop(gone)
		if t.Transport != "inproc" { // which has no events
			connections.Expect(zmq.EventDisconnected)
		}
		t.Send(rep, "answer to nobody")
	}
	ask(t, t.Connected(zmq.REQ, endpoint), rep, "next")
}

func malformedReplies(t *T) {
	router, req := t.Pair(zmq.ROUTER, zmq.REQ)
	malformed := [][]string{{"1234", "", "a number that REQ did not give"}}
	if t.Transport == "inproc" {
		// Elsewhere these cost the peer its connection: A16.
		malformed = append(malformed, []string{"no empty frame"}, []string{"no", "", "empty frame in front"}, []string{""})
	}
	for range 3 {
		t.Send(req, "question")
		id := t.Recv(router)[0]
		for _, frames := range malformed {
			t.Send(router, append([]string{id}, frames...)...)
		}
		t.Send(router, id, "", "answer")
		t.Expect(req, "answer")
	}
}

func brokenReplies(t *T) {
	for what, broken := range map[string][]byte{
		"no empty frame":                 wire.MessageBytes("answer"),
		"a frame before the empty one":   wire.MessageBytes("five!", "", "answer"),
		"no empty frame after a number":  wire.MessageBytes("1234", "answer"),
		"nothing after the empty frame":  wire.MessageBytes(""),
		"nothing after a number and it":  wire.MessageBytes("1234", ""),
		"an empty frame that has length": wire.FrameBytes(wire.More, "x"),
	} {
		t.Run(what, func(t *T) {
			l := wire.Listen(t, t.Transport)
			req := t.Connected(zmq.REQ, l.Endpoint, opt.ReqRelaxed.To(true))
			peer := l.Accept()
			peer.Null("REP")
			l.Close() // there is no coming back
			t.Send(req, "question")
			peer.Expect("", "question")
			peer.Put(broken...)
			peer.Closed()
			rep, endpoint := t.Bound(zmq.REP)
			t.Connect(req, endpoint)
			// Until REQ has seen its peer go, it asks that one in turn.
			t.Eventually("the other peer answers", func() bool {
				t.Send(req, "another question")
				var m zmq.Msg
				for rep.TryRecv(&m) == nil {
					t.Send(rep, "answer")
				}
				return req.TryRecv(&m) == nil
			})
		})
	}
}
