//go:build cgo

package capi

/*
#cgo noescape gozmq_msg_init
#cgo nocallback gozmq_msg_init
#cgo noescape gozmq_msg_init_size
#cgo nocallback gozmq_msg_init_size
#cgo noescape gozmq_msg_init_buffer
#cgo nocallback gozmq_msg_init_buffer
#cgo noescape gozmq_msg_close
#cgo nocallback gozmq_msg_close
#cgo noescape gozmq_msg_move
#cgo nocallback gozmq_msg_move
#cgo noescape gozmq_msg_copy
#cgo nocallback gozmq_msg_copy
#cgo noescape gozmq_msg_send
#cgo nocallback gozmq_msg_send
#cgo noescape gozmq_msg_recv
#cgo nocallback gozmq_msg_recv
#cgo noescape gozmq_msg_data
#cgo nocallback gozmq_msg_data
#cgo noescape gozmq_msg_size
#cgo nocallback gozmq_msg_size
#cgo noescape gozmq_msg_more
#cgo nocallback gozmq_msg_more
#cgo noescape gozmq_msg_get
#cgo nocallback gozmq_msg_get
#cgo noescape gozmq_msg_set
#cgo nocallback gozmq_msg_set
#cgo noescape gozmq_msg_gets
#cgo nocallback gozmq_msg_gets
#cgo noescape gozmq_msg_set_routing_id
#cgo nocallback gozmq_msg_set_routing_id
#cgo noescape gozmq_msg_routing_id
#cgo nocallback gozmq_msg_routing_id
#cgo noescape gozmq_msg_set_group
#cgo nocallback gozmq_msg_set_group
#cgo noescape gozmq_msg_group
#cgo nocallback gozmq_msg_group
#include "shims_msg.h"
*/
import "C"

import "unsafe"

func (m *Msg) c() *C.zmq_msg_t { return (*C.zmq_msg_t)(unsafe.Pointer(&m.w)) }

// ready prepares m for an Init: a frame it may still hold is freed first, so that using a Msg
// again, as C code does after sending it, cannot leak.
func (m *Msg) ready() error {
	if m == nil {
		return EFAULT
	}
	if err := ensureLoaded(); err != nil {
		return err
	}
	if m.holds() {
		return m.Close()
	}
	return nil
}

// inited is resultErr for the Inits: a Msg whose Init failed holds nothing.
func (m *Msg) inited(fn string, rc C.int) error {
	err := resultErr(fn, int(rc))
	if err != nil {
		m.w = [8]uint64{}
	}
	return err
}

// Init makes m an empty frame, as [Msg.Recv] needs it. It frees what m held. It
// wraps zmq_msg_init. Errors: [EFAULT] for a nil m, [*LoadError].
func (m *Msg) Init() error {
	if err := m.ready(); err != nil {
		return err
	}
	return m.inited("zmq_msg_init", C.gozmq_msg_init(m.c()))
}

// InitSize makes m a frame of size bytes, which are not cleared: write them through [Msg.Data]. It
// frees what m held. It wraps zmq_msg_init_size. Errors: [EINVAL] for a negative size, [ENOMEM],
// [EFAULT] for a nil m, [*LoadError].
func (m *Msg) InitSize(size int) error {
	if err := m.ready(); err != nil {
		return err
	}
	// libzmq adds its header to the size without looking.
	if size < 0 || size > maxMsgSize {
		if size < 0 {
			return EINVAL
		}
		return ENOMEM
	}
	return m.inited("zmq_msg_init_size", C.gozmq_msg_init_size(m.c(), C.size_t(size)))
}

// maxMsgSize leaves libzmq room to add its own header.
const maxMsgSize = int(^uint(0)>>1) - 4096

// InitBuffer makes m a frame with a copy of buf. It frees what m held. It
// wraps zmq_msg_init_buffer, a draft. Errors: [ENOMEM], [EFAULT] for a nil m, [*LoadError],
// [*MissingError].
func (m *Msg) InitBuffer(buf []byte) error {
	if err := m.ready(); err != nil {
		return err
	}
	return m.inited("zmq_msg_init_buffer", C.gozmq_msg_init_buffer(m.c(), bytesPtr(buf), C.size_t(len(buf))))
}

