package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section Q: timeouts, calls that do not wait, and cancellation.
var waiting = []row{
	{
		id:   "Q1",
		must: "RecvTimeout and SendTimeout end a call with os.ErrDeadlineExceeded, never early; 0 is at once, negative never",
		test: timeouts,
	},
	{
		id: "Q2", over: all,
		must: "TrySend and TryRecv never wait: ErrAgain when it is not possible now",
		test: func(t *T) {
			pull, push := t.Pair(zmq.PULL, zmq.PUSH)
			for range 3 {
				t.Refused(pull.TryRecv(new(zmq.Msg)), zmq.ErrAgain)
				t.Send(push, "x")
				t.Eventually("the message is there", func() bool { return pull.TryRecv(new(zmq.Msg)) == nil })
				t.Refused(t.TrySend(t.Socket(zmq.PUSH), "to nobody"), zmq.ErrAgain)
			}
		},
	},
	{
		id: "Q3", key: true, over: all,
		must: "ending the context ends a call that waits, with the context's error and cause, and never loses or doubles a message",
		test: func(t *T) {
			t.Run("waiting", endedContexts)
			t.Run("ended before", endedBefore)
			t.Run("at random moments", cancelledReceives)
		},
	},
	{
		id: "Q4", over: all,
		must: "a message that comes at the moment of a timeout is received, by this call or the next",
		test: timedOutReceives,
	},
	{
		id: "Q5", over: all,
		must: "a send whose context ends has sent its whole message or nothing",
		test: cancelledSends,
	},
	{
		id: "Q6", key: true, alone: true,
		must: "signals neither end a call that waits nor extend its timeout, and do not show in calls that work",
		test: func(t *T) {
			testkit.Storm(t)
			timeouts(t)
			uninterrupted(t)
		},
	},
	{
		id: "Q7", key: true, over: all,
		must: "a send makes progress while another goroutine waits in a receive on the same socket",
		test: func(t *T) {
			for _, typ := range []zmq.SocketType{zmq.DEALER, zmq.PAIR} {
				a, b := t.Pair(typ, typ)
				pingPong(t, a, b, many/10)
			}
		},
	},
	{
		id: "Q8", over: all,
		must: "Close wakes every call that waits on the socket, with ErrClosed, which is net.ErrClosed",
		test: closedWaiting,
	},
	{
		id: "Q9", key: true, over: all,
		must: "a message that came while the socket was used for something else is received without further news: long conversations never stall",
		test: func(t *T) {
			a, b := t.Pair(zmq.DEALER, zmq.DEALER)
			pingPong(t, a, b, many)
		},
	},
	{
		id: "Q10", key: true,
		must: "goroutines that wait in receives share a few threads, and use no processor",
		test: parkedGoroutines,
	},
}

// timeouts holds both timeouts to their word.
func timeouts(t *T) {
	const bound = 20 * time.Millisecond
	const late = 10 * time.Second // far less than a bound that never ends, or begins again and again
	pull, push := t.Socket(zmq.PULL), t.Socket(zmq.PUSH)
	for _, bound := range []time.Duration{bound, 0} {
		t.OK(pull.Set(opt.RecvTimeout.To(bound)))
		t.OK(push.Set(opt.SendTimeout.To(bound)))
		for op, call := range calls(pull, push) {
			began := time.Now()
			err := call(context.Background())
			took := time.Since(began)
			if !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, zmq.ErrAgain) {
				t.Errorf("%s: error is %v, want %v", op, err, os.ErrDeadlineExceeded)
			}
			if took < bound || took > late {
				t.Errorf("%s took %v, the timeout is %v", op, took, bound)
			}
		}
	}
	t.OK(pull.Set(opt.RecvTimeout.To(-1)))
	t.OK(push.Set(opt.SendTimeout.To(-1)))
	for op, call := range calls(pull, push) {
		ctx, cancel := context.WithTimeout(context.Background(), bound)
		if err := call(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s without a timeout: error is %v", op, err)
		}
		cancel()
	}
}

// uninterrupted uses sockets and contexts while signals come.
func uninterrupted(t *T) {
	rep, req := t.Pair(zmq.REP, zmq.REQ)
	for i := range 500 {
		ask(t, req, rep, testkit.Numbered(i), "more")
	}
	for range 10 {
		other := t.NewContext()
		testkit.Pair(t, other, "tcp", zmq.ROUTER, zmq.DEALER)
		t.OK(other.Close())
	}
}

func closedWaiting(t *T) {
	for range 100 {
		pull, _ := t.Bound(zmq.PULL)
		push, _ := t.Bound(zmq.PUSH)
		woken := testkit.NewGroup(t)
		for op, call := range calls(pull, push) {
			woken.Go(func() error {
				if err := call(context.Background()); !errors.Is(err, zmq.ErrClosed) || !errors.Is(err, net.ErrClosed) {
					return fmt.Errorf("%s: error is %v, want %v", op, err, zmq.ErrClosed)
				}
				return nil
			})
		}
		t.OK(pull.Close())
		t.OK(push.Close())
		woken.Wait()
	}
}

func parkedGoroutines(t *T) {
	if testkit.Threads() == 0 {
		t.Skip("threads cannot be counted on this system")
	}
	if !t.Isolated() { // from the threads of other tests
		return
	}
	const n = 500
	t.zctx = t.NewContext(opt.MaxSockets.To(3 * n))
	t.Transport = "inproc"
	ctx := testkit.Soon(t)
	waiting := testkit.NewGroup(t)
	var senders []*zmq.Socket
	for range n {
		pull, push := t.Pair(zmq.PULL, zmq.PUSH)
		senders = append(senders, push)
		waiting.Go(func() error {
			_, err := pull.Recv(ctx)
			return err
		})
	}
	t.Eventually("everybody is parked and the process idle", func() bool {
		before := testkit.CPU()
		time.Sleep(100 * time.Millisecond)
		return testkit.CPU()-before < 10*time.Millisecond
	})
	if threads := testkit.Threads(); threads > 32 {
		t.Errorf("%d goroutines are parked on %d threads, want at most 32", n, threads)
	}
	for _, push := range senders {
		t.Send(push, "wake up")
	}
	waiting.Wait()
}

// pingPong keeps some messages on their way from a to b and back. On a the
// sender and the receiver are two goroutines, so that each takes away the
// other's news that the socket is ready.
func pingPong(t *T, a, b *zmq.Socket, turns int) {
	t.Helper()
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	onTheirWay := make(chan struct{}, 7)
	group.Go(func() error {
		for i := range turns {
			select {
			case onTheirWay <- struct{}{}:
			case <-ctx.Done():
				return fmt.Errorf("turn %d: %w", i, ctx.Err())
			}
			if err := a.Send(ctx, []byte(testkit.Numbered(i))); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		var m zmq.Msg
		for i := range turns {
			if err := a.RecvMsg(ctx, &m); err != nil {
				return fmt.Errorf("turn %d comes not back: %w", i, err)
			}
			if string(m.Frame(0)) != testkit.Numbered(i) {
				return fmt.Errorf("turn %d is %q", i, m.Frames())
			}
			<-onTheirWay
		}
		return nil
	})
	group.Go(func() error {
		var m zmq.Msg
		for range turns {
			if err := b.RecvMsg(ctx, &m); err != nil {
				return err
			}
			if err := b.SendMsg(ctx, &m); err != nil {
				return err
			}
		}
		return nil
	})
	group.Wait()
}
