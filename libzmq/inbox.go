package libzmq

import (
	"encoding/binary"
	"sync"
	"unsafe"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// inbox holds messages that have crossed from C and that nobody has taken
// yet, as records. It is guarded by its socket's mu.
type inbox struct {
	buf []byte // from buffers, or larger; nil while nothing is expected
	at  int    // the next message's first record
	end int    // behind the last complete message's records
	n   int    // complete messages in between

	peers []*peer // by number; nil until the first is told of
}

const (
	bufferSize = 64 << 10
	// lendMin is the size from which frames stay in C's memory. Copying a
	// smaller one costs less than giving it back.
	lendMin = 8 << 10
)

// lendFrom is lendMin where C can tell peers apart. Elsewhere every frame is
// lent, so that each message has its metadata at hand.
func lendFrom(io *capi.IO) int {
	if io.Kind&capi.KindPeers == 0 {
		return 0
	}
	return lendMin
}

// buffers are shared by all sockets: one that waits for its first message,
// as most do, holds none.
var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

func getBuffer() []byte { return buffers.Get().(*[bufferSize]byte)[:] }

func putBuffer(b []byte) {
	if cap(b) == bufferSize {
		buffers.Put((*[bufferSize]byte)(b[:bufferSize]))
	}
}

func (in *inbox) empty() bool { return in.n == 0 }

// begin makes the inbox, which is empty, ready for C to write into. What there
// is of a message that is not complete stays.
func (in *inbox) begin(io *capi.IO) {
	if in.buf == nil {
		in.buf = getBuffer()
	}
	if io.Partial == 0 {
		io.Used = 0
		in.at = 0
	}
}

// giveUpBuffer is for when nothing is in it.
func (in *inbox) giveUpBuffer() {
	putBuffer(in.buf)
	in.buf = nil
}

// fill asks libzmq for up to max messages. It returns how many are there, or
// an error's number negated, and whether more may be waiting.
func (in *inbox) fill(h *capi.Socket, io *capi.IO, max int) (rc int, more bool) {
	in.begin(io)
	rc = h.RecvBatch(in.buf, max, lendFrom(io), io)
	if rc > 0 {
		in.n = rc
	}
	for io.Partial != 0 {
		in.grow(io) // the headers of a message with very many frames do not fit
		last := h.RecvBatch(in.buf, 1, lendFrom(io), io)
		if last < 0 {
			// Its frames so far stay; the next fill goes on with them.
			if in.n == 0 {
				return last, false
			}
			break
		}
		in.n += last
	}
	if in.n == 0 {
		if io.Partial == 0 {
			in.giveUpBuffer()
		}
		return rc, false
	}
	in.end = int(io.Used) // of no meaning while a message is partial; see trailers
	return in.n, rc == max || len(in.buf)-int(io.Used) < lendMin+64
}

// another brings one more message along, behind those that are there: the one
// that libzmq has taken out of its connection already. Reading ZMQ_EVENTS makes
// it do so, with the first frame, for ROUTER, REP, SUB and XSUB.
func (in *inbox) another(h *capi.Socket, io *capi.IO) {
	io.WantEvents = 0 // or the next one is taken out
	if in.empty() {
		in.fill(h, io, 1)
		return
	}
	for {
		switch rc := h.RecvBatch(in.buf, 1, lendFrom(io), io); {
		case rc < 0:
			return
		case rc > 0:
			in.n++
			in.end = int(io.Used)
			return
		}
		in.grow(io)
	}
}

// grow makes room for more records.
func (in *inbox) grow(io *capi.IO) {
	larger := make([]byte, 2*len(in.buf))
	copy(larger, in.buf[:io.Used])
	putBuffer(in.buf)
	in.buf = larger
}

// record reads the header at at.
func (in *inbox) record(at int) (size int, flags, routingID uint32) {
	h := in.buf[at : at+capi.RecordHeader]
	return int(binary.NativeEndian.Uint64(h)), binary.NativeEndian.Uint32(h[8:]), binary.NativeEndian.Uint32(h[12:])
}

// body is how many bytes follow the header of a record.
func body(size int, flags uint32) int {
	if flags&capi.RecordBorrowed != 0 {
		return 16
	}
	return (size + 7) &^ 7
}

// aside marks records that are no frames.
const aside = capi.RecordGroup | capi.RecordPeer

// take moves messages from the front into batch, as many as there are and fit.
func (in *inbox) take(batch []engine.Message) (n int) {
	n = min(len(batch), in.n)
	for i := range batch[:n] {
		m := &batch[i]
		h := in.buf[in.at : in.at+capi.RecordHeader]
		size, flags := int(binary.NativeEndian.Uint64(h)), binary.NativeEndian.Uint32(h[8:])
		if flags&(aside|capi.RecordBorrowed|capi.RecordMore) != 0 || !refillable(m, size) {
			m.Reset()
			in.next(m)
			continue
		}
		// One frame to be copied, as most messages are, into a message that
		// had such a one before.
		data := in.at + capi.RecordHeader
		m.Buf = m.Buf[:size]
		copy(m.Buf, in.buf[data:data+size])
		m.Frames[0] = m.Buf[:size:size]
		m.Props = nil
		if number := flags >> capi.RecordPeerShift; number != 0 {
			m.Props = in.peers[number-1]
		}
		m.RoutingID = binary.NativeEndian.Uint32(h[12:])
		in.at = data + body(size, 0)
	}
	if in.n -= n; in.n == 0 {
		in.trailers()
	}
	return n
}

// refillable reports whether m can be filled by changing as little of it as there
// is to change.
func refillable(m *engine.Message, size int) bool {
	return len(m.Frames) == 1 && cap(m.Buf) >= size && m.Held == nil && !m.Own && m.Group == ""
}

// next takes the first message out, of any kind. There is one, and m is empty.
func (in *inbox) next(m *engine.Message) {
	frames, copied := in.measure(m.Own)
	room := m.Grow(frames, copied)
	for more := true; more; {
		size, flags, routingID := in.record(in.at)
		data := in.at + capi.RecordHeader
		in.at = data + body(size, flags)
		if flags&aside != 0 {
			if flags&capi.RecordGroup != 0 {
				m.Group = string(in.buf[data : data+size-1])
			} else {
				in.meet(routingID, binary.NativeEndian.Uint64(in.buf[data:]))
			}
			continue
		}
		if routingID != 0 {
			m.RoutingID = routingID
		}
		var frame []byte
		switch {
		case flags&capi.RecordBorrowed == 0:
			frame = room[:size:size]
			copy(frame, in.buf[data:])
			room = room[size:]
		case m.Own:
			frame = room[:size:size]
			copy(frame, in.lent(data, size))
			room = room[size:]
			in.giveBack(data)
		default:
			frame = in.lent(data, size)
			m.Props = hold(m, binary.NativeEndian.Uint64(in.buf[data:]))
		}
		if number := flags >> capi.RecordPeerShift; number != 0 && !m.Own {
			m.Props = in.peers[number-1]
		}
		m.Frames = append(m.Frames, frame)
		more = flags&capi.RecordMore != 0
	}
}

// trailers notes the peers that messages thrown away by filter have left at
// the end.
func (in *inbox) trailers() {
	for in.at < in.end {
		size, flags, number := in.record(in.at)
		if flags&capi.RecordPeer == 0 {
			return
		}
		data := in.at + capi.RecordHeader
		in.meet(number, binary.NativeEndian.Uint64(in.buf[data:]))
		in.at = data + body(size, flags)
	}
}

// measure counts the next message's frames, and the bytes that are to be
// copied.
func (in *inbox) measure(own bool) (frames, copied int) {
	for at := in.at; ; {
		size, flags, _ := in.record(at)
		at += capi.RecordHeader + body(size, flags)
		if flags&aside != 0 {
			continue
		}
		frames++
		if own || flags&capi.RecordBorrowed == 0 {
			copied += size
		}
		if flags&capi.RecordMore == 0 {
			return frames, copied
		}
	}
}

// meet notes a peer under its number.
func (in *inbox) meet(number uint32, handle uint64) {
	if in.peers == nil {
		in.peers = make([]*peer, capi.Peers)
	}
	in.peers[number] = newPeer(handle)
}

// lent is the frame whose handle and pointer are at data.
func (in *inbox) lent(data, size int) []byte {
	p := *(*unsafe.Pointer)(unsafe.Pointer(&in.buf[data+8]))
	return unsafe.Slice((*byte)(p), size)[:size:size]
}

func (in *inbox) giveBack(data int) {
	handle := [1]uint64{binary.NativeEndian.Uint64(in.buf[data:])}
	capi.Release(handle[:])
}

// drop throws away what was not taken, complete or not. The socket is being
// closed.
func (in *inbox) drop(io *capi.IO) {
	in.peers = nil
	if in.buf == nil {
		return
	}
	for in.at < int(io.Used) && (in.n > 0 || io.Partial != 0) {
		size, flags, _ := in.record(in.at)
		data := in.at + capi.RecordHeader
		if flags&(capi.RecordBorrowed|capi.RecordPeer) != 0 {
			in.giveBack(data)
		}
		in.at = data + body(size, flags)
	}
	in.giveUpBuffer()
	in.n = 0
}