// Close frees what m holds and makes it the zero Msg. It wraps zmq_msg_close. Errors: [EFAULT]
// when m holds nothing, so also for the second Close.
func (m *Msg) Close() error {
	if !m.holds() {
		return EFAULT
	}
	err := resultErr("zmq_msg_close", int(C.gozmq_msg_close(m.c())))
	m.w = [8]uint64{}
	return err
}

// Move gives m the frame of src, without a copy, and frees what m held; src is an empty frame
// then. Both must be initialised; moving a Msg to itself does nothing. It wraps zmq_msg_move.
// Errors: [EFAULT].
func (m *Msg) Move(src *Msg) error {
	if !m.holds() || !src.holds() {
		return EFAULT
	}
	if m == src {
		return nil
	}
	return resultErr("zmq_msg_move", int(C.gozmq_msg_move(m.c(), src.c())))
}

// Copy makes m the same frame as src and frees what m held. Both share the bytes when they are
// many, so neither may be changed from then on. Both must be initialised; copying a Msg to itself
// does nothing. It wraps zmq_msg_copy. Errors: [EFAULT].
func (m *Msg) Copy(src *Msg) error {
	if !m.holds() || !src.holds() {
		return EFAULT
	}
	if m == src {
		return nil
	}
	return resultErr("zmq_msg_copy", int(C.gozmq_msg_copy(m.c(), src.c())))
}

// Send sends m through s and returns its length (at most 2147483647 of it). m is an empty frame
// then; after an error it is what it was. flags is 0 or a sum of [DONTWAIT] and [SNDMORE], and the
// wait is limited as in [Socket.Send]. It wraps zmq_msg_send. Errors: [EFAULT] when m holds
// nothing, and those of Socket.Send.
func (m *Msg) Send(s *Socket, flags int) (int, error) {
	p, f, err := ioArgs(m, s, flags)
	if err != nil {
		return 0, err
	}
	return ioResult("zmq_msg_send", C.gozmq_msg_send(m.c(), p, f))
}

// Recv receives a frame from s into m, which must be initialised, frees what m held, and
// returns the frame's length (at most 2147483647 of it); [Msg.More] tells whether the message has
// another frame. After an error m is what it was. flags is 0 or [DONTWAIT], and the wait is
// limited as in [Socket.Recv]. It wraps zmq_msg_recv. Errors: [EFAULT] when m is not
// initialised, and those of Socket.Recv.
func (m *Msg) Recv(s *Socket, flags int) (int, error) {
	p, f, err := ioArgs(m, s, flags)
	if err != nil {
		return 0, err
	}
	return ioResult("zmq_msg_recv", C.gozmq_msg_recv(m.c(), p, f))
}

// Data returns the bytes of the frame, not a copy: they are valid until m is sent, received
// into, moved, initialised again or closed, and m must not be assigned meanwhile (short frames
// lie inside m). Only the bytes of a frame that was never copied or received may be changed. It
// wraps zmq_msg_data. Errors: [EFAULT] when m holds nothing.
func (m *Msg) Data() ([]byte, error) {
	if !m.holds() {
		return nil, EFAULT
	}
	var data unsafe.Pointer
	var size C.size_t
	var inside C.int
	if err := resultErr("zmq_msg_data", int(C.gozmq_msg_data(m.c(), &data, &size, &inside))); err != nil {
		return nil, err
	}
	if inside >= 0 {
		// From m and not from C's pointer, so that the slice keeps m alive and moves with it.
		return unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(&m.w), inside)), int(size)), nil
	}
	return unsafe.Slice((*byte)(data), int(size)), nil
}

// Size returns how many bytes the frame has. It wraps zmq_msg_size. Errors: [EFAULT] when m
// holds nothing.
func (m *Msg) Size() (int, error) {
	if !m.holds() {
		return 0, EFAULT
	}
	var size C.size_t
	err := resultErr("zmq_msg_size", int(C.gozmq_msg_size(m.c(), &size)))
	return int(size), err
}

// More reports whether another frame of the same message follows this one, which was received. It
// wraps zmq_msg_more. Errors: [EFAULT] when m holds nothing.
func (m *Msg) More() (bool, error) {
	if !m.holds() {
		return false, EFAULT
	}
	rc := int(C.gozmq_msg_more(m.c()))
	return rc > 0, resultErr("zmq_msg_more", rc)
}

