package libzmq

import (
	"runtime"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// held is what one engine.Message has on loan. It is made once for a Message
// and used again. The handles are in an object of their own, which the
// cleanup can reach when the Message, and with it held, is forgotten.
type held struct{ *handles }

type handles struct{ list []uint64 }

// hold lends a frame to m until m is reset.
func hold(m *engine.Message, handle uint64) *held {
	h, ok := m.Held.(*held)
	if !ok {
		h = &held{new(handles)}
		m.Held = h
		runtime.AddCleanup(h, (*handles).Release, h.handles)
	}
	h.list = append(h.list, handle)
	return h
}

// Release gives the frames back to C. It does not wait: it only frees memory.
func (h *handles) Release() {
	capi.Release(h.list)
	h.list = h.list[:0]
}

// Property asks the last frame, which speaks for its message.
func (h *handles) Property(name string) string {
	if len(h.list) == 0 {
		return ""
	}
	return property(h.list[len(h.list)-1], name)
}

// peer is what is known of one connection: a message of it that is kept for
// its metadata. All messages from there share the peer; it is given back when
// the last of them, and the socket, are forgotten.
type peer struct {
	handle uint64
	// A pointer keeps it out of the allocator's blocks for tiny values, where
	// a neighbour that lives on would put off the cleanup for ever.
	_ *byte
}

func newPeer(handle uint64) *peer {
	p := &peer{handle: handle}
	runtime.AddCleanup(p, func(handle uint64) { capi.Release([]uint64{handle}) }, handle)
	return p
}

func (p *peer) Property(name string) string {
	defer runtime.KeepAlive(p)
	return property(p.handle, name)
}

// property asks a kept message. libzmq documents the routing id under a name
// of its own, and stores it under the one that it has on the wire.
func property(handle uint64, name string) string {
	value := capi.Property(handle, name)
	if value == "" && name == capi.MSG_PROPERTY_ROUTING_ID {
		value = capi.Property(handle, "Identity")
	}
	return value
}
