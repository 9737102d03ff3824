package zmq

// eventQueue keeps the newest events, oldest first, in a ring that grows up
// to monitorRoom.
type eventQueue struct {
	ring  []MonitorEvent
	first int // the oldest
	n     int
}

// monitorRoom is how many unread events a Monitor keeps.
const monitorRoom = 4096

// push adds an event, and reports whether the oldest had to make room.
func (q *eventQueue) push(ev MonitorEvent) (dropped bool) {
	if q.n == len(q.ring) {
		if q.n == monitorRoom {
			q.pop()
			dropped = true
		} else {
			q.grow()
		}
	}
	q.ring[(q.first+q.n)%len(q.ring)] = ev
	q.n++
	return dropped
}

// pop takes the oldest event. There is one.
func (q *eventQueue) pop() MonitorEvent {
	ev := q.ring[q.first]
	q.ring[q.first] = MonitorEvent{} // its strings go with it
	q.first = (q.first + 1) % len(q.ring)
	q.n--
	return ev
}

func (q *eventQueue) grow() {
	ring := make([]MonitorEvent, min(monitorRoom, max(16, 2*len(q.ring))))
	n := copy(ring, q.ring[q.first:])
	copy(ring[n:], q.ring[:q.first])
	q.ring, q.first = ring, 0
}
