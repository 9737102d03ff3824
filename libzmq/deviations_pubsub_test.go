package libzmq_test

import (
	zmq "gozmq"
	"gozmq/opt"
	"gozmq/zmqtest"
)

// How libzmq publishes otherwise.
var deviationsPublishing = []zmqtest.Deviation{
	{
		Row: "C19",
		Why: "libzmq before 4.3.5 subscribes a connection that it has freed: another one may get the messages, or the process end. " +
			"There is no test, since what happens is undefined",
		Applies: func(zctx *zmq.Context) bool { return zctx.Version() < 40305 },
	},
	{
		Row: "C32", Part: "one topic twice, and subscribers that go",
		Why: "libzmq goes on counting a publisher's topics when their last subscriber has disconnected; " +
			"built with drafts it counts a SUB's topic as often as it is subscribed to",
		Test: func(t *zmqtest.T) {
			xpub, sub := t.Pair(zmq.XPUB, zmq.SUB)
			t.OK(sub.Subscribe("a", "a"))
			t.Expect(xpub, "\x01a")
			want := 1
			if t.Zctx().Has("draft") {
				want = 2
			}
			if n, err := opt.TopicsCount.Get(sub); err != nil || n != want {
				t.Errorf("the SUB counts %d topics, %v; want %d", n, err, want)
			}
			t.Drop(sub)
			t.Expect(xpub, "\x00a")
			if n, err := opt.TopicsCount.Get(xpub); err != nil || n != 1 {
				t.Errorf("the XPUB counts %d topics, %v; want 1", n, err)
			}
		},
	},
}