// Get returns a property that is a number: [MORE], [SHARED] or [SRCFD]. It wraps zmq_msg_get.
// Errors: [EINVAL] for other properties and where there is none, [EFAULT] when m holds nothing.
func (m *Msg) Get(property int) (int, error) {
	if !m.holds() {
		return 0, EFAULT
	}
	p, ok := cint(property)
	if !ok {
		return 0, EINVAL
	}
	return ioResult("zmq_msg_get", C.gozmq_msg_get(m.c(), p))
}

// Set sets a property that is a number. No libzmq has one that can be set, so it gives [EINVAL].
// It wraps zmq_msg_set. Errors: also [EFAULT] when m holds nothing.
func (m *Msg) Set(property, value int) error {
	if !m.holds() {
		return EFAULT
	}
	p, ok1 := cint(property)
	v, ok2 := cint(value)
	if !ok1 || !ok2 {
		return EINVAL
	}
	return resultErr("zmq_msg_set", int(C.gozmq_msg_set(m.c(), p, v)))
}

// Gets returns a property that is text, which a received frame has from its connection:
// [MSG_PROPERTY_PEER_ADDRESS], [MSG_PROPERTY_USER_ID], any "X-" name the peer sent, ... The result is a
// copy. It wraps zmq_msg_gets. Errors: [EINVAL] when there is no such property, as always
// with inproc, [EFAULT] when m holds nothing.
func (m *Msg) Gets(property string) (string, error) {
	if !m.holds() {
		return "", EFAULT
	}
	c, err := cstring(property)
	if err != nil {
		return "", err
	}
	var value *C.char
	if err := resultErr("zmq_msg_gets", int(C.gozmq_msg_gets(m.c(), c, &value))); err != nil {
		return "", err
	}
	return C.GoString(value), nil
}

// SetRoutingID says which peer a SERVER or PEER socket sends m to: the number that
// [Msg.RoutingID] gave for a frame from that peer. It wraps zmq_msg_set_routing_id, a draft.
// Errors: [EINVAL] for 0, [EFAULT] when m holds nothing, [*MissingError].
func (m *Msg) SetRoutingID(id uint32) error {
	if !m.holds() {
		return EFAULT
	}
	return resultErr("zmq_msg_set_routing_id", int(C.gozmq_msg_set_routing_id(m.c(), C.uint32_t(id))))
}

// RoutingID returns which peer of a SERVER or PEER socket sent m, 0 for none. It
// wraps zmq_msg_routing_id, a draft. Errors: [EFAULT] when m holds nothing, [*MissingError].
func (m *Msg) RoutingID() (uint32, error) {
	if !m.holds() {
		return 0, EFAULT
	}
	var id C.uint32_t
	err := resultErr("zmq_msg_routing_id", int(C.gozmq_msg_routing_id(m.c(), &id)))
	return uint32(id), err
}

// SetGroup says to which group a RADIO socket sends m. It wraps zmq_msg_set_group, a draft. Errors:
// [EINVAL] for more than [GROUP_MAX_LENGTH] bytes, of which libzmq would drop the rest, or a NUL;
// [EBUSY] when m has a group of more than 14 bytes already and gets another, which libzmq does
// not survive: make a new frame; [EFAULT] when m holds nothing, [*MissingError].
func (m *Msg) SetGroup(group string) error {
	if !m.holds() {
		return EFAULT
	}
	c, err := cstring(group)
	if err != nil {
		return err
	}
	if len(group) > GROUP_MAX_LENGTH {
		return EINVAL
	}
	if old, err := m.Group(); err == nil && len(old) > 14 {
		if old == group {
			return nil
		}
		return EBUSY
	}
	return resultErr("zmq_msg_set_group", int(C.gozmq_msg_set_group(m.c(), c)))
}

// Group returns the group that a DISH socket received m from, or that SetGroup set; "" for none. It
// wraps zmq_msg_group, a draft. Errors: [EFAULT] when m holds nothing, [*MissingError].
func (m *Msg) Group() (string, error) {
	if !m.holds() {
		return "", EFAULT
	}
	var buf [GROUP_MAX_LENGTH + 1]byte
	rc := int(C.gozmq_msg_group(m.c(), (*C.char)(unsafe.Pointer(&buf[0])), C.size_t(len(buf))))
	if err := resultErr("zmq_msg_group", rc); err != nil {
		return "", err
	}
	return string(buf[:rc]), nil
}
