package libzmq

import (
	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// serve lets libzmq do its housekeeping after the FD has fired, and gives those
// who wait what has come. The caller holds mu.
func (s *socket) serve() {
	defer s.waiters.Tell()
	if w := s.waiters.Receiver(); w != nil && s.deliverable() {
		s.deliver(w)
		return
	}
	if s.waiters.Len() == 0 {
		_, _ = s.events() // asked for what asking does; whoever calls next is told of an error
		return
	}
	s.wake()
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
	rc, _ := s.fill(want)
	s.limits.took(want, rc)
	if s.io.Events < 0 || rc <= 0 && rc != again {
		s.waiters.WakeAll() // their next try tells them
		return
	}
	for ; w != nil && !s.in.empty(); w = s.waiters.Receiver() {
		s.waiters.Hand(w, s.in.take(w.Batch))
	}
	if s.io.Events&capi.POLLIN == 0 {
		s.woken() // nothing was tried after the events were read
		return
	}
	// Receiving lets libzmq do its housekeeping too, and so may have taken in
	// news that came after the events were read.
	s.wake()
}
