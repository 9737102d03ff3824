package zmqtest

import (
	"errors"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// What a context is told, and sockets that come and go in it.
var contexts = []row{
	{
		id:   "I11",
		must: "a context has MAX_SOCKETS sockets, 1023 unless set and SOCKET_LIMIT at most, gives them its IPV6, and is not made with a value that cannot be",
		test: contextOptions,
	},
	{
		id:    "I12",
		must:  "the threads of a context have the names, CPUs, policy and priority that it was given, or the first socket is refused",
		proof: "opt.TestThreads opt.TestThreadAffinity opt.TestThreadPriority opt.TestThreadsThatCannotBe opt.TestThreadOptions libzmq/capi.TestDraftContextOptions",
	},
	{
		id: "I13", over: remote,
		must: "messages of all sizes arrive with ZERO_COPY_RECV on and off",
		test: func(t *T) {
			body := varied(1 << 20)
			for _, on := range []bool{true, false} {
				zctx := t.NewContext(opt.ZeroCopyRecv.To(on))
				pull, push := testkit.Pair(t, zctx, t.Transport, zmq.PULL, zmq.PUSH)
				for _, size := range []int{0, 1, 33, 34, 255, 256, 8191, 8192, 8193, len(body)} {
					t.Send(push, body[:size], "tail")
					t.Expect(pull, body[:size], "tail")
				}
			}
		},
	},
	{
		id:   "I14",
		must: "sockets and contexts can be closed while connections are being made",
		test: func(t *T) {
			for range 10 {
				zctx := t.NewContext(opt.IOThreads.To(4))
				_, endpoint := testkit.Bound(t, zctx, zmq.PUB, "tcp")
				group := testkit.NewGroup(t)
				for i := range 50 {
					group.Go(func() error {
						s, err := zctx.NewSocket(zmq.SUB)
						if err != nil {
							return err
						}
						err = s.Connect(endpoint)
						if i%2 == 0 { // the others are left to the context
							err = errors.Join(err, s.Close())
						}
						return err
					})
				}
				group.Wait()
				t.OK(zctx.Close())
			}
		},
	},
	{
		id: "I15", over: remote,
		alone: true, // a process that is just being started by another test may hold the port for a moment
		must:  "an address can be bound again as soon as CLOSED is reported, or its context has ended",
		test: func(t *T) {
			endpoint := t.Free()
			for range 10 {
				s := t.Socket(zmq.PULL)
				w := t.Watch(s, zmq.EventClosed)
				t.OK(s.Bind(endpoint))
				t.OK(s.Unbind(endpoint))
				w.Expect(zmq.EventClosed)
				zctx := t.NewContext()
				t.OK(testkit.Socket(t, zctx, zmq.PULL).Bind(endpoint))
				t.OK(zctx.Close())
			}
		},
	},
}

func contextOptions(t *T) {
	zctx := t.NewContext()
	if n, err := opt.MaxSockets.Get(zctx); err != nil || n != 1023 {
		t.Errorf("MAX_SOCKETS is %d, %v", n, err)
	}
	if limit, err := opt.SocketLimit.Get(zctx); err != nil || limit != 65535 {
		t.Errorf("SOCKET_LIMIT is %d, %v", limit, err)
	}
	for _, n := range []int{-1, 0, 65536} {
		t.Refused(zctx.Set(opt.MaxSockets.To(n)), zmq.ErrInvalid)
	}
	if size, err := opt.MsgTSize.Get(zctx); err == nil && size != 64 || err != nil && !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("MSG_T_SIZE is %d, %v", size, err)
	}
	for _, on := range []bool{true, false} {
		t.OK(zctx.Set(opt.ContextIPv6.To(on)))
		s := testkit.Socket(t, zctx, zmq.PUSH)
		if got, err := opt.IPv6.Get(s); err != nil || got != on {
			t.Errorf("IPV6 of a new socket is %v, %v, the context's is %v", got, err, on)
		}
	}

	zctx, err := t.new(opt.IOThreads.To(2), opt.MaxSockets.To(0))
	if zctx != nil || !errors.Is(err, zmq.ErrInvalid) || !strings.Contains(err.Error(), "ZMQ_MAX_SOCKETS") {
		t.Errorf("a context with a setting that cannot be: %v, %v", zctx, err)
	}
	few := t.NewContext(opt.MaxSockets.To(5))
	for range 5 { // all or nothing: what was refused leaves no socket behind
		_, err := few.NewSocket(zmq.PULL, opt.Linger.To(0), opt.Subscribe.To(nil))
		t.Refused(err, zmq.ErrNotSupported)
	}
	for range 5 {
		t.Eventually("there is room", func() bool {
			s, err := few.NewSocket(zmq.PULL)
			if err == nil {
				t.Cleanup(func() { t.Drop(s) })
			}
			return err == nil
		})
	}
	_, err = few.NewSocket(zmq.PULL)
	t.Refused(err, zmq.ErrTooManySockets)
}
