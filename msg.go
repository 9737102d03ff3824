package zmq

import (
	"strings"
	"unsafe"

	"gozmq/internal/engine"
)

// Msg is one whole message of one or more frames. The zero value is empty and
// ready. A Msg belongs to one goroutine at a time, as a []byte does; hand it
// over through a channel, or Clone it.
//
// A Msg that is used for receiving again and again allocates nothing. Its
// frames are valid until the next receive into the same Msg, Reset or
// Release, whichever comes first; large ones may lie in memory that the
// engine lends, so keep the Msg, not only a frame of it, for as long as the
// bytes are read, and do not write to them: another receiver may see the same
// memory. What must live longer is to be copied, with Clone or bytes.Clone.
// Do not copy a Msg by assignment; a Msg that is forgotten is freed by the
// garbage collector.
type Msg struct {
	_ noCopy
	m engine.Message
}

// noCopy makes go vet find copies.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// NewMsg makes a message of frames, which it refers to and does not copy: they
// must not change until the message has been sent.
func NewMsg(frames ...[]byte) *Msg {
	m := new(Msg)
	m.m.Frames = append(m.m.Frames, frames...)
	return m
}

// Len is the number of frames.
func (m *Msg) Len() int {
	if m == nil {
		return 0
	}
	return len(m.m.Frames)
}

// Frame gives frame i, counted from 0, or nil if there is none. Who owns its
// bytes is in the doc of Msg.
func (m *Msg) Frame(i int) []byte {
	if m == nil || i < 0 || i >= len(m.m.Frames) {
		return nil
	}
	return m.m.Frames[i]
}

// Frames gives all frames in order. The slice is the Msg's own: it changes
// with the next receive, Append, Reset or Release.
func (m *Msg) Frames() [][]byte {
	if m == nil {
		return nil
	}
	return m.m.Frames
}

// Append adds frames at the end. It refers to them and does not copy: they
// must not change until the message has been sent.
func (m *Msg) Append(frames ...[]byte) {
	if m != nil {
		m.m.Frames = append(m.m.Frames, frames...)
	}
}

// Reset empties the message and keeps its storage for the next one. Frames
// got from it before are no longer valid.
func (m *Msg) Reset() {
	if m != nil {
		m.m.Reset()
	}
}

// Release empties the message and gives all its storage back at once, lent
// memory and its own. The Msg is ready for use again.
func (m *Msg) Release() {
	if m != nil {
		m.m.Reset()
		m.m = engine.Message{}
	}
}

// Clone makes a copy that shares nothing with m: all bytes are copied, and it
// is valid for good. Clone of nil is nil.
func (m *Msg) Clone() *Msg {
	if m == nil {
		return nil
	}
	size := 0
	for _, f := range m.m.Frames {
		size += len(f)
	}
	c := &Msg{m: engine.Message{RoutingID: m.m.RoutingID, Group: m.m.Group}}
	room := c.m.Grow(len(m.m.Frames), size)
	for _, f := range m.m.Frames {
		n := copy(room, f)
		c.m.Frames = append(c.m.Frames, room[:n:n])
		room = room[n:]
	}
	return c
}

// Property tells of where a received message came from: "Socket-Type",
// "Routing-Id" and "Peer-Address" (without the port) of the peer, "User-Id"
// and others that a ZAP handler gave it, and "X-..." that the peer set with
// opt.Metadata. It is "" where there is none, as over inproc, and for a
// message that was not received by RecvMsg, TryRecv or RecvBatch. Source:
// zmq_msg_gets.
func (m *Msg) Property(name string) string {
	if m == nil || m.m.Props == nil || name == "" || strings.IndexByte(name, 0) >= 0 {
		return ""
	}
	return m.m.Props.Property(name)
}

// RoutingID is the peer that a message on a SERVER or PEER socket came from,
// or is to go to; 0 is none.
func (m *Msg) RoutingID() uint32 {
	if m == nil {
		return 0
	}
	return m.m.RoutingID
}

// SetRoutingID names the peer that a message on a SERVER or PEER socket is to
// go to. Source: zmq_msg_set_routing_id.
func (m *Msg) SetRoutingID(id uint32) {
	if m != nil {
		m.m.RoutingID = id
	}
}

// Group is the group that a message on a DISH socket came from, or that a
// RADIO socket is to send it to.
func (m *Msg) Group() string {
	if m == nil {
		return ""
	}
	return m.m.Group
}

// SetGroup names the group that a RADIO socket is to send the message to: at
// most 255 bytes (15 with libzmq before 4.3.3). Source: zmq_msg_set_group.
func (m *Msg) SetGroup(group string) {
	if m != nil {
		m.m.Group = group
	}
}

// messages is the same memory in the engine's terms: a Msg is an
// engine.Message and nothing else, so that a batch crosses without a copy.
func messages(msgs []Msg) []engine.Message {
	return unsafe.Slice((*engine.Message)(unsafe.Pointer(unsafe.SliceData(msgs))), len(msgs))
}

// one is m as a batch of one.
func one(m *Msg) []engine.Message { return unsafe.Slice(&m.m, 1) }

// The two types have one size, or this does not compile.
const _ = -(unsafe.Sizeof(Msg{}) - unsafe.Sizeof(engine.Message{}))
