package libzmq

import (
	"encoding/binary"

	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// limits says how many messages a receive may bring along besides those it
// was asked for. They are then no longer counted against the high-water mark,
// so they stay a small part of it, and types whose messages depend on what
// the caller does between two receives bring along none.
type limits struct {
	single bool // never more than asked for
	most   int  // bound by the high-water mark
	ahead  int  // what pays at the moment: 1 up to most
	run    int  // messages since nothing was there
}

const (
	defaultHWM = 1000
	mostAhead  = 128
	// streamAhead is what ahead becomes when 32 messages come in a row.
	streamAhead = 8
)

func newLimits(typ int) limits {
	l := limits{ahead: 1}
	l.hwm(defaultHWM)
	switch typ {
	case capi.REQ, capi.REP: // the next message is out of turn
		l.single = true
	}
	return l
}

func (l *limits) hwm(n int) {
	l.most = mostAhead
	if n > 0 {
		l.most = max(1, min(mostAhead, n/8))
	}
	l.ahead = min(l.ahead, l.most)
}

// option follows options that change the limits.
func (l *limits) option(num int, value []byte) {
	if len(value) != 4 {
		return
	}
	v := int(int32(binary.NativeEndian.Uint32(value)))
	switch num {
	case options.RecvHWM:
		l.hwm(v)
	case options.Conflate, options.XPubManual, options.XPubManualLast:
		// CONFLATE keeps the newest message in libzmq until it is asked
		// for; MANUAL lets SUBSCRIBE speak of the message read last.
		if v != 0 {
			l.single = true
		}
	}
}

// take is how many messages to ask libzmq for when the caller wants n.
func (l *limits) take(n int) int {
	if n > 1 || l.single {
		return n
	}
	return l.ahead
}

// took learns from the answer: a full one asks for more the next time. After
// an empty one, messages are expected to come as they came before it: who gets
// single ones does not pay for looking for others, and a stream that has
// paused is not begun anew with one.
func (l *limits) took(asked, got int) {
	if got <= 0 {
		l.ahead = max(1, min(l.run/4, l.most))
		l.run = 0
		return
	}
	l.run += got
	if got >= asked {
		l.ahead = min(2*l.ahead, l.most)
	}
}

// stream reports whether many messages came between the last two times when
// there was none.
func (l *limits) stream() bool { return l.ahead >= streamAhead }
