package libzmq

import "gozmq/libzmq/capi"

// fill asks libzmq for up to max messages for the inbox, which is empty, as
// often as none is left of them that is wanted. Its results are inbox.fill's.
func (s *socket) fill(max int) (rc int, more bool) {
	for {
		rc, more = s.in.fill(s.h, &s.io, max)
		if rc <= 0 || !s.topics.coarse() {
			return rc, more
		}
		s.in.filter(&s.io, s.topics.want)
		if !s.in.empty() {
			return s.in.n, more
		}
	}
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
