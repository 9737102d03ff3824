package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
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

// rest reads what is left until the Monitor ends.
func rest(t testing.TB, m *zmq.Monitor) (types []zmq.EventType) {
	t.Helper()
	for ev, err := range m.Events(testkit.Soon(t)) {
		if err != nil {
			t.Fatal(err)
		}
		types = append(types, ev.Type)
	}
	return types
}

func TestMonitor(t *testing.T) {
	t.Run("N1 the side that connects", func(t *testing.T) {
		for _, transport := range []string{"tcp", "ipc"} {
			zctx := testlib.Context(t)
			server, endpoint := testkit.Bound(t, zctx, zmq.REP, transport)
			client := testkit.Socket(t, zctx, zmq.REQ, opt.ReconnectInterval.To(time.Millisecond))
			m := watch(t, client)
			if err := client.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			for _, ev := range expectEvents(t, m, zmq.EventConnected, zmq.EventHandshakeSucceeded) {
				if ev.Endpoint != endpoint {
					t.Errorf("%v is about %q, want %q", ev.Type, ev.Endpoint, endpoint)
				}
			}
			testkit.Drop(server)
			expectEvents(t, m, zmq.EventDisconnected, zmq.EventConnectRetried)
			testkit.Drop(client)
			if types := rest(t, m); len(types) == 0 || types[len(types)-1] != zmq.EventMonitorStopped {
				t.Errorf("the last events are %v, want MONITOR_STOPPED at the end", types)
			}
		}
	})
	t.Run("N2 the side that binds", func(t *testing.T) {
		zctx := testlib.Context(t)
		server := testkit.Socket(t, zctx, zmq.REP)
		m := watch(t, server)
		endpoint := testkit.Bind(t, server, "tcp")
		client := testkit.Connected(t, zctx, zmq.REQ, endpoint)
		for _, ev := range expectEvents(t, m, zmq.EventListening, zmq.EventAccepted, zmq.EventHandshakeSucceeded) {
			if ev.Endpoint != endpoint {
				t.Errorf("%v is about %q, want %q", ev.Type, ev.Endpoint, endpoint)
			}
		}
		testkit.Drop(client)
		expectEvents(t, m, zmq.EventDisconnected)
		if err := server.Unbind(endpoint); err != nil {
			t.Fatal(err)
		}
		expectEvents(t, m, zmq.EventClosed)
		testkit.Drop(server)
		expectEvents(t, m, zmq.EventMonitorStopped)
		_, err := m.Recv(testkit.Soon(t))
		testkit.WantError(t, err, zmq.ErrClosed)
	})
	t.Run("N6 several Monitors have all events each, and end each by itself", func(t *testing.T) {
		zctx := testlib.Context(t)
		server := testkit.Socket(t, zctx, zmq.PULL)
		all, some := watch(t, server), watch(t, server, zmq.EventAccepted, zmq.EventDisconnected)
		endpoint := testkit.Bind(t, server, "tcp")
		client := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
		expectEvents(t, all, zmq.EventListening, zmq.EventAccepted, zmq.EventHandshakeSucceeded)
		if ev, err := some.Recv(testkit.Soon(t)); err != nil || ev.Type != zmq.EventAccepted {
			t.Errorf("the first event is %v, %v; want ACCEPTED", ev, err)
		}
		if err := all.Close(); err != nil {
			t.Error(err)
		}
		_, err := all.Recv(testkit.Soon(t))
		testkit.WantError(t, err, zmq.ErrClosed)
		testkit.WantError(t, all.Close(), zmq.ErrClosed)
		again := watch(t, server, zmq.EventDisconnected)
		testkit.Drop(client)
		expectEvents(t, some, zmq.EventDisconnected)
		expectEvents(t, again, zmq.EventDisconnected)
	})
	t.Run("N6 monitoring can end and begin again 1000 times while events flow", func(t *testing.T) {
		// libzmq frees the sockets of a closed Monitor some time later.
		zctx := testlib.Context(t, opt.MaxSockets.To(5000))
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
		stop := make(chan struct{})
		churning := testkit.NewGroup(t)
		churning.Go(func() error { return churn(endpoint, stop) })
		for i := range 1000 {
			m, err := server.Monitor()
			if err != nil {
				t.Fatalf("monitor %d: %v", i, err)
			}
			if i%10 == 0 {
				if _, err := m.Recv(testkit.Soon(t)); err != nil {
					t.Fatal(err)
				}
			}
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
		}
		close(stop)
		churning.Wait()
	})
	t.Run("N7 a Monitor that nobody reads neither blocks its socket nor grows", func(t *testing.T) {
		zctx := testlib.Context(t)
		s := testkit.Socket(t, zctx, zmq.PULL)
		m := watch(t, s)
		const rounds = 5000 // of LISTENING and, unless it is gone too soon, CLOSED
		testkit.Returns(t, "the churn", func() {
			for range rounds {
				if err := s.Bind("tcp://127.0.0.1:*"); err != nil {
					t.Error(err)
					return
				}
				if err := s.Unbind(s.LastEndpoint()); err != nil {
					t.Error(err)
					return
				}
			}
		})
		push := testkit.Connected(t, zctx, zmq.PUSH, testkit.Bind(t, s, "tcp"))
		testkit.Send(t, push, "it works")
		testkit.Expect(t, s, "it works")
		testkit.Eventually(t, "the oldest events are dropped", func() bool { return m.Dropped() >= rounds })
		testkit.Drop(s)
		// More than 4096 may come: reading makes room for the last of them.
		types := rest(t, m)
		if n := len(types); n < 4096 || types[n-1] != zmq.EventMonitorStopped {
			t.Errorf("%d events are left, the last is %v; want the 4096 newest", n, types[n-1])
		}
	})
	t.Run("N8 the Monitor of a socket that is closed at once ends", func(t *testing.T) {
		zctx := testlib.Context(t)
		for range 100 {
			s := testkit.Socket(t, zctx, zmq.DEALER)
			m := watch(t, s)
			waiting := testkit.NewGroup(t)
			waiting.Go(func() error {
				ev, err := m.Recv(context.Background())
				if err != nil || ev.Type != zmq.EventMonitorStopped {
					return fmt.Errorf("the event is %v, %v; want MONITOR_STOPPED", ev, err)
				}
				return nil
			})
			testkit.Drop(s)
			waiting.Wait()
			_, err := m.Recv(context.Background())
			testkit.WantError(t, err, zmq.ErrClosed)
			testkit.WantError(t, err, net.ErrClosed)
			_, err = s.Monitor()
			testkit.WantError(t, err, zmq.ErrClosed)
		}
	})
	t.Run("N8 closing the context ends Monitors", func(t *testing.T) {
		zctx := testlib.Context(t)
		var ends []*zmq.Monitor
		for range 20 {
			s, _ := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
			ends = append(ends, watch(t, s))
		}
		if err := zctx.Close(); err != nil {
			t.Fatal(err)
		}
		for _, m := range ends {
			if types := rest(t, m); len(types) != 1 || types[0] != zmq.EventMonitorStopped {
				t.Errorf("the last events are %v, want MONITOR_STOPPED", types)
			}
		}
	})
	t.Run("N10 a failure has its reason", func(t *testing.T) {
		zctx := testlib.Context(t)
		_, taken := testkit.Bound(t, zctx, zmq.PULL, "tcp")
		s := testkit.Socket(t, zctx, zmq.PULL)
		m := watch(t, s)
		testkit.WantError(t, s.Bind(taken), syscall.EADDRINUSE)
		ev := expectEvents(t, m, zmq.EventBindFailed)[0]
		testkit.WantError(t, ev.Err, syscall.EADDRINUSE)
		if !strings.HasSuffix(taken, ev.Endpoint) { // libzmq leaves the transport out
			t.Errorf("BIND_FAILED is about %q, want %q", ev.Endpoint, taken)
		}
	})
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

// churn makes connections come and go until stop.
func churn(endpoint string, stop chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
		if err != nil {
			return err
		}
		_, err = c.Read(make([]byte, 1)) // the greeting: it was accepted
		if err := errors.Join(err, c.Close()); err != nil {
			return err
		}
	}
}
