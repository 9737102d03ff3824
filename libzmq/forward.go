package libzmq

import (
	"sync/atomic"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// serials number the sockets: who locks two, locks the older one first.
var serials atomic.Uint64

// Forward passes messages on inside of libzmq. It does so as long as nothing in
// Go stands between: no message that was brought along or put back, no topics
// that are filtered here, no turns that are kept here.
func (s *socket) Forward(other engine.Socket, most int) (f engine.Forwarded, ok bool) {
	to, ours := other.(*socket)
	if !ours || to == s || !forwards(s.typ) || !forwards(to.typ) || to.typ == capi.XSUB {
		return f, false
	}
	first, second := s, to
	if second.serial < first.serial {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if s.closed != nil || to.closed != nil || !s.deliverable() || s.limits.single || s.topics.coarse() {
		return f, false
	}
	s.wantEvents()
	to.wantEvents()
	var c capi.Forwarded
	rc := s.in.forward(s.h, to.h, most, &s.io, &to.io, &c)
	s.woken()
	to.woken()
	f = engine.Forwarded{Messages: uint64(max(rc, 0)), Frames: c.Frames, Bytes: c.Bytes, Full: c.Full != 0, Lost: c.Lost != 0}
	return f, c.Back == 0 && (rc >= 0 || rc == again)
}

// forward is fill for a call that passes messages on: one that it could not
// pass on is in the inbox, which was empty.
func (in *inbox) forward(from, to *capi.Socket, most int, fromIO, toIO *capi.IO, f *capi.Forwarded) (rc int) {
	in.begin(fromIO)
	rc = from.Forward(to, in.buf, most, lendFrom(fromIO), fromIO, toIO, f)
	switch {
	case f.Back == 0:
		in.giveUpBuffer()
	case fromIO.Partial == 0:
		in.n = 1
		in.end = int(fromIO.Used)
	}
	return rc
}

// forwards reports whether messages of a type are nothing but frames, which
// may be sent at any time.
func forwards(typ int) bool {
	switch typ {
	case capi.PAIR, capi.PUB, capi.SUB, capi.XPUB, capi.XSUB, capi.DEALER, capi.ROUTER, capi.PULL, capi.PUSH:
		return true
	}
	return false
}
