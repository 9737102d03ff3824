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
func hold(m *engine.Message, handle uint64) {
	h, ok := m.Held.(*held)
	if !ok {
		h = &held{new(handles)}
		m.Held = h
		runtime.AddCleanup(h, (*handles).Release, h.handles)
	}
	h.list = append(h.list, handle)
}

// Release gives the frames back to C. It does not wait: it only frees memory.
func (h *handles) Release() {
	capi.Release(h.list)
	h.list = h.list[:0]
}
