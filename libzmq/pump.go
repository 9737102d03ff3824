package libzmq

import "gozmq/internal/engine"

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
