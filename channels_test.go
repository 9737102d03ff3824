package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// Cancelled again and again in the middle, RecvTo loses nothing, doubles
// nothing and keeps the order.
func TestRecvToLosesNothing(t *testing.T) {
	for _, room := range []int{0, 1, 10} {
		t.Run(fmt.Sprint("a channel with room for ", room), func(t *testing.T) {
			zctx := testlib.Context(t)
			b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			const n = 3000
			ch := make(chan *zmq.Msg, room)
			g := testkit.NewGroup(t)
			g.Go(func() error {
				for i := range n {
					if err := a.Send(testkit.Soon(t), []byte(testkit.Numbered(i)), []byte("second")); err != nil {
						return err
					}
				}
				return nil
			})
			over, end := context.WithCancel(testkit.Soon(t))
			g.Go(func() error {
				for over.Err() == nil {
					ctx, cancel := context.WithTimeout(over, time.Duration(rand.IntN(300))*time.Microsecond)
					err := b.RecvTo(ctx, ch)
					cancel()
					if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
						return err
					}
				}
				return nil
			})
			kept := make([]*zmq.Msg, n)
			for i := range kept {
				select {
				case kept[i] = <-ch:
				case <-time.After(testkit.Hang):
					t.Fatalf("message %d is lost", i)
				}
			}
			end()
			g.Wait()
			for i, m := range kept { // each is the receiver's for good
				if m.Len() != 2 || string(m.Frame(0)) != testkit.Numbered(i) {
					t.Fatalf("message %d is %q", i, m.Frames())
				}
			}
			testkit.ExpectNone(t, b)
		})
	}
}

// What RecvTo had in its hands goes to the next receive, of any kind, also one
// that waits already.
func TestRecvToGivesBack(t *testing.T) {
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	p := poller(t)
	add(t, p, b, zmq.In)
	// hold makes RecvTo hold a message, and gives what ends it.
	hold := func(text string) (giveBack func()) {
		ctx, cancel := context.WithCancel(context.Background())
		g := testkit.NewGroup(t)
		g.Go(func() error {
			err := b.RecvTo(ctx, make(chan *zmq.Msg))
			if !errors.Is(err, context.Canceled) {
				return fmt.Errorf("RecvTo: %v", err)
			}
			return nil
		})
		testkit.Send(t, a, text, "second")
		testkit.Eventually(t, "RecvTo has the message", func() bool { return events(t, p, b) == 0 })
		return func() { cancel(); g.Wait() }
	}
	big := string(make([]byte, 100_000))
	for _, text := range []string{"small", big} {
		hold(text)()
		wait(t, p)
		testkit.Expect(t, b, text, "second")

		hold(text)()
		testkit.Send(t, a, "later")
		testkit.Expect(t, b, text, "second")
		testkit.Expect(t, b, "later")

		hold(text)()
		var m zmq.Msg
		if err := b.TryRecv(&m); err != nil || string(m.Frame(0)) != text {
			t.Errorf("%v, %d frames", err, m.Len())
		}

		giveBack := hold(text)
		g := testkit.NewGroup(t)
		g.Go(func() error {
			frames, err := b.Recv(testkit.Soon(t))
			if err == nil && string(frames[0]) != text {
				err = errors.New("another message")
			}
			return err
		})
		giveBack()
		g.Wait()
	}
	hold("dropped with the socket")()
	testkit.Drop(b)
}

func TestRecvToEnds(t *testing.T) {
	zctx := testlib.Context(t)
	for _, full := range []bool{false, true} {
		b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		if full {
			testkit.Send(t, a, "nobody takes this from the channel")
		}
		g := testkit.NewGroup(t)
		g.Go(func() error {
			if err := b.RecvTo(testkit.Soon(t), make(chan *zmq.Msg)); !errors.Is(err, zmq.ErrClosed) {
				return fmt.Errorf("%v", err)
			}
			return nil
		})
		testkit.Drop(b)
		g.Wait()
		testkit.WantError(t, b.RecvTo(testkit.Soon(t), make(chan *zmq.Msg)), zmq.ErrClosed)
		testkit.WantError(t, a.RecvTo(testkit.Soon(t), nil), zmq.ErrInvalid)
		testkit.WantError(t, a.RecvTo(noContext, make(chan *zmq.Msg)), zmq.ErrInvalid)
		testkit.WantError(t, a.RecvTo(testkit.Soon(t), make(chan *zmq.Msg)), zmq.ErrNotSupported)
	}
	testkit.WantError(t, new(zmq.Socket).RecvTo(testkit.Soon(t), make(chan *zmq.Msg)), zmq.ErrClosed)
}

