package zmqtest

import (
	"context"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section U: the proxy.
var proxy = []row{
	{
		id: "U1", over: all,
		must: "between ROUTER and DEALER many clients and workers exchange requests and any number of replies, all intact",
		test: clientsAndWorkers,
	},
	{
		id: "U2", over: all,
		must: "one socket as both sides sends back what it receives",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			r := t.runs(&zmq.Proxy{Frontend: rep, Backend: rep})
			for i := range 20 {
				t.Send(req, testkit.Numbered(i), "", "more")
				t.Expect(req, testkit.Numbered(i), "", "more")
			}
			r.stop()
		},
	},
	{
		id: "U3", over: all,
		must: "between XSUB and XPUB subscriptions go one way and the data they ask for the other",
		test: subscriptionsAndData,
	},
	{
		id: "U4", key: true,
		must: "commands: PAUSE stops both directions, RESUME goes on and nothing is lost, STATISTICS counts frames and bytes of both sides, TERMINATE is nil",
		test: func(t *T) {
			t.Run("REP", func(t *T) { steeredProxy(t, zmq.REP, zmq.REQ) })
			t.Run("PAIR", func(t *T) { steeredProxy(t, zmq.PAIR, zmq.PAIR) })
		},
	},
	{
		id:   "U5",
		must: "what is no command is answered with a text, if it can be answered, and changes nothing",
		test: unknownCommands,
	},
	{
		id:   "U6",
		must: "a proxy whose backend never reads ends when it is told to, at once",
		test: func(t *T) {
			full := zmq.Settings(opt.SendHWM.To(1), opt.RecvHWM.To(1))
			p, front, back := t.broker(full)
			t.Connected(zmq.DEALER, back, full) // never reads
			client := t.Connected(zmq.DEALER, front, full)
			r := t.runs(p)
			ctx, cancel := context.WithCancel(context.Background())
			g := testkit.NewGroup(t)
			g.Go(func() error { return until(ctx, func() error { return client.Send(ctx, []byte("x")) }) })
			t.Eventually("the proxy can pass nothing on", func() bool {
				return t.ready(p.Frontend)&zmq.In != 0 && t.ready(p.Backend)&zmq.Out == 0
			})
			r.stop()
			cancel()
			g.Wait()
		},
	},
	{
		id:   "U7",
		must: "a proxy ends with ErrClosed when any of its sockets is closed, and when the context is",
		test: func(t *T) {
			for _, which := range []string{"frontend", "backend", "capture", "control", "context"} {
				t.Run(which, func(t *T) { closedUnderProxy(t, which) })
			}
		},
	},
	{
		id:   "U8",
		must: "the capture socket gets a copy of each message of both directions, and holds up nothing when it cannot take one",
		test: capturedMessages,
	},
	{
		id:   "U9",
		must: "a proxy takes no message from one side that the other cannot accept",
		test: func(t *T) {
			p, front, back := t.broker()
			r := t.runs(p)
			c := t.Connected(zmq.DEALER, front)
			for i := range 10 {
				t.Send(c, testkit.Numbered(i))
			}
			t.Eventually("the frontend has messages", func() bool { return t.ready(p.Frontend)&zmq.In != 0 })
			if s := p.Stats(); s != (zmq.ProxyStats{}) {
				t.Errorf("without a worker messages were taken: %+v", s)
			}
			w := t.Connected(zmq.DEALER, back)
			for i := range 10 {
				if m := t.Recv(w); len(m) != 2 || m[1] != testkit.Numbered(i) {
					t.Errorf("received %q, want number %d", m, i)
				}
			}
			r.stop()
		},
	},
	{
		id:   "U10",
		must: "a flood in one direction leaves room for the other",
		test: oneSidedFlood,
	},
}

// A running is a Proxy in a Run. End it with stop, or see by err how it ended.
type running struct {
	t    *T
	end  context.CancelFunc
	done chan error
}

func (t *T) runs(p *zmq.Proxy) *running {
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, end: cancel, done: make(chan error, 1)}
	go func() { r.done <- p.Run(ctx) }()
	t.Cleanup(cancel)
	return r
}

func (r *running) err() (err error) {
	r.t.Helper()
	select {
	case err = <-r.done:
	case <-time.After(testkit.Hang):
		r.t.Fatal("Run hangs")
	}
	return err
}

func (r *running) stop() {
	r.t.Helper()
	r.end()
	r.t.Refused(r.err(), context.Canceled)
}

// broker is a Proxy between a bound ROUTER and a bound DEALER.
func (t *T) broker(settings ...zmq.Setting) (p *zmq.Proxy, front, back string) {
	t.Helper()
	p = new(zmq.Proxy)
	p.Frontend, front = t.Bound(zmq.ROUTER, settings...)
	p.Backend, back = t.Bound(zmq.DEALER, settings...)
	return p, front, back
}

// ready is what s is ready for now.
func (t *T) ready(s *zmq.Socket) zmq.Events {
	t.Helper()
	events, err := opt.Events.Get(s)
	t.OK(err)
	return zmq.Events(events)
}

// until repeats f until ctx ends.
func until(ctx context.Context, f func() error) error {
	for {
		if err := f(); ctx.Err() != nil {
			return nil
		} else if err != nil {
			return err
		}
	}
}
