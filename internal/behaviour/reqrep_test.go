package behaviour

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestRequestReply(t *testing.T) {
	zctx := testlib.Context(t)
	for _, transport := range testkit.Transports {
		t.Run("A5 REQ goes round its REPs over "+transport, func(t *testing.T) {
			req := testkit.Socket(t, zctx, zmq.REQ)
			var reps [3]*zmq.Socket
			for i := range reps {
				rep, endpoint := testkit.Bound(t, zctx, zmq.REP, transport)
				if err := req.Connect(endpoint); err != nil {
					t.Fatal(err)
				}
				reps[i] = rep
			}
			for i := range 9 {
				testkit.Send(t, req, testkit.Numbered(i))
				testkit.Expect(t, reps[i%3], testkit.Numbered(i))
				testkit.Send(t, reps[i%3], "answer", testkit.Numbered(i))
				testkit.Expect(t, req, "answer", testkit.Numbered(i))
			}
		})
	}
	t.Run("A6 A15 a request is [empty][body], and replies without the empty frame are ignored", func(t *testing.T) {
		router, req := testkit.Pair(t, zctx, "tcp", zmq.ROUTER, zmq.REQ)
		testkit.Send(t, req, "body")
		m := testkit.Recv(t, router)
		if len(m) != 3 || m[1] != "" || m[2] != "body" {
			t.Fatalf("ROUTER received %q", m)
		}
		testkit.Send(t, router, m[0], "", "good")
		testkit.Expect(t, req, "good")
	})
	t.Run("A10 A11 REP keeps the envelope up to the first empty frame", func(t *testing.T) {
		rep, dealer := testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.DEALER)
		testkit.Send(t, dealer, "A", "B", "", "body", "", "more")
		testkit.Expect(t, rep, "body", "", "more")
		testkit.Send(t, rep, "", "answer")
		testkit.Expect(t, dealer, "A", "B", "", "", "answer")
	})
	t.Run("A12 B26 REP drops requests without an empty frame and goes on", func(t *testing.T) {
		rep, dealer := testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.DEALER)
		testkit.Send(t, dealer, "no delimiter")
		testkit.Send(t, dealer, "", "good")
		testkit.Expect(t, rep, "good")
	})
	t.Run("A13 a reply to a peer that has gone is dropped", func(t *testing.T) {
		rep, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp")
		gone := testkit.Connected(t, zctx, zmq.REQ, endpoint)
		testkit.Send(t, gone, "question")
		testkit.Expect(t, rep, "question")
		testkit.Drop(gone)
		testkit.Send(t, rep, "answer to nobody")
		next := testkit.Connected(t, zctx, zmq.REQ, endpoint)
		testkit.Send(t, next, "next")
		testkit.Expect(t, rep, "next")
	})
	t.Run("A17 A18 a relaxed REQ asks again, and takes only the reply to that", func(t *testing.T) {
		rep, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		req := testkit.Connected(t, zctx, zmq.REQ, endpoint, opt.ReqRelaxed.To(true), opt.ReqCorrelate.To(true))
		testkit.Send(t, req, "first")
		first := testkit.Recv(t, rep) // [id][number][empty][body]
		testkit.Send(t, req, "second")
		second := testkit.Recv(t, rep)
		if len(second) != 4 || len(second[1]) != 4 || second[3] != "second" {
			t.Fatalf("ROUTER received %q", second)
		}
		testkit.Send(t, rep, append(first[:3:3], "to the first")...)
		testkit.Send(t, rep, append(second[:3:3], "to the second")...)
		testkit.Expect(t, req, "to the second")
	})
	t.Run("A27 A28 empty and large bodies", func(t *testing.T) {
		rep, req := testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.REQ)
		for _, body := range []string{"", string(filled(1<<20+1, 3))} {
			testkit.Send(t, req, body)
			testkit.Expect(t, rep, body)
			testkit.Send(t, rep, body)
			testkit.Expect(t, req, body)
		}
	})
}
