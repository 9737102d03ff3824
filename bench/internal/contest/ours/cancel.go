package ours

import (
	"context"
	"errors"
	"fmt"
	"time"

	zmq "gozmq"
	"gozmq/bench/internal/loop"
	"gozmq/bench/internal/work"
)

// cancelled measures how long Recv takes to return after its context was
// cancelled.
func cancelled(m *maker) (work.Outcome, error) {
	sock := m.bound(zmq.PULL, "pull")
	if m.err != nil {
		return nil, m.err
	}
	var took []time.Duration
	for range m.work.Calls {
		ctx, cancel := context.WithCancel(context.Background())
		began := make(chan time.Time, 1)
		// Long enough after the call that it waits by then.
		time.AfterFunc(time.Millisecond, func() {
			began <- time.Now()
			cancel()
		})
		_, err := sock.Recv(ctx)
		took = append(took, time.Since(<-began))
		if !errors.Is(err, context.Canceled) {
			return nil, fmt.Errorf("a cancelled Recv returned %w", err)
		}
	}
	return loop.Times(took), nil
}
