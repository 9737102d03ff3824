package zmq_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
	"gozmq/opt"
)

// shaped is message i of a sequence in which all shapes are that an engine may
// treat in ways of their own: few frames and very many, small ones and such
// that fill its buffers.
func shaped(i int) [][]byte {
	shapes := []struct{ frames, size int }{
		{1, 0}, {1, 100}, {2, 10}, {16, 7000}, {17, 3}, {1, 100_000}, {3, 9000}, {2000, 0}, {5, 40_000},
	}
	shape := shapes[i%len(shapes)]
	frames := [][]byte{[]byte(testkit.Numbered(i))}
	for k := range shape.frames {
		frames = append(frames, bytes.Repeat([]byte{byte(i + k)}, shape.size))
	}
	return frames
}

// What the other side refuses goes back and comes again, whole and in order,
// whatever its shape, when it is the Proxy that receives again or another.
func TestProxyPutsBack(t *testing.T) {
	for _, transport := range []string{"inproc", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			zctx := testlib.Context(t)
			pull, in := testkit.Bound(t, zctx, zmq.PULL, transport)
			push, out := testkit.Bound(t, zctx, zmq.PUSH, transport, opt.SendHWM.To(1))
			p := &zmq.Proxy{Frontend: pull, Backend: push}
			c := testkit.Connected(t, zctx, zmq.PUSH, in)
			w := testkit.Connected(t, zctx, zmq.PULL, out, opt.RecvHWM.To(1))
			const n, most = 400, 30 // how many the queues of both hold, and more
			g := testkit.NewGroup(t)
			g.Go(func() error {
				for i := range n {
					if err := c.Send(testkit.Soon(t), shaped(i)...); err != nil {
						return err
					}
				}
				return nil
			})
			passed := make(chan struct{})
			g.Go(func() error {
				for {
					ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
					err := p.Run(ctx)
					cancel()
					if !errors.Is(err, context.DeadlineExceeded) {
						return fmt.Errorf("Run: %v", err)
					}
					select {
					case <-passed:
						return nil
					default:
					}
				}
			})
			next := 0
			take := func(s *zmq.Socket) bool {
				ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
				defer cancel()
				got, err := s.Recv(ctx)
				if errors.Is(err, context.DeadlineExceeded) {
					return false
				}
				if err != nil {
					t.Fatal(err)
				}
				if want := shaped(next); !slices.EqualFunc(got, want, bytes.Equal) {
					t.Fatalf("message %d came as %d frames, the first %.20q; want %d, the first %q", next, len(got), got[0], len(want), want[0])
				}
				next++
				return true
			}
			for next < n-most {
				if !take(w) {
					t.Fatalf("message %d does not come", next)
				}
			}
			close(passed)
			g.Wait()
			for take(w) {
			}
			for next < n && take(pull) { // what the Proxy had, and left
			}
			if next != n {
				t.Errorf("%d messages came of %d", next, n)
			}
			if s := p.Stats(); s.FrontendReceived != s.BackendSent || s.Refused != 0 {
				t.Errorf("%+v", s)
			}
		})
	}
	testkit.Eventually(t, "all frames are given back", func() bool { runtime.GC(); return capi.Lent() == 0 })
}
