package zmqtest

import zmq "gozmq"

// Section A: REQ and REP.
var requests = []row{
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
}
