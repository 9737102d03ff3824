package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// many is how many messages the tests of exactness move. The race detector
// makes them ten times slower.
var many = map[bool]int{false: 20_000, true: 4_000}[testkit.Instrumented]

func endedContexts(t *T) {
	cause := errors.New("the lights went out")
	empty, full := t.Socket(zmq.PULL), t.Socket(zmq.PUSH) // without peers
	for op, call := range calls(empty, full) {
		ctx, cancel := context.WithCancelCause(context.Background())
		time.AfterFunc(time.Millisecond, func() { cancel(cause) })
		if err := call(ctx); !errors.Is(err, context.Canceled) || !errors.Is(err, cause) {
			t.Errorf("%s: error is %v, want %v and its cause %v", op, err, context.Canceled, cause)
		}
		soon, cancelSoon := context.WithTimeout(context.Background(), time.Millisecond)
		err := call(soon)
		cancelSoon()
		var timeout interface{ Timeout() bool }
		if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("%s: error is %v, want %v, which is a timeout", op, err, context.DeadlineExceeded)
		}
		if errors.Is(err, zmq.ErrAgain) {
			t.Errorf("%s: %v is ErrAgain", op, err)
		}
	}
}

func endedBefore(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "stays")
	readable(t, pull)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for op, call := range calls(pull, push) {
		if err := call(ended); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error is %v, want %v", op, err, context.Canceled)
		}
	}
	t.Send(push, "last")
	t.Expect(pull, "stays")
	t.Expect(pull, "last")
}

// impatient is a context that ends at a random moment, soon.
func impatient(r *rand.Rand) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	if r.IntN(8) == 0 {
		cancel()
		return ctx, cancel
	}
	time.AfterFunc(time.Duration(r.IntN(200))*time.Microsecond, cancel)
	return ctx, cancel
}

func cancelledReceives(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	group.Go(func() error { return sendNumbered(ctx, push, many) })
	group.Go(func() error {
		r := rand.New(rand.NewPCG(1, 2))
		return recvNumbered(ctx, pull, many, r, func() (context.Context, context.CancelFunc) { return impatient(r) }, context.Canceled)
	})
	group.Wait()
	t.ExpectNone(pull)
}

func timedOutReceives(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.OK(pull.Set(opt.RecvTimeout.To(time.Millisecond)))
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	turns := many / 100
	group.Go(func() error { // one message about every timeout
		for i := range turns {
			time.Sleep(900 * time.Microsecond)
			if err := push.Send(ctx, testkit.Bytes(testkit.Numbered(i), "tail")...); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		r := rand.New(rand.NewPCG(5, 6))
		patience := func() (context.Context, context.CancelFunc) {
			if r.IntN(2) == 0 {
				return ctx, func() {} // so the option's timeout comes first
			}
			return context.WithTimeout(ctx, time.Duration(r.IntN(1000))*time.Microsecond)
		}
		return recvNumbered(ctx, pull, turns, r, patience, os.ErrDeadlineExceeded, context.DeadlineExceeded)
	})
	group.Wait()
	t.ExpectNone(pull)
}

func cancelledSends(t *T) {
	pull, endpoint := t.Bound(zmq.PULL, opt.RecvHWM.To(10))
	push := t.Connected(zmq.PUSH, endpoint, opt.SendHWM.To(10))
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	group.Go(func() error {
		r := rand.New(rand.NewPCG(3, 4))
		for next := 0; next < many; {
			soon, cancel := impatient(r)
			var err error
			for ; err == nil && next < many; next++ {
				err = push.Send(soon, testkit.Bytes(testkit.Numbered(next), "tail")...)
			}
			cancel()
			if errors.Is(err, context.Canceled) {
				next-- // not sent: the same number again
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		r := rand.New(rand.NewPCG(7, 8))
		patience := func() (context.Context, context.CancelFunc) { return ctx, func() {} }
		return recvNumbered(ctx, pull, many, r, patience)
	})
	group.Wait()
	t.ExpectNone(pull)
}

// sendNumbered sends n messages with numbers.
func sendNumbered(ctx context.Context, s *zmq.Socket, n int) error {
	for i := range n {
		if err := s.Send(ctx, testkit.Bytes(testkit.Numbered(i), "tail")...); err != nil {
			return err
		}
	}
	return nil
}

// recvNumbered receives n messages with numbers, in every way there is, which
// must come in order and whole. Each receive has the patience given, and may
// end with one of the errors.
func recvNumbered(ctx context.Context, s *zmq.Socket, n int, r *rand.Rand,
	patience func() (context.Context, context.CancelFunc), mayEnd ...error) error {
	for next := 0; next < n; {
		if ctx.Err() != nil {
			return fmt.Errorf("message %d does not come", next)
		}
		soon, cancel := patience()
		var err error
		for err == nil && next < n {
			var got [][][]byte
			got, err = recvSomehow(soon, s, r)
			for _, frames := range got {
				if len(frames) != 2 || string(frames[0]) != testkit.Numbered(next) || string(frames[1]) != "tail" {
					cancel()
					return fmt.Errorf("message %d is %q", next, frames)
				}
				next++
			}
		}
		cancel()
		if err != nil && !isOneOf(err, mayEnd) {
			return err
		}
	}
	return nil
}

func isOneOf(err error, targets []error) bool {
	for _, target := range targets {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// recvSomehow receives in one of the ways there are.
func recvSomehow(ctx context.Context, s *zmq.Socket, r *rand.Rand) (got [][][]byte, err error) {
	switch r.IntN(3) {
	case 0:
		frames, err := s.Recv(ctx)
		if err != nil {
			return nil, err
		}
		return [][][]byte{frames}, nil
	case 1:
		var m zmq.Msg
		err := s.RecvMsg(ctx, &m)
		if err != nil {
			return nil, err
		}
		return [][][]byte{m.Frames()}, nil
	default:
		batch := make([]zmq.Msg, 5)
		n, err := s.RecvBatch(ctx, batch)
		for i := range batch[:n] {
			got = append(got, batch[i].Frames())
		}
		return got, err
	}
}
