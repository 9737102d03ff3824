package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestMessages(t *testing.T) {
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	const n = 1000
	for i := range n {
		testkit.Send(t, a, testkit.Numbered(i), "second")
	}
	// Loops that are left early lose nothing.
	for i := 0; i < n; {
		for m, err := range b.Messages(testkit.Soon(t)) {
			if err != nil {
				t.Fatal(err)
			}
			if m.Len() != 2 || string(m.Frame(0)) != testkit.Numbered(i) {
				t.Fatalf("message %d is %q", i, m.Frames())
			}
			if i++; i%7 == 0 || i == n {
				break
			}
		}
	}

	t.Run("the error comes once, with no message", func(t *testing.T) {
		closed, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		ctx, cancel := context.WithCancel(context.Background())
		timed, _ := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.RecvTimeout.To(time.Millisecond))
		for _, c := range []struct {
			s    *zmq.Socket
			ctx  context.Context
			want error
			end  func()
		}{
			{b, ctx, context.Canceled, cancel},
			{closed, testkit.Soon(t), zmq.ErrClosed, func() { testkit.Drop(closed) }},
			{timed, testkit.Soon(t), os.ErrDeadlineExceeded, func() {}},
			{a, testkit.Soon(t), zmq.ErrNotSupported, func() {}},
			{nil, testkit.Soon(t), zmq.ErrClosed, func() {}},
			{b, nil, zmq.ErrInvalid, func() {}},
		} {
			go c.end()
			turns := 0
			for m, err := range c.s.Messages(c.ctx) {
				turns++
				if m != nil || !errors.Is(err, c.want) {
					t.Errorf("%v, %v; want %v", m, err, c.want)
				}
			}
			for batch, err := range c.s.Batches(c.ctx, 10) {
				turns++
				if batch != nil || !errors.Is(err, c.want) {
					t.Errorf("%v, %v; want %v", batch, err, c.want)
				}
			}
			if turns != 2 {
				t.Errorf("%d turns for %v", turns, c.want)
			}
		}
	})
}

func TestBatches(t *testing.T) {
	zctx := testlib.Context(t)
	b, a := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	for _, most := range []int{1, 5, 100, math.MaxInt} {
		const n = 500
		g := testkit.NewGroup(t)
		g.Go(func() error {
			for i := range n {
				if err := a.Send(testkit.Soon(t), []byte(testkit.Numbered(i))); err != nil {
					return err
				}
			}
			return nil
		})
		i := 0
		for batch, err := range b.Batches(testkit.Soon(t), most) {
			if err != nil {
				t.Fatal(err)
			}
			if len(batch) < 1 || len(batch) > most {
				t.Errorf("a batch of %d, at most %d", len(batch), most)
			}
			for k := range batch {
				if got := string(batch[k].Frame(0)); got != testkit.Numbered(i) {
					t.Fatalf("message %d is %q", i, got)
				}
				i++
			}
			if i == n {
				break
			}
		}
		g.Wait()
	}
	for _, most := range []int{0, -1} {
		for batch, err := range b.Batches(testkit.Soon(t), most) {
			if batch != nil || !errors.Is(err, zmq.ErrInvalid) {
				t.Errorf("%v, %v", batch, err)
			}
		}
	}
}

func ExampleSocket_Messages() {
	zctx, pull, push := pipeline()
	defer zctx.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, word := range []string{"one", "two", "three"} {
		if err := push.Send(ctx, []byte(word)); err != nil {
			fmt.Println(err)
			return
		}
	}
	for m, err := range pull.Messages(ctx) {
		if errors.Is(err, context.Canceled) {
			fmt.Println("cancelled")
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s\n", m.Frame(0))
		if string(m.Frame(0)) == "three" {
			cancel()
		}
	}
	// Output:
	// one
	// two
	// three
	// cancelled
}
