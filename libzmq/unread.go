package libzmq

import (
	"bytes"

	"gozmq/internal/engine"
)

// unread are messages that were received and put back. They come before the
// inbox. It is guarded by its socket's mu.
type unread []engine.Message

// Unread puts messages back at the front, and wakes who waits for one.
func (s *socket) Unread(batch []engine.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		for i := range batch {
			batch[i].Reset()
		}
		return
	}
	list := make(unread, 0, len(batch)+len(s.unread))
	list = append(list, batch...)
	clear(batch)
	s.unread = append(list, s.unread...)
	s.wake()
}

// take moves messages from the front of the list into batch, as many as fit.
func (u *unread) take(batch []engine.Message) (n int) {
	n = min(len(batch), len(*u))
	for i := range batch[:n] {
		m := (*u)[i]
		own := batch[i].Own
		if own && m.Held != nil {
			lent := m
			m.Frames, m.Held = make([][]byte, len(lent.Frames)), nil
			for k, f := range lent.Frames {
				m.Frames[k] = bytes.Clone(f)
			}
			lent.Held.Release()
		}
		m.Own = own
		batch[i].Reset()
		batch[i] = m
	}
	clear((*u)[:n])
	if *u = (*u)[n:]; len(*u) == 0 {
		*u = nil
	}
	return n
}

// drop gives back what the messages hold. The socket is being closed.
func (u *unread) drop() {
	for i := range *u {
		(*u)[i].Reset()
	}
	*u = nil
}
