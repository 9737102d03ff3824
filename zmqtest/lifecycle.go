package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section I: contexts, LINGER, the end.
var lifecycle = slices.Concat(endings, lingering, contexts, misuse, leaving)

// How a context ends.
var endings = []row{
	{
		id:   "I1",
		must: "a context ends at once when it never had a socket, or has closed those it had",
		test: func(t *T) {
			t.OK(t.NewContext().Close())
			s := t.Socket(zmq.PULL)
			t.OK(s.Close())
			t.OK(t.Zctx().Close())
		},
	},
	{
		id: "I2", key: true,
		must: "Shutdown wakes every call that waits with ErrTerminated, which is net.ErrClosed",
		test: shutdownWakes,
	},
	{
		id:   "I3",
		must: "after Shutdown a new socket is ErrTerminated, also in a context that never had one",
		test: func(t *T) {
			used := t.NewContext()
			t.OK(testkit.Socket(t, used, zmq.PULL).Close())
			for _, zctx := range []*zmq.Context{used, t.NewContext()} {
				t.OK(zctx.Shutdown(testkit.Soon(t)))
				for typ := zmq.PAIR; typ <= zmq.STREAM; typ++ {
					_, err := zctx.NewSocket(typ)
					t.Refused(err, zmq.ErrTerminated)
				}
			}
		},
	},
	{
		id:   "I4",
		must: "after Shutdown every call on a socket is ErrTerminated; closing it, and the context again, does no harm",
		test: func(t *T) {
			sockets := []*zmq.Socket{t.Socket(zmq.SUB), t.Socket(zmq.DEALER)}
			t.OK(t.Zctx().Close())
			for _, s := range sockets {
				for name, call := range methods(s) {
					if err := call(); !errors.Is(err, zmq.ErrTerminated) || !errors.Is(err, net.ErrClosed) {
						t.Errorf("%v: %s: %v, want %v", s.Type(), name, err, zmq.ErrTerminated)
					}
				}
			}
			t.OK(t.Zctx().Close())
			t.OK(t.Zctx().Shutdown(testkit.Soon(t)))
		},
	},
	{
		id:   "I5",
		must: "a Poller reports a socket whose context ends with ErrTerminated, to who waits and to who comes later",
		test: pollerSeesTheEnd,
	},
	{
		id:   "I6",
		must: "Shutdown waits for nobody to close sockets: it closes those that are open, in use or not",
		test: openSocketsAreClosed,
	},
}

func shutdownWakes(t *T) {
	var sockets []*zmq.Socket
	woken := testkit.NewGroup(t)
	for range 8 {
		pull, push := t.Socket(zmq.PULL, zmq.TrackPeers()), t.Socket(zmq.PUSH)
		all := calls(pull, push)
		all["WaitPeers"] = func(ctx context.Context) error { return pull.WaitPeers(ctx, 1) }
		for name, call := range all {
			woken.Go(func() error {
				err := call(context.Background())
				if !errors.Is(err, zmq.ErrTerminated) && name != "WaitPeers" || !errors.Is(err, net.ErrClosed) {
					return fmt.Errorf("%s: %v, want %v", name, err, zmq.ErrTerminated)
				}
				return nil
			})
		}
		t.OK(pull.Bind("tcp://127.0.0.1:*"))
		sockets = append(sockets, pull, push)
	}
	t.OK(t.Zctx().Shutdown(testkit.Soon(t)))
	woken.Wait()
	for _, s := range sockets {
		t.Refused(s.Close(), net.ErrClosed)
	}
}

func pollerSeesTheEnd(t *T) {
	var poller zmq.Poller
	sockets := map[*zmq.Socket]bool{}
	for range 4 {
		s := t.Socket(zmq.PULL)
		sockets[s] = true
		t.OK(poller.Add(s, zmq.In))
	}
	see := func() error {
		missing := len(sockets)
		seen := map[*zmq.Socket]bool{}
		for missing > 0 {
			ready := make([]zmq.Ready, 2*len(sockets))
			n, err := poller.Wait(testkit.Soon(t), ready)
			if err != nil {
				return err
			}
			for _, r := range ready[:n] {
				if !sockets[r.Socket] || !errors.Is(r.Err, zmq.ErrTerminated) {
					return fmt.Errorf("the Poller reports %v", r.Err)
				}
				if !seen[r.Socket] {
					seen[r.Socket] = true
					missing--
				}
			}
		}
		return nil
	}
	waiting := testkit.NewGroup(t)
	waiting.Go(see)
	t.OK(t.Zctx().Close())
	waiting.Wait()
	t.OK(see())
	t.OK(poller.Close())
}

func openSocketsAreClosed(t *T) {
	zctx := t.Zctx()
	using := testkit.NewGroup(t)
	for typ := zmq.PAIR; typ <= zmq.STREAM; typ++ {
		s := t.Socket(typ, opt.Linger.To(0))
		t.OK(s.Bind("tcp://127.0.0.1:*"))
		t.Connect(s, s.LastEndpoint())
		t.Connect(s, testkit.DeadEndpoint(t))
		using.Go(func() error {
			for {
				if err := s.TrySend(zmq.NewMsg([]byte("x"))); errors.Is(err, net.ErrClosed) {
					return nil
				}
				var m zmq.Msg
				if err := s.TryRecv(&m); errors.Is(err, net.ErrClosed) {
					return nil
				}
				m.Reset()
			}
		})
		if typ%2 == 0 { // and some are closed at that moment
			using.Go(func() error {
				if err := s.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
					return err
				}
				return nil
			})
		}
	}
	for range 8 { // by whoever comes first
		using.Go(zctx.Close)
	}
	using.Wait()
}
