package behaviour

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestManyGoroutines(t *testing.T) {
	t.Run("Z2 frames of 16 concurrent senders do not mix", func(t *testing.T) {
		for _, transport := range testkit.Transports {
			pull, push := testkit.Pair(t, testlib.Context(t), transport, zmq.PULL, zmq.PUSH)
			wholeMessages(t, pull, push)
		}
	})
	t.Run("Z1 everything at once on one socket of each type, and Close in between", func(t *testing.T) {
		for _, typ := range []zmq.SocketType{zmq.PAIR, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.DEALER, zmq.ROUTER,
			zmq.PULL, zmq.PUSH, zmq.XPUB, zmq.XSUB, zmq.STREAM} {
			t.Run(typ.String(), func(t *testing.T) { everythingAtOnce(t, typ) })
		}
	})
}

func wholeMessages(t *testing.T, pull, push *zmq.Socket) {
	t.Helper()
	const senders, each, frames = 16, 500, 5
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	for s := range senders {
		group.Go(func() error {
			for i := range each {
				var m zmq.Msg
				for range frames {
					m.Append(fmt.Appendf(nil, "%d %d", s, i))
				}
				if err := push.SendMsg(ctx, &m); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		var next [senders]int
		for range senders * each {
			m, err := pull.Recv(ctx)
			if err != nil {
				return err
			}
			var s, i int
			if _, err := fmt.Sscanf(string(m[0]), "%d %d", &s, &i); err != nil || len(m) != frames || i != next[s] {
				return fmt.Errorf("received %q, wanted %d frames", m, frames)
			}
			next[s]++
			for _, f := range m {
				if string(f) != string(m[0]) {
					return fmt.Errorf("frames are mixed: %q", m)
				}
			}
		}
		return nil
	})
	group.Wait()
}

// everythingAtOnce calls every method of a socket from many goroutines, until
// enough was done, closes it under them, and wants nothing but an orderly end.
func everythingAtOnce(t *testing.T, typ zmq.SocketType) {
	zctx := testlib.Context(t)
	s, endpoint := testkit.Bound(t, zctx, typ, "tcp", opt.Linger.To(0))
	peer := testkit.Connected(t, zctx, partner[typ], endpoint, opt.Linger.To(0))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var closed, calls atomic.Int64
	short := func() context.Context {
		ctx, cancel := context.WithTimeout(ctx, time.Millisecond)
		time.AfterFunc(2*time.Millisecond, cancel)
		return ctx
	}
	uses := []func(*zmq.Socket){
		func(s *zmq.Socket) { _ = s.Send(short(), []byte("one"), []byte("two")) },
		func(s *zmq.Socket) { _, _ = s.Recv(short()) },
		func(s *zmq.Socket) { _ = s.TrySend(zmq.NewMsg([]byte("try"))) },
		func(s *zmq.Socket) { _ = s.TryRecv(new(zmq.Msg)) },
		func(s *zmq.Socket) { _, _ = s.RecvBatch(short(), make([]zmq.Msg, 4)) },
		func(s *zmq.Socket) { _ = s.Set(opt.SendTimeout.To(time.Second), opt.RecvHWM.To(100)) },
		func(s *zmq.Socket) { _, _ = opt.Linger.Get(s) },
		func(s *zmq.Socket) { _ = s.Subscribe("topic"); _ = s.Unsubscribe("topic") },
		func(s *zmq.Socket) { _ = s.LastEndpoint() },
		func(s *zmq.Socket) {
			const elsewhere = "inproc://everything-at-once"
			_ = s.Bind(elsewhere)
			_ = s.Unbind(elsewhere)
		},
	}
	group := testkit.NewGroup(t)
	for _, sock := range []*zmq.Socket{s, peer} {
		for _, use := range uses {
			group.Go(func() error {
				for closed.Load() == 0 {
					use(sock)
					calls.Add(1)
				}
				return nil
			})
		}
	}
	testkit.Eventually(t, "a thousand calls are done", func() bool { return calls.Load() > 1000 })
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Recv(context.Background()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Recv after Close: %v", err)
	}
	closed.Store(1)
	group.Wait()
}

var partner = map[zmq.SocketType]zmq.SocketType{
	zmq.PAIR: zmq.PAIR, zmq.PUB: zmq.SUB, zmq.SUB: zmq.PUB, zmq.REQ: zmq.REP, zmq.REP: zmq.REQ, zmq.DEALER: zmq.ROUTER,
	zmq.ROUTER: zmq.DEALER, zmq.PULL: zmq.PUSH, zmq.PUSH: zmq.PULL, zmq.XPUB: zmq.XSUB, zmq.XSUB: zmq.XPUB, zmq.STREAM: zmq.STREAM,
}
