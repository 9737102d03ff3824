package zmq

import (
	"context"
	"testing"

	"gozmq/internal/engine"
)

func TestEventQueueKeepsTheNewest(t *testing.T) {
	var q eventQueue
	const extra = 1000
	dropped := 0
	for i := range monitorRoom + extra {
		if q.push(MonitorEvent{Value: uint64(i)}) {
			dropped++
		}
	}
	if dropped != extra || q.n != monitorRoom || len(q.ring) != monitorRoom {
		t.Errorf("%d dropped, %d kept in %d", dropped, q.n, len(q.ring))
	}
	for i := range monitorRoom {
		if ev := q.pop(); ev.Value != uint64(extra+i) {
			t.Fatalf("event %d is %d", i, ev.Value)
		}
		if i%3 == 0 { // half full and going round
			q.push(MonitorEvent{Value: uint64(monitorRoom + extra + i/3)})
		}
	}
}

// monitored is the way of an event from the engine to a Monitor's reader.
func monitored(t testing.TB) (turn func()) {
	m := &Monitor{socket: new(Socket), mask: EventAll, news: make(chan struct{}, 1), done: make(chan struct{})}
	h := &hub{monitors: []*Monitor{m}}
	return func() {
		h.sink(engine.Event{Type: engine.EventHandshake, Endpoint: "tcp://127.0.0.1:5555"})
		if _, err := m.Recv(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMonitorAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, monitored(t)); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkMonitorRecv(b *testing.B) {
	b.ReportAllocs()
	for turn := monitored(b); b.Loop(); {
		turn()
	}
}