func TestSendFrom(t *testing.T) {
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	ch := make(chan *zmq.Msg, 3)
	g := testkit.NewGroup(t)
	g.Go(func() error { return a.SendFrom(testkit.Soon(t), ch) })
	for i := range 1000 {
		ch <- zmq.NewMsg([]byte(testkit.Numbered(i)), []byte("second"))
	}
	close(ch)
	g.Wait() // nil
	for i := range 1000 {
		testkit.Expect(t, b, testkit.Numbered(i), "second")
	}

	t.Run("what was taken and not sent is in the error", func(t *testing.T) {
		alone, _ := testkit.Bound(t, zctx, zmq.PUSH, "inproc")
		ch := make(chan *zmq.Msg)
		ctx, cancel := context.WithCancel(context.Background())
		g := testkit.NewGroup(t)
		m := zmq.NewMsg([]byte("x"))
		g.Go(func() error {
			err := alone.SendFrom(ctx, ch)
			var unsent *zmq.UnsentError
			if !errors.As(err, &unsent) || unsent.Msg != m || !errors.Is(err, context.Canceled) || err.Error() == "" {
				return fmt.Errorf("%v", err)
			}
			return nil
		})
		ch <- m
		cancel()
		g.Wait()
	})

	t.Run("it ends while the channel is empty", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		closed, _ := testkit.Bound(t, zctx, zmq.PUSH, "inproc")
		for _, c := range []struct {
			s    *zmq.Socket
			end  func()
			want error
		}{{a, cancel, context.Canceled}, {closed, func() { testkit.Drop(closed) }, zmq.ErrClosed}} {
			g := testkit.NewGroup(t)
			g.Go(func() error {
				err := c.s.SendFrom(ctx, make(chan *zmq.Msg))
				var unsent *zmq.UnsentError
				if !errors.Is(err, c.want) && !errors.Is(err, context.Canceled) || errors.As(err, &unsent) {
					return fmt.Errorf("%v, want %v", err, c.want)
				}
				return nil
			})
			c.end()
			g.Wait()
		}
	})

	t.Run("misuse", func(t *testing.T) {
		ch := make(chan *zmq.Msg, 2)
		ch <- nil
		testkit.WantError(t, a.SendFrom(testkit.Soon(t), ch), zmq.ErrInvalid)
		ch <- new(zmq.Msg) // no frames
		testkit.WantError(t, a.SendFrom(testkit.Soon(t), ch), zmq.ErrInvalid)
		testkit.WantError(t, a.SendFrom(testkit.Soon(t), nil), zmq.ErrInvalid)
		testkit.WantError(t, a.SendFrom(noContext, ch), zmq.ErrInvalid)
		testkit.WantError(t, new(zmq.Socket).SendFrom(testkit.Soon(t), ch), zmq.ErrClosed)
	})
}

func ExampleSocket_RecvTo() {
	zctx, pull, push := pipeline()
	defer zctx.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	messages := make(chan *zmq.Msg)
	go func() { _ = pull.RecvTo(ctx, messages) }() // ends with zctx, at the latest
	words := make(chan *zmq.Msg, 1)
	words <- zmq.NewMsg([]byte("hello"))
	close(words)
	if err := push.SendFrom(ctx, words); err != nil {
		fmt.Println(err)
	}
	select {
	case m := <-messages:
		fmt.Printf("%s\n", m.Frame(0))
	case <-time.After(10 * time.Second):
		fmt.Println("nothing came")
	}
	// Output: hello
}
