package libzmq

import (
	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// attend runs as long as the socket is open. Each time the FD fires it lets
// libzmq do what it only does inside of calls: take in new connections, send
// subscriptions to them, note that peers have read. So a socket works also
// when nobody calls it, and who waits is woken.
func (s *socket) attend() {
	defer s.ctx.pumps.Done()
	s.pump.run(s.housekeep)
}

// housekeep reports whether the socket has been closed.
func (s *socket) housekeep() (closed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return true
	}
	if w := s.waiters.Receiver(); w != nil && s.deliverable() {
		s.deliver(w)
		return false
	}
	ev, err := s.events()
	switch {
	case s.waiters.Len() == 0:
	case err != nil:
		s.waiters.WakeAll()
	case ev&(engine.In|engine.Out) != 0:
		s.waiters.Wake(ev)
	}
	return false
}

// deliverable: what comes next comes from libzmq, and from the beginning.
func (s *socket) deliverable() bool {
	return s.poll == nil && s.in.empty() && len(s.unread) == 0 && s.io.Partial == 0
}

// deliver does the housekeeping and receives for those who wait, in one
// crossing: a receive that is woken has its message, and need not ask for it.
// So REQ can be delivered to as well: nobody sees a state in which the reply
// has left libzmq and its receive has not ended.
func (s *socket) deliver(w *engine.Waiter) {
	want := s.limits.take(len(w.Batch))
	s.io.WantEvents = capi.EventsFirst
	rc, more := s.fill(want)
	s.limits.took(want, rc)
	if s.io.Events < 0 || rc <= 0 && rc != again {
		s.waiters.WakeAll() // their next try tells them
		return
	}
	for ; w != nil && !s.in.empty(); w = s.waiters.Receiver() {
		s.waiters.Hand(w, s.in.take(w.Batch))
	}
	if s.waiters.Len() == 0 {
		return
	}
	ev := int(s.io.Events) &^ int(engine.In)
	if rc > 0 && more {
		ev |= int(engine.In) // perhaps, and somebody has to look
	}
	s.waiters.Wake(s.ready(ev))
}
