package engine

// A Message is one whole message as it crosses the seam.
//
// Sending: the engine reads Frames, RoutingID and Group, and needs none of it
// after Send has accepted the message.
//
// Receiving: the engine calls Reset and fills Frames. Small frames are copied
// into Buf, whose capacity is kept from message to message; large ones may be
// views of memory that the engine lends until Held is released. With Own set
// nothing is lent: every frame lies in a Buf made for this message alone, and
// the reader may keep it for good.
type Message struct {
	Frames    [][]byte
	Buf       []byte
	Held      Held
	Props     Props
	RoutingID uint32
	Group     string
	Own       bool
}

// Held is memory that an engine lends to one Message. It is used by the
// message's owner only, is reused from message to message, and frees what it
// holds when the garbage collector finds it forgotten.
type Held interface {
	// Release gives the lent memory back. The Held is empty then, and ready
	// to be filled again.
	Release()
}

// Props are what an engine knows of where a received message came from. They
// stay valid for good, but those of a Held only until Release. Any goroutine
// may ask.
type Props interface {
	// Property gives a property by libzmq's name, or "".
	Property(name string) string
}

// Reset empties m for its next use: lent memory goes back, storage is kept.
func (m *Message) Reset() {
	if m.Held != nil {
		m.Held.Release()
	}
	if len(m.Frames) == 1 {
		m.Frames[0] = nil // what clear does, without its preparations
	} else {
		clear(m.Frames) // no reference may outlive the message in the spare capacity
	}
	m.Frames = m.Frames[:0]
	m.Buf = m.Buf[:0]
	m.Props = nil
	m.RoutingID = 0
	m.Group = ""
}

// Grow makes room for a received message of n frames, size of whose bytes are
// to be copied, and returns that room. It keeps m's own storage when it is
// large enough, and makes new storage for a message that is to be Owned.
func (m *Message) Grow(n, size int) []byte {
	if m.Own {
		m.Frames = make([][]byte, 0, n)
		m.Buf = make([]byte, size)
		return m.Buf
	}
	if cap(m.Frames) < n {
		m.Frames = make([][]byte, 0, n)
	}
	if cap(m.Buf) < size {
		m.Buf = make([]byte, size)
	}
	m.Buf = m.Buf[:size]
	return m.Buf
}
