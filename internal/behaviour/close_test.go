package behaviour

import (
	"context"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
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
}
