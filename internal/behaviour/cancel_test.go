package behaviour

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// many is how many messages the tests of exactness move. The race detector
// makes them ten times slower.
var many = map[bool]int{false: 100_000, true: 20_000}[testkit.Instrumented]

func TestCancel(t *testing.T) {
	t.Run("Q3 a Recv that is cancelled at random moments loses and doubles nothing", func(t *testing.T) {
		for _, transport := range []string{"inproc", "tcp"} {
			t.Run(transport, cancelledRecv(transport))
		}
	})
	t.Run("Q5 a Send that is cancelled at random moments is whole or has not been", func(t *testing.T) {
		for _, transport := range []string{"inproc", "tcp"} {
			t.Run(transport, cancelledSend(transport))
		}
	})
	zctx := testlib.Context(t)
	pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	full := testkit.Socket(t, zctx, zmq.PUSH) // no peer: every Send waits

	t.Run("a context that has ended is an error at once, and takes no message", func(t *testing.T) {
		testkit.Send(t, push, "stays")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := pull.Recv(ctx)
		testkit.WantError(t, err, context.Canceled)
		testkit.WantError(t, push.Send(ctx, []byte("not sent")), context.Canceled)
		testkit.Expect(t, pull, "stays")
		testkit.ExpectNone(t, pull)
	})
	t.Run("the cause of the cancellation is in the error", func(t *testing.T) {
		cause := errors.New("the lights went out")
		for op, call := range calls(pull, full) {
			ctx, cancel := context.WithCancelCause(context.Background())
			time.AfterFunc(time.Millisecond, func() { cancel(cause) })
			err := call(ctx)
			if !errors.Is(err, context.Canceled) || !errors.Is(err, cause) {
				t.Errorf("%s: error is %v, want %v and its cause %v", op, err, context.Canceled, cause)
			}
		}
	})
	t.Run("Q3 a deadline is context.DeadlineExceeded and a timeout", func(t *testing.T) {
		for op, call := range calls(pull, full) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			err := call(ctx)
			cancel()
			var timeout interface{ Timeout() bool }
			if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
				t.Errorf("%s: error is %v, want %v", op, err, context.DeadlineExceeded)
			}
			if errors.Is(err, zmq.ErrAgain) {
				t.Errorf("%s: %v is ErrAgain", op, err)
			}
		}
	})
	t.Run("Q1 RecvTimeout and SendTimeout are os.ErrDeadlineExceeded, not ErrAgain, and not early", func(t *testing.T) {
		const bound = 30 * time.Millisecond
		for _, err := range []error{pull.Set(opt.RecvTimeout.To(bound)), full.Set(opt.SendTimeout.To(bound))} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for op, call := range calls(pull, full) {
			began := time.Now()
			err := call(context.Background())
			if !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, zmq.ErrAgain) {
				t.Errorf("%s: error is %v, want %v", op, err, os.ErrDeadlineExceeded)
			}
			if took := time.Since(began); took < bound {
				t.Errorf("%s: returned after %v, bound is %v", op, took, bound)
			}
		}
	})
	t.Run("Q2 Try calls and a bound of 0 do not wait", func(t *testing.T) {
		var m zmq.Msg
		testkit.WantError(t, pull.TryRecv(&m), zmq.ErrAgain)
		testkit.WantError(t, full.TrySend(zmq.NewMsg([]byte("x"))), zmq.ErrAgain)
		for _, err := range []error{pull.Set(opt.RecvTimeout.To(0)), full.Set(opt.SendTimeout.To(0))} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for op, call := range calls(pull, full) {
			if err := call(context.Background()); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s: error is %v, want %v", op, err, os.ErrDeadlineExceeded)
			}
		}
	})
}

