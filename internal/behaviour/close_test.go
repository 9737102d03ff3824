package behaviour

import (
	"context"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

func TestClose(t *testing.T) {
	t.Run("E3 Close with unread messages does not block the peer", func(t *testing.T) {
		zctx := testlib.Context(t)
		pair, endpoint := testkit.Bound(t, zctx, zmq.PAIR, "tcp")
		for i := range 5 {
			// A PAIR turns the next peer away until it has seen the last one
			// go, and nothing tells when it has: knock until it opens.
			var peer *zmq.Socket
			testkit.Eventually(t, "the next peer attaches", func() bool {
				peer = testkit.Connected(t, zctx, zmq.PAIR, endpoint)
				testkit.Send(t, peer, fmt.Sprint("hello ", i))
				ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
				defer cancel()
				frames, err := pair.Recv(ctx)
				if err == nil {
					return string(frames[0]) == fmt.Sprint("hello ", i)
				}
				if err := peer.Close(); err != nil {
					t.Error(err)
				}
				return false
			})
			testkit.Send(t, pair, fmt.Sprint("unread ", i))
			if err := peer.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("Z3 10,000 contexts and sockets come and go", func(t *testing.T) {
		descriptors := testkit.Descriptors()
		zctx := testlib.Context(t)
		pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		for i := range 5000 {
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			testkit.Send(t, push, "x")
			testkit.Expect(t, pull, "x")
			if err := push.Close(); err != nil {
				t.Fatal(i, err)
			}
		}
		for i := range 500 {
			other, err := libzmq.NewContext()
			if err != nil {
				t.Fatal(i, err)
			}
			pull, push := testkit.Pair(t, other, "tcp", zmq.PULL, zmq.PUSH)
			if i%10 == 0 {
				testkit.Send(t, push, "x")
				testkit.Expect(t, pull, "x")
			}
			if err := other.Close(); err != nil {
				t.Fatal(i, err)
			}
		}
		testkit.Eventually(t, "all descriptors are back", func() bool { return testkit.Descriptors() <= descriptors+10 })
	})
}
