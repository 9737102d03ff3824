package libzmq

import (
	"encoding/binary"

	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// topics are a SUB's subscriptions, counted. libzmq filters what it receives
// by them, but messages that it has already handed to the inbox are past that
// filter: Unsubscribe must find them there.
type topics struct {
	count  map[string]int
	invert bool // ZMQ_INVERT_MATCHING
}

// option follows a socket's subscriptions. It reports whether messages that
// were wanted may be so no more.
func (t *topics) option(num int, value []byte) (fewer bool) {
	topic := string(value)
	switch num {
	case options.Subscribe:
		if t.count == nil {
			t.count = make(map[string]int)
		}
		t.count[topic]++
		return t.invert
	case options.Unsubscribe:
		if t.count[topic] > 1 {
			t.count[topic]--
			return false
		}
		delete(t.count, topic)
		return !t.invert
	case options.InvertMatching:
		t.invert = len(value) == 4 && binary.NativeEndian.Uint32(value) != 0
		return true
	}
	return false
}

// want reports whether a message that begins with this frame is subscribed to.
func (t *topics) want(first []byte) bool {
	for n := range len(first) + 1 {
		if t.count[string(first[:n])] > 0 {
			return !t.invert
		}
	}
	return t.invert
}

// first is the first frame of the message whose records begin at at.
func (in *inbox) first(at int) []byte {
	for {
		size, flags, _ := in.record(at)
		data := at + capi.RecordHeader
		switch {
		case flags&aside != 0:
			at = data + body(size, flags)
		case flags&capi.RecordBorrowed != 0:
			return in.lent(data, size)
		default:
			return in.buf[data : data+size]
		}
	}
}

// another brings one more message along, behind those that are there: to read
// ZMQ_EVENTS makes libzmq prepare a message, which then is past its filter too.
func (in *inbox) another(h *capi.Socket, io *capi.IO) {
	if in.empty() {
		in.fill(h, io, 1)
		return
	}
	if io.Partial == 0 && h.RecvBatch(in.buf, 1, lendFrom(io), io) > 0 {
		in.n++
		in.end = int(io.Used)
	}
}

// filter throws away the messages whose first frame is not wanted any more.
func (in *inbox) filter(io *capi.IO, want func(first []byte) bool) {
	to, at := in.at, in.at
	for range in.n {
		keep := want(in.first(at))
		for more := true; more; {
			size, flags, _ := in.record(at)
			data := at + capi.RecordHeader
			next := data + body(size, flags)
			// A peer's record serves later messages too: it always stays.
			if keep || flags&capi.RecordPeer != 0 {
				to += copy(in.buf[to:], in.buf[at:next])
			} else if flags&capi.RecordBorrowed != 0 {
				in.giveBack(data)
			}
			more = flags&capi.RecordMore != 0 || flags&aside != 0
			at = next
		}
		if !keep {
			in.n--
		}
	}
	in.end = to
	// What follows is the beginning of a message that is not complete.
	io.Used = uint64(to + copy(in.buf[to:], in.buf[at:io.Used]))
	if in.n == 0 {
		in.trailers()
	}
}
