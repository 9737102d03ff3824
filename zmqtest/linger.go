package zmqtest

import (
	"context"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// What becomes of messages that are not sent yet.
var lingering = []row{
	{
		id: "I7", over: remote,
		must: "LINGER 0 drops what is unsent, a finite one waits so long and is ErrLinger then, and -1 waits until it is taken",
		test: func(t *T) {
			t.Run("0", lingerZero)
			t.Run("finite", lingerFinite)
			t.Run("for ever", lingerForEver)
		},
	},
	{
		id: "I8", key: true, over: all,
		must: "what was sent before Close is delivered, also to a peer that is slow to receive",
		test: func(t *T) {
			t.Run("by default", func(t *T) { sentBeforeClose(t) })
			t.Run("RCVHWM 1 over "+t.Transport, func(t *T) { sentBeforeClose(t, opt.RecvHWM.To(1)) })
		},
	},
	{
		id: "I9", over: remote,
		must: "without unsent messages the end is immediate, with LINGER -1 and nobody at the other end too",
		test: func(t *T) {
			for typ := zmq.PAIR; typ <= zmq.XSUB; typ++ {
				t.Connect(t.Socket(typ, opt.Linger.To(-1)), t.Free())
			}
			t.OK(t.Zctx().Close())
		},
	},
	{
		id:   "I10",
		must: "BLOCKY false gives new sockets LINGER 0: the end is immediate with unsent messages too",
		test: func(t *T) {
			zctx := t.NewContext(opt.Blocky.To(false))
			dead := testkit.DeadEndpoint(t)
			for _, typ := range []zmq.SocketType{zmq.PUSH, zmq.DEALER, zmq.REQ, zmq.PAIR} {
				s := testkit.Connected(t, zctx, typ, dead)
				if linger, err := opt.Linger.Get(s); err != nil || linger != 0 {
					t.Errorf("LINGER of %v is %v, %v", typ, linger, err)
				}
				t.Send(s, "unsent")
			}
			t.OK(zctx.Close())
		},
	},
}

// unsent is a context of its own with a message for an endpoint where nobody
// is.
func (t *T) unsent(endpoint string, linger time.Duration) *zmq.Context {
	t.Helper()
	zctx := t.NewContext()
	s, err := zctx.NewSocket(zmq.PUSH, opt.Linger.To(linger), quickly)
	t.OK(err)
	t.Connect(s, endpoint)
	t.Send(s, "unsent")
	return zctx
}

func lingerZero(t *T) {
	endpoint := t.Free()
	t.OK(t.unsent(endpoint, 0).Shutdown(testkit.Soon(t)))
	t.OK(t.Socket(zmq.PULL).Bind(endpoint))
}

func lingerFinite(t *T) {
	const linger = 100 * time.Millisecond
	const clock = 5 * time.Millisecond // an engine's may be coarse
	zctx := t.unsent(t.Free(), linger)
	began := time.Now()
	t.Refused(zctx.Shutdown(testkit.Soon(t)), zmq.ErrLinger)
	if took := time.Since(began); took < linger-clock {
		t.Errorf("it took %v, LINGER is %v", took, linger)
	}
}

func lingerForEver(t *T) {
	endpoint := t.Free()
	zctx := t.unsent(endpoint, -1)
	brief, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	t.Refused(zctx.Shutdown(brief), context.DeadlineExceeded)
	pull := t.Socket(zmq.PULL)
	t.OK(pull.Bind(endpoint))
	t.Expect(pull, "unsent")
	t.OK(zctx.Shutdown(testkit.Soon(t)))
	t.OK(zctx.Close())
}

func sentBeforeClose(t *T, settings ...zmq.Setting) {
	// More than the system's buffers hold, less than SNDHWM.
	const n = 200
	body := varied(20_000)
	for _, types := range [][2]zmq.SocketType{{zmq.PUSH, zmq.PULL}, {zmq.DEALER, zmq.DEALER}, {zmq.PAIR, zmq.PAIR}} {
		receiver, endpoint := t.Bound(types[1], settings...)
		sender := t.Connected(types[0], endpoint)
		for i := range n {
			t.Send(sender, testkit.Numbered(i), body)
		}
		t.OK(sender.Close())
		for i := range n {
			t.Expect(receiver, testkit.Numbered(i), body)
		}
	}
}
