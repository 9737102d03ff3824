package zmq

// Join makes a DISH socket receive the messages of groups, whose names are
// compared whole. A name has at most 255 bytes (15 with libzmq before 4.3.3).
// Errors: ErrInvalid for a group that is joined already or too long,
// ErrNotSupported for other types, ErrClosed. It is for libzmq built with
// drafts. Source: zmq_join, RFC 48.
func (s *Socket) Join(group ...string) error { return s.groups("join", group) }

// Leave ends what Join began. A group that is not joined is ErrInvalid, the
// other errors are Join's. Source: zmq_leave.
func (s *Socket) Leave(group ...string) error { return s.groups("leave", group) }

func (s *Socket) groups(op string, groups []string) error {
	err := s.usable()
	switch {
	case err != nil:
	case s.typ != DISH:
		err = because{ErrNotSupported, "only a DISH socket has groups"}
	case len(groups) == 0:
		err = because{ErrInvalid, "no group given"}
	}
	for _, g := range groups {
		if err != nil {
			break
		}
		switch {
		case len(g) > maxGroup:
			err = because{ErrInvalid, "the group is longer than 255 bytes"}
		case op == "join":
			err = s.eng.Join(g)
		default:
			err = s.eng.Leave(g)
		}
	}
	if err != nil {
		return s.fail(Error{Op: op, Err: err})
	}
	return nil
}

// ConnectPeer is Connect for a PEER socket that gives the routing id of the
// new peer, for Msg.SetRoutingID. Errors: Connect's, ErrInvalid with
// opt.Immediate, ErrNotSupported for other types. It is for libzmq built with
// drafts. Source: zmq_connect_peer.
func (s *Socket) ConnectPeer(endpoint string) (routingID uint32, err error) {
	err = s.usable()
	if err == nil && s.typ != PEER {
		err = because{ErrNotSupported, "only a PEER socket connects to a peer with an id"}
	}
	if err == nil {
		err = checkEndpoint("connect", endpoint)
	}
	if err == nil {
		err = s.decided()
	}
	if err == nil {
		s.hub.use(endpoint)
		routingID, err = s.eng.ConnectPeer(endpoint)
	}
	if err != nil {
		return 0, s.fail(Error{Op: "connect", Endpoint: endpoint, Err: err})
	}
	return routingID, nil
}

// DisconnectPeer ends the connection to the peer with that routing id, of a
// PEER or SERVER socket. Errors: ErrHostUnreachable for an id that nobody has,
// ErrNotSupported for other types. It is for libzmq newer than 4.3.5 built with
// drafts. Source: zmq_disconnect_peer.
func (s *Socket) DisconnectPeer(routingID uint32) error {
	err := s.usable()
	if err == nil && s.typ != PEER && s.typ != SERVER {
		err = because{ErrNotSupported, "only PEER and SERVER sockets know peers by a number"}
	}
	if err == nil {
		err = s.eng.DisconnectPeer(routingID)
	}
	if err != nil {
		return s.fail(Error{Op: "disconnect peer", Err: err})
	}
	return nil
}

// PeerWritable reports whether a ROUTER socket could send to the peer with
// that routing id now, without waiting or dropping. Errors: ErrHostUnreachable
// for an id that nobody has, ErrNotSupported for other types. It is for libzmq
// built with drafts. Source: zmq_socket_get_peer_state.
func (s *Socket) PeerWritable(routingID []byte) (bool, error) {
	err := s.usable()
	if err == nil && s.typ != ROUTER {
		err = because{ErrNotSupported, "only a ROUTER socket tells the state of a peer"}
	}
	var writable bool
	if err == nil {
		writable, err = s.eng.PeerWritable(routingID)
	}
	if err != nil {
		return false, s.fail(Error{Op: "peer state", Err: err})
	}
	return writable, nil
}
