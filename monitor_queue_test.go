package zmq

import "testing"

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
