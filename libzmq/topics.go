package libzmq

import (
	"encoding/binary"
	"fmt"
	"slices"

	"gozmq/internal/engine"
	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// topics are the subscriptions of a SUB, counted, and those of an XSUB that
// libzmq is told only the beginning of. They are guarded by their socket's mu.
//
// A SUB's libzmq filters what it receives. But it knows less than the socket
// when it was told only the beginning of a topic; and messages that it has
// handed to the inbox are past its filter when Unsubscribe comes. In both
// cases the inbox is filtered by want.
type topics struct {
	typ       int
	count     map[string]int
	sizes     map[int]int // how many different topics have which length
	cut       int         // how many subscriptions libzmq knows the beginning of
	invert    bool        // ZMQ_INVERT_MATCHING
	onlyFirst bool        // ZMQ_ONLY_FIRST_SUBSCRIBE
}

// longest is how much libzmq is told of a topic. Its subscriptions are a tree
// with a node for each byte, and most builds walk that recursively: on a
// thread with 8 MB of stack a topic of 100 KB ends the process, with musl's
// 128 KB one of 1600 bytes. A proxy's XSUB gets them from any subscriber.
const longest = 1024

// told is what libzmq is told of a topic: all of it, or a beginning.
//
// From 4.3.3 on libzmq writes a frame that says a wrong length when the topic
// fits into a short frame's 255 bytes and the subscription around it does not.
// The peer ends the connection then, and again whenever it is made anew. 4.3.3
// and 4.3.4 do it to all peers, later versions to those that speak ZMTP 3.0.
func told(topic []byte) []byte {
	n := len(topic)
	if n <= 245 {
		return topic
	}
	switch v := version(); {
	case n > longest:
		n = longest
	case n > 255 || v < 40303:
	case v < 40305:
		n = 245
	default:
		n = min(n, 254)
	}
	return topic[:n]
}

// option follows a socket's subscriptions. It gives what libzmq is to be told
// in the value's place, and reports whether messages that were wanted may be
// so no more.
func (t *topics) option(num int, value []byte) (tell []byte, fewer bool, err error) {
	on := len(value) == 4 && binary.NativeEndian.Uint32(value) != 0
	switch {
	case t.typ == capi.XSUB && num == capi.ONLY_FIRST_SUBSCRIBE:
		t.onlyFirst = on
	case t.typ != capi.SUB:
	case num == options.Subscribe:
		if t.invert && len(told(value)) < len(value) {
			return nil, false, errInverted
		}
		return t.add(value), t.invert, nil
	case num == options.Unsubscribe:
		tell = t.remove(value)
		return tell, !t.invert && t.count[string(value)] == 0, nil
	case num == options.InvertMatching:
		if on && t.cut > 0 {
			return nil, false, errInverted
		}
		t.invert = on
		return value, true, nil
	}
	return value, false, nil
}

// errInverted: the publisher would withhold what begins as the topic does and
// goes on otherwise.
var errInverted = refused{engine.ErrNotSupported, fmt.Sprintf("ZMQ_INVERT_MATCHING does not work with topics that libzmq "+
	"is told only the beginning of: those longer than %d bytes, and with libzmq from 4.3.3 on some of 246 to 255", longest)}

// add counts a subscription and gives what libzmq is told of it.
func (t *topics) add(topic []byte) (tell []byte) {
	if t.count == nil {
		t.count, t.sizes = make(map[string]int), make(map[int]int)
	}
	if t.count[string(topic)]++; t.count[string(topic)] == 1 {
		t.sizes[len(topic)]++
	}
	tell = told(topic)
	if len(tell) < len(topic) {
		t.cut++
	}
	return tell
}

// remove takes a subscription back. One that was never made is libzmq's to
// ignore: it is told all, and not of a beginning that others share.
func (t *topics) remove(topic []byte) (tell []byte) {
	n := t.count[string(topic)]
	if n == 0 {
		return topic
	}
	if t.count[string(topic)] = n - 1; n == 1 {
		delete(t.count, string(topic))
		if t.sizes[len(topic)]--; t.sizes[len(topic)] == 0 {
			delete(t.sizes, len(topic))
		}
	}
	tell = told(topic)
	if len(tell) < len(topic) {
		t.cut--
	}
	return tell
}

// coarse reports whether libzmq lets messages through that are not wanted.
func (t *topics) coarse() bool { return t.typ == capi.SUB && t.cut > 0 }

// want reports whether a message that begins with this frame is subscribed to.
func (t *topics) want(first []byte) bool {
	for n := range t.sizes {
		if n <= len(first) && t.count[string(first[:n])] > 0 {
			return !t.invert
		}
	}
	return t.invert
}

// upstream is what an XSUB sends in place of batch. Of the frames that are
// subscriptions, those whose topic libzmq is not told in full are cut.
func (t *topics) upstream(batch []engine.Message) []engine.Message {
	mine := false // the copies are, the caller's stay as they are
	for i := range batch {
		applies := !t.onlyFirst
		for k, f := range batch[i].Frames {
			if k > 0 && !applies {
				break
			}
			if len(f) == 0 || f[0] > 1 {
				continue
			}
			applies = true // also to the frames that follow
			if len(told(f[1:])) == len(f)-1 {
				continue
			}
			change := t.remove
			if f[0] == 1 {
				change = t.add
			}
			tell := change(f[1:])
			if !mine {
				batch, mine = slices.Clone(batch), true
			}
			frames := slices.Clone(batch[i].Frames)
			frames[k] = f[:1+len(tell)]
			batch[i].Frames = frames
		}
	}
	return batch
}
