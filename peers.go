package zmq

import "context"

// TrackPeers makes a socket count its peers from the start, for WaitPeers and
// Peers. It costs what a Monitor costs. It is for Context.NewSocket; later it
// works until the first Bind or Connect.
func TrackPeers() Setting {
	return SettingFunc("TrackPeers", func(_ *Context, s *Socket) error { return s.trackPeers() })
}

func (s *Socket) trackPeers() error {
	if err := s.hub.track(s.eng); err != nil {
		return err
	}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.hub.uncounted()
}

// WaitPeers waits until the socket has at least n peers: connections whose
// handshake is done, so that messages can flow. It needs TrackPeers among the
// settings of the socket, or to be called, or a Monitor to be open, before the
// first Bind and Connect; otherwise it is an ErrState that says so.
//
// What counts are connections. Two of them to one peer count twice, one that
// the socket does not use counts too, such as the second of a PAIR. A loss
// counts when the system reports it, which for a machine that is gone needs
// opt.HeartbeatInterval. STREAM peers have no handshake and count at once, and
// still after the socket itself hangs up. Peers
// through inproc and udp have no events and are not counted; a socket with
// no other endpoints is an ErrNotSupported. Nor are those that speak ZMTP 1
// and 2.
//
// Ending ctx gives an error that is ctx.Err(); closing the socket, ErrClosed.
// Source: ZMQ_EVENT_HANDSHAKE_SUCCEEDED and ZMQ_EVENT_DISCONNECTED.
func (s *Socket) WaitPeers(ctx context.Context, n int) error {
	err := s.usable()
	switch {
	case err != nil:
	case ctx == nil:
		err = errNilContext
	case ctx.Err() != nil:
		err = ended(ctx)
	default:
		err = s.waitPeers(ctx, n)
	}
	if err != nil {
		return s.fail(Error{Op: "wait for peers", Err: err})
	}
	return nil
}

func (s *Socket) waitPeers(ctx context.Context, n int) error {
	h := &s.hub
	h.mu.Lock()
	err := h.uncountable()
	h.mu.Unlock()
	if err != nil {
		return err
	}
	if err := h.track(s.eng); err != nil {
		return err
	}
	for {
		h.mu.Lock()
		err := h.uncounted()
		enough := h.conns.ready >= n
		if err != nil || enough {
			h.mu.Unlock()
			return err
		}
		if h.changed == nil {
			h.changed = make(chan struct{})
		}
		changed := h.changed
		h.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ended(ctx)
		}
	}
}

// Peers is how many peers the socket has now. What counts, and what it needs,
// is in the doc of WaitPeers; it does not begin to count by itself.
func (s *Socket) Peers() (int, error) {
	err := s.usable()
	if err == nil {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		if err = s.hub.uncounted(); err == nil {
			return s.hub.conns.ready, nil
		}
	}
	return 0, s.fail(Error{Op: "count peers", Err: err})
}

// uncountable is why counting cannot begin now, or is of no use. The caller
// holds mu.
func (h *hub) uncountable() error {
	switch {
	case h.ended:
		return ErrClosed
	case h.used && !h.counted:
		return because{ErrState, "the socket has connections that were not counted: make it with zmq.TrackPeers()"}
	case h.inproc && !h.used:
		return because{ErrNotSupported, "peers through inproc and udp are not counted"}
	}
	return nil
}

// uncounted is why there is no count. The caller holds mu.
func (h *hub) uncounted() error {
	if err := h.uncountable(); err != nil {
		return err
	}
	if !h.counted {
		return because{ErrState, "the socket does not count its peers: make it with zmq.TrackPeers()"}
	}
	return nil
}
