package zmqtest

import (
	"slices"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// REQ_CORRELATE and REQ_RELAXED.
var relaxed = []row{
	{
		id: "A17", over: all,
		must: "with REQ_CORRELATE a request begins with a number of 4 bytes, and only a reply that begins with it is taken",
		test: numberedRequests,
	},
	{
		id: "A18", key: true, over: all,
		must: "with REQ_RELAXED REQ may ask again before the reply; only the reply to the last request is taken",
		test: askAgain,
	},
	{
		id: "A19", over: all,
		must: "with REQ_RELAXED a reply that is there already is dropped when REQ asks again",
		test: func(t *T) {
			req, reps := relaxedRound(t, 2)
			t.Send(req, "first")
			t.Expect(reps[0], "first")
			t.Send(reps[0], "too late")
			readable(t, req)
			t.Send(req, "second")
			t.Expect(reps[1], "second")
			t.Send(reps[1], "in time")
			t.Expect(req, "in time")
		},
	},
	{
		id: "A20", over: all,
		must: "with REQ_RELAXED asking again costs no connection: REQ goes on round all of its peers",
		test: func(t *T) {
			req, reps := relaxedRound(t, 3)
			for i := range 9 {
				t.Send(req, testkit.Numbered(i))
				t.Expect(reps[i%3], testkit.Numbered(i))
				t.Send(reps[i%3], "nobody reads this")
			}
		},
	},
	{
		id: "A21", over: all,
		must: "with REQ_RELAXED requests wait for a peer that is not there yet; the reply to the last is taken",
		test: askBeforeBind,
	},
	{
		id: "A22", over: all,
		must: "with REQ_RELAXED REQ is ready to send while it waits for a reply; without, it is not",
		test: func(t *T) {
			for _, relaxed := range []bool{true, false} {
				rep, endpoint := t.Bound(zmq.REP)
				req := t.Connected(zmq.REQ, endpoint, opt.ReqRelaxed.To(relaxed))
				t.Send(req, "question")
				t.Expect(rep, "question")
				if ready := events(t, req)&zmq.Out != 0; ready != relaxed {
					t.Errorf("relaxed is %v, ready to send %v", relaxed, ready)
				}
				t.Send(rep, "answer")
				t.Expect(req, "answer")
				if events(t, req)&zmq.Out == 0 {
					t.Error("not ready to send after the reply")
				}
			}
		},
	},
}

func numberedRequests(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER)
	req := t.Connected(zmq.REQ, endpoint, opt.ReqCorrelate.To(true))
	numbers := map[string]bool{}
	for range 3 {
		t.Send(req, "question", "")
		m := t.Recv(router)
		if len(m) != 5 || len(m[1]) != 4 || !slices.Equal(m[2:], []string{"", "question", ""}) {
			t.Fatalf("ROUTER received %q", m)
		}
		id, number := m[0], m[1]
		if numbers[number] {
			t.Errorf("number %q comes twice", number)
		}
		numbers[number] = true
		wrong := []byte(number)
		wrong[3] ^= 0x55
		t.Send(router, id, string(wrong), "", "another number")
		t.Send(router, id, "", "no number")
		t.Send(router, id, number, "", "answer")
		t.Expect(req, "answer")
	}
}

func askAgain(t *T) {
	t.Run("one peer answers all", func(t *T) {
		router, endpoint := t.Bound(zmq.ROUTER)
		req := t.Connected(zmq.REQ, endpoint, opt.ReqRelaxed.To(true), opt.ReqCorrelate.To(true))
		t.Send(req, "first")
		first := t.Recv(router)
		t.Send(req, "second")
		second := t.Recv(router)
		for _, m := range [][]string{first, second} {
			t.Send(router, m[0], m[1], "", "answer to "+m[3])
		}
		t.Expect(req, "answer to second")
	})
	t.Run("each request goes to another peer", func(t *T) {
		req, reps := relaxedRound(t, 2)
		t.Send(req, "first", "A")
		t.Expect(reps[0], "first", "A")
		t.Send(req, "second", "B")
		t.Expect(reps[1], "second", "B")
		t.Send(reps[0], "answer to first")
		t.Send(reps[1], "answer to second")
		t.Expect(req, "answer to second")
		ask(t, req, reps[0], "third") // an ordinary turn
	})
}

func askBeforeBind(t *T) {
	endpoint := testkit.FreeEndpoint(t, t.Transport)
	req := t.Connected(zmq.REQ, endpoint, opt.ReqRelaxed.To(true), opt.ReqCorrelate.To(true), quickly)
	t.Send(req, "first")
	t.Send(req, "second")
	router := t.Socket(zmq.ROUTER)
	t.OK(router.Bind(endpoint))
	for _, want := range []string{"first", "second"} {
		m := t.Recv(router)
		if len(m) != 4 || m[3] != want {
			t.Fatalf("ROUTER received %q, want %q", m, want)
		}
		t.Send(router, m...)
	}
	t.Expect(req, "second")
}

// relaxedRound is a relaxed REQ with peers, which it asks in this order.
func relaxedRound(t *T, peers int) (req *zmq.Socket, reps []*zmq.Socket) {
	t.Helper()
	req = t.Socket(zmq.REQ, opt.ReqRelaxed.To(true), opt.ReqCorrelate.To(true))
	for range peers {
		rep, endpoint := t.Bound(zmq.REP)
		t.Connect(req, endpoint)
		reps = append(reps, rep)
	}
	return req, reps
}
