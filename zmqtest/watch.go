package zmqtest

import (
	"context"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// A Watch reads what a socket's Monitor reports, in order.
type Watch struct {
	*zmq.Monitor
	t *T
}

// Watch begins to watch the connections of s: before Bind or Connect, if
// those are to be seen too.
func (t *T) Watch(s *zmq.Socket, events ...zmq.EventType) *Watch {
	t.Helper()
	m, err := s.Monitor(events...)
	t.OK(err)
	t.Cleanup(func() { _ = m.Close() })
	return &Watch{Monitor: m, t: t}
}

// Expect reads until all of these have come in this order; others may be in
// between. It returns those that were looked for.
func (w *Watch) Expect(types ...zmq.EventType) (found []zmq.MonitorEvent) {
	w.t.Helper()
	ctx := testkit.Soon(w.t)
	var seen []string
	for len(found) < len(types) {
		ev, err := w.Recv(ctx)
		if err != nil {
			w.t.Fatalf("waiting for %v after %v: %v", types[len(found)], seen, err)
		}
		seen = append(seen, ev.String())
		if ev.Type == types[len(found)] {
			found = append(found, ev)
		}
	}
	return found
}

// next is the next report if there is one by now. That there is none proves
// something only after an effect that would have come later.
func (w *Watch) next() (zmq.MonitorEvent, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	ev, err := w.Recv(ctx)
	return ev, err == nil
}

// Rest reads what is left until the Monitor ends, which its socket's end makes
// it do.
func (w *Watch) Rest() (rest []zmq.MonitorEvent) {
	w.t.Helper()
	for ev, err := range w.Events(testkit.Soon(w.t)) {
		w.t.OK(err)
		rest = append(rest, ev)
	}
	return rest
}

// Order reads until an event of the type has come, and gives the names of all
// that came until then, with spaces between.
func (w *Watch) Order(last zmq.EventType) string {
	w.t.Helper()
	ctx := testkit.Soon(w.t)
	var names []string
	for {
		ev, err := w.Recv(ctx)
		if err != nil {
			w.t.Fatalf("waiting for %v after %v: %v", last, names, err)
		}
		names = append(names, ev.Type.String())
		if ev.Type == last {
			return strings.Join(names, " ")
		}
	}
}