// calls are all that can wait, on a socket without messages and on one that
// takes none.
func calls(empty, full *zmq.Socket) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Recv":      func(ctx context.Context) error { _, err := empty.Recv(ctx); return err },
		"RecvMsg":   func(ctx context.Context) error { return empty.RecvMsg(ctx, new(zmq.Msg)) },
		"RecvBatch": func(ctx context.Context) error { _, err := empty.RecvBatch(ctx, make([]zmq.Msg, 3)); return err },
		"Send":      func(ctx context.Context) error { return full.Send(ctx, []byte("x")) },
		"SendMsg":   func(ctx context.Context) error { return full.SendMsg(ctx, zmq.NewMsg([]byte("x"))) },
		"SendBatch": func(ctx context.Context) error {
			msgs := make([]zmq.Msg, 3)
			for i := range msgs {
				msgs[i].Append([]byte("x"))
			}
			_, err := full.SendBatch(ctx, msgs)
			return err
		},
	}
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

func cancelledRecv(transport string) func(*testing.T) {
	return func(t *testing.T) {
		pull, push := testkit.Pair(t, testlib.Context(t), transport, zmq.PULL, zmq.PUSH)
		ctx := testkit.Soon(t)
		group := testkit.NewGroup(t)
		group.Go(func() error {
			for i := range many {
				if err := push.Send(ctx, []byte(testkit.Numbered(i)), []byte("tail")); err != nil {
					return err
				}
			}
			return nil
		})
		group.Go(func() error {
			r := rand.New(rand.NewPCG(1, 2))
			var m zmq.Msg
			batch := make([]zmq.Msg, 5)
			for next := 0; next < many && ctx.Err() == nil; {
				soon, cancel := impatient(r)
				for next < many {
					// Every way of receiving takes its turn.
					var got [][][]byte
					var err error
					switch r.IntN(3) {
					case 0:
						var frames [][]byte
						if frames, err = pull.Recv(soon); err == nil {
							got = append(got, frames)
						}
					case 1:
						if err = pull.RecvMsg(soon, &m); err == nil {
							got = append(got, m.Frames())
						}
					case 2:
						var n int
						n, err = pull.RecvBatch(soon, batch)
						for i := range batch[:n] {
							got = append(got, batch[i].Frames())
						}
					}
					for _, frames := range got {
						if len(frames) != 2 || string(frames[0]) != testkit.Numbered(next) || string(frames[1]) != "tail" {
							cancel()
							return fmt.Errorf("message %d is %q", next, frames)
						}
						next++
					}
					if err != nil {
						if !errors.Is(err, context.Canceled) {
							cancel()
							return err
						}
						break
					}
				}
				cancel()
			}
			return ctx.Err()
		})
		group.Wait()
		testkit.ExpectNone(t, pull)
	}
}

func cancelledSend(transport string) func(*testing.T) {
	return func(t *testing.T) {
		zctx := testlib.Context(t)
		pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport, opt.RecvHWM.To(10))
		push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(10))
		ctx := testkit.Soon(t)
		group := testkit.NewGroup(t)
		group.Go(func() error {
			r := rand.New(rand.NewPCG(3, 4))
			for next := 0; next < many && ctx.Err() == nil; {
				soon, cancel := impatient(r)
				for next < many {
					err := push.Send(soon, []byte(testkit.Numbered(next)), []byte("tail"))
					if err != nil {
						if !errors.Is(err, context.Canceled) {
							cancel()
							return err
						}
						break // not sent: the same number again
					}
					next++
				}
				cancel()
			}
			return ctx.Err()
		})
		group.Go(func() error {
			var m zmq.Msg
			for i := range many {
				if err := pull.RecvMsg(ctx, &m); err != nil {
					return fmt.Errorf("message %d: %w", i, err)
				}
				if m.Len() != 2 || string(m.Frame(0)) != testkit.Numbered(i) || string(m.Frame(1)) != "tail" {
					return fmt.Errorf("message %d is %q", i, m.Frames())
				}
			}
			return nil
		})
		group.Wait()
		testkit.ExpectNone(t, pull)
	}
}
