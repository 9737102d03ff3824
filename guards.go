package zmq

import "gozmq/internal/engine"

// guards learn of sockets that close while their owner waits for something
// else. They want no event, so nothing but the end wakes them.
type guards []*guarded

type guarded struct {
	s *Socket
	w engine.Waiter
}

// guard adds a socket, whose end will put a token into closed.
func (g *guards) guard(s *Socket, closed chan struct{}) error {
	if err := s.usable(); err != nil {
		return err
	}
	one := &guarded{s, engine.Waiter{C: closed, Shared: true}}
	if _, err := s.eng.Arm(&one.w); err != nil {
		return err
	}
	*g = append(*g, one)
	return nil
}

// reason is why the first of the sockets that has ended did, or nil.
func (g guards) reason() error {
	for _, one := range g {
		if one.w.Fired() {
			one.s.eng.Disarm(&one.w)
			if _, err := one.s.eng.Arm(&one.w); err != nil {
				return err
			}
		}
	}
	return nil
}

// arm arms them again after disarm.
func (g guards) arm() error {
	for _, one := range g {
		if _, err := one.s.eng.Arm(&one.w); err != nil {
			return err
		}
	}
	return nil
}

func (g guards) disarm() {
	for _, one := range g {
		one.s.eng.Disarm(&one.w)
	}
}
