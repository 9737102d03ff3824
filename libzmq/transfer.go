package libzmq

import (
	"encoding/binary"
	"runtime"
	"slices"
	"unsafe"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// Recv takes messages from the inbox, and fills that from libzmq when it is
// empty.
func (s *socket) Recv(batch []engine.Message) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return 0, s.closed
	}
	if len(s.unread) > 0 {
		n = s.unread.take(batch)
		s.wake()
		return n, nil
	}
	crossed, more := false, true
	for n < len(batch) {
		if s.in.empty() {
			if !more {
				break
			}
			want := s.limits.take(len(batch) - n)
			s.wantEvents()
			var rc int
			rc, more = s.fill(want)
			crossed = true
			s.limits.took(want, rc)
			if rc <= 0 {
				if n == 0 {
					err = batchReason(rc)
				}
				break
			}
		}
		n += s.in.take(batch[n:])
	}
	if crossed {
		s.woken()
	} else {
		s.wake()
	}
	return n, err
}

const (
	// packMost bounds the bytes that are packed for one crossing.
	packMost = 48 << 10
	// direct is the size from which a message of one frame goes to libzmq by
	// itself: packing it would cost more than a crossing.
	direct = 2 << 10
	// pinMin is the size from which a frame of several is not packed but
	// pinned for C to read where it is.
	pinMin = 2 << 10
)

// Send gives messages to libzmq: one alone directly, several packed.
func (s *socket) Send(batch []engine.Message) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return 0, s.closed
	}
	if err := s.guard.fits(batch); err != nil {
		return 0, err
	}
	if s.asked() {
		return 0, engine.ErrState
	}
	if s.typ == capi.XSUB {
		batch = s.topics.upstream(batch)
	}
	s.wantEvents()
	most := len(batch)
	for n < len(batch) {
		var rc int
		if m := &batch[n]; plain(m) && (n+1 == len(batch) || len(m.Frames[0]) >= direct) {
			rc = s.h.SendOne(m.Frames[0], &s.io)
			if rc == 0 {
				n++
				continue
			}
		} else {
			var asked int
			asked, rc = s.sendPacked(batch[n:min(n+most, len(batch))])
			if rc > 0 {
				n += rc
				if rc < asked {
					most = 1 // ask for the reason, and no more
				}
				continue
			}
		}
		err = batchReason(rc)
		break
	}
	s.woken()
	return n, err
}

// SendFrame is the shortest way down: one crossing, with the bytes where they
// are.
func (s *socket) SendFrame(frame []byte) error {
	if s.typ == capi.XSUB || s.typ > capi.STREAM {
		_, err := s.Send([]engine.Message{{Frames: [][]byte{frame}}})
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return s.closed
	}
	if s.asked() {
		return engine.ErrState
	}
	s.wantEvents()
	rc := s.h.SendOne(frame, &s.io)
	s.woken()
	if rc < 0 {
		return batchReason(rc)
	}
	return nil
}

// plain messages are nothing but one frame.
func plain(m *engine.Message) bool {
	return len(m.Frames) == 1 && m.RoutingID == 0 && m.Group == ""
}

// sendPacked sends the first messages of batch in one crossing. It returns how
// many it tried, and the batch call's result.
func (s *socket) sendPacked(batch []engine.Message) (asked, rc int) {
	buf := getBuffer()[:0]
	var pins runtime.Pinner
	for asked < len(batch) && (asked == 0 || len(buf) < packMost) {
		m := &batch[asked]
		if asked > 0 && plain(m) && len(m.Frames[0]) >= direct {
			break
		}
		if plain(m) && len(m.Frames[0]) < pinMin {
			buf = packCopy(buf, m.Frames[0], 0, 0)
		} else {
			buf = pack(buf, m, &pins)
		}
		asked++
	}
	rc = s.h.SendBatch(buf, asked, &s.io)
	pins.Unpin()
	putBuffer(buf)
	return asked, rc
}

// pack appends the records of m.
func pack(buf []byte, m *engine.Message, pins *runtime.Pinner) []byte {
	if m.Group != "" {
		buf = header(buf, len(m.Group)+1, capi.RecordGroup, 0)
		buf = append(buf, m.Group...)
		buf = pad(append(buf, 0))
	}
	for i, f := range m.Frames {
		var flags uint32
		if i+1 < len(m.Frames) {
			flags = capi.RecordMore
		}
		if len(f) < pinMin {
			buf = packCopy(buf, f, flags, m.RoutingID)
			continue
		}
		p := unsafe.SliceData(f)
		pins.Pin(p)
		buf = header(buf, len(f), flags|capi.RecordBorrowed, m.RoutingID)
		buf = binary.NativeEndian.AppendUint64(buf, uint64(uintptr(unsafe.Pointer(p))))
	}
	return buf
}

// packCopy appends the record of a small frame, what is behind its bytes up to
// the next multiple of 8 included.
func packCopy(buf, frame []byte, flags, routingID uint32) []byte {
	at, size := len(buf), capi.RecordHeader+body(len(frame), 0)
	buf = slices.Grow(buf, size)[:at+size]
	h := buf[at : at+capi.RecordHeader]
	binary.NativeEndian.PutUint64(h, uint64(len(frame)))
	binary.NativeEndian.PutUint32(h[8:], flags)
	binary.NativeEndian.PutUint32(h[12:], routingID)
	copy(buf[at+capi.RecordHeader:], frame)
	return buf
}

func header(buf []byte, size int, flags, routingID uint32) []byte {
	buf = binary.NativeEndian.AppendUint64(buf, uint64(size))
	buf = binary.NativeEndian.AppendUint32(buf, flags)
	return binary.NativeEndian.AppendUint32(buf, routingID)
}

// pad fills up to the next multiple of 8.
func pad(buf []byte) []byte {
	var zeros [8]byte
	return append(buf, zeros[:-len(buf)&7]...)
}
