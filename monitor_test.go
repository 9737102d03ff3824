package zmq_test

import (
	"context"
	"sync"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// watch makes a Monitor that is closed with the test.
func watch(t testing.TB, s *zmq.Socket, events ...zmq.EventType) *zmq.Monitor {
	t.Helper()
	m, err := s.Monitor(events...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// expectEvents reads events until all of these have come in this order; others may
// be in between. It returns those that were looked for.
func expectEvents(t testing.TB, m *zmq.Monitor, types ...zmq.EventType) []zmq.MonitorEvent {
	t.Helper()
	ctx := testkit.Soon(t)
	var seen []string
	var found []zmq.MonitorEvent
	for len(found) < len(types) {
		ev, err := m.Recv(ctx)
		if err != nil {
			t.Fatalf("waiting for %v after %v: %v", types[len(found)], seen, err)
		}
		seen = append(seen, ev.String())
		if ev.Type == types[len(found)] {
			found = append(found, ev)
		}
	}
	return found
}

func TestMonitor(t *testing.T) {
	t.Run("waiting for an event can be cancelled, and costs none", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PULL)
		m := watch(t, s)
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(time.Millisecond, cancel)
		_, err := m.Recv(ctx)
		testkit.WantError(t, err, context.Canceled)
		for _, err := range m.Events(ctx) {
			testkit.WantError(t, err, context.Canceled)
		}
		testkit.Bind(t, s, "tcp")
		expectEvents(t, m, zmq.EventListening)
	})
	t.Run("many readers share the events", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PULL)
		m := watch(t, s, zmq.EventListening)
		var mu sync.Mutex
		var n int
		readers := testkit.NewGroup(t)
		for range 8 {
			readers.Go(func() error {
				for _, err := range m.Events(context.Background()) {
					if err != nil {
						return err
					}
					mu.Lock()
					n++
					mu.Unlock()
				}
				return nil
			})
		}
		for range 50 {
			testkit.Bind(t, s, "tcp")
		}
		testkit.Eventually(t, "50 events are read", func() bool { mu.Lock(); defer mu.Unlock(); return n == 50 })
		testkit.Drop(s)
		readers.Wait()
	})
	t.Run("no socket is left behind where there is no room for a Monitor", func(t *testing.T) {
		zctx := testlib.Context(t, opt.MaxSockets.To(4))
		s := testkit.Socket(t, zctx, zmq.PULL)
		other := testkit.Socket(t, zctx, zmq.PULL)
		last := testkit.Socket(t, zctx, zmq.PULL)
		for range 10 { // one slot is left, two are needed
			_, err := s.Monitor()
			testkit.WantError(t, err, zmq.ErrTooManySockets)
		}
		testkit.Drop(other)
		testkit.Drop(last)
		testkit.Eventually(t, "there is room", func() bool {
			m, err := s.Monitor()
			return err == nil && m.Close() == nil
		})
	})
}
