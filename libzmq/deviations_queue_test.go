package libzmq_test

import (
	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
	"gozmq/zmqtest"
)

// How libzmq's queues count otherwise.
var deviationsOfQueues = []zmqtest.Deviation{
	{
		Row: "G8", Part: "to a tenth",
		Why: "libzmq's reader reports to the sender after each half of the mark it knows: a sender whose mark is lowered under that may " +
			"stay stuck, also when all is read",
		Test: func(t *zmqtest.T) {
			pull, push := full(t, 100)
			t.OK(push.Set(opt.SendHWM.To(10)))
			for range 101 {
				t.Expect(pull, "x")
			}
			t.Refused(t.TrySend(push, "x"), zmq.ErrAgain)
		},
	},
	{
		Row: "G9",
		Why: "libzmq tells the reader of the new mark, who then reports only after reading half of that: up to 4.3.5 the sender stays stuck, " +
			"also when all is read; set marks before Bind and Connect",
		Test: func(t *zmqtest.T) {
			pull, push := full(t, 1)
			t.OK(push.Set(opt.SendHWM.To(50)))
			t.Refused(t.TrySend(push, "x"), zmq.ErrAgain)
			t.Expect(pull, "x")
		},
	},
}

// full are two sockets between which no message fits any more; mark is the
// sender's, and the receiver's is 1.
func full(t *zmqtest.T, mark int) (pull, push *zmq.Socket) {
	t.Helper()
	pull, endpoint := testkit.Bound(t, t.Zctx(), zmq.PULL, "inproc", opt.RecvHWM.To(1))
	push = t.Connected(zmq.PUSH, endpoint, opt.SendHWM.To(mark))
	for t.TrySend(push, "x") == nil {
	}
	return pull, push
}
