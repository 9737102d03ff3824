package libzmq

import (
	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

func (s *socket) Join(group string) error {
	return s.do(func() error { return s.h.Join(group) })
}

func (s *socket) Leave(group string) error {
	return s.do(func() error { return s.h.Leave(group) })
}

func (s *socket) ConnectPeer(endpoint string) (id uint32, err error) {
	err = s.connect(endpoint, func() (err error) {
		id, err = s.h.ConnectPeer(endpoint)
		if err == capi.EFAULT { // libzmq's word for it
			return refused{engine.ErrInvalid, "ConnectPeer does not work with ZMQ_IMMEDIATE"}
		}
		return err
	})
	return id, err
}

func (s *socket) DisconnectPeer(id uint32) error {
	return s.do(func() error { return s.h.DisconnectPeer(id) })
}

func (s *socket) PeerWritable(id []byte) (writable bool, err error) {
	err = s.do(func() error {
		state, err := s.h.GetPeerState(id)
		writable = state&capi.POLLOUT != 0
		return err
	})
	return writable, err
}
