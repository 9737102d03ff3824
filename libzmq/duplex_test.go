package libzmq_test

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A receive that waits is handed its messages by whoever lets libzmq do its
// housekeeping. What that tells of room to send wakes the sends that wait.
func TestBothWaysThroughFullQueues(t *testing.T) {
	const n = 30_000
	for _, transport := range []string{"inproc", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			zctx := testlib.Context(t)
			small := []zmq.Setting{opt.SendHWM.To(4), opt.RecvHWM.To(16)}
			a, endpoint := testkit.Bound(t, zctx, zmq.DEALER, transport, small...)
			b := testkit.Connected(t, zctx, zmq.DEALER, endpoint, small...)
			g, ctx := testkit.NewGroup(t), testkit.Soon(t)
			for _, s := range []*zmq.Socket{a, b} {
				g.Go(func() error {
					for i := range n {
						if err := s.Send(ctx, []byte(testkit.Numbered(i))); err != nil {
							return err
						}
					}
					return nil
				})
				g.Go(func() error {
					batch := make([]zmq.Msg, 8)
					for got := 0; got < n; {
						k, err := s.RecvBatch(ctx, batch)
						if err != nil {
							return err
						}
						got += k
					}
					return nil
				})
			}
			g.Wait()
		})
	}
}
