package libzmq

import (
	"encoding/binary"
	"fmt"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// reader understands reports in both of libzmq's formats.
//
// Format 1 is two frames: 16 bits of event and 32 of value without padding;
// the endpoint. Format 2 is an event, a count and that many values, of 64
// bits and a frame each, then the local and the remote address. Numbers are in
// the host's byte order.
type reader struct {
	// accepted counts the connections that came in, by both addresses, which
	// over ipc are the same for all. Format 2 does not say which of the two is
	// the endpoint, and format 1 gives only that.
	accepted map[[2]string]int
}

const (
	bindEvents    = capi.EVENT_LISTENING | capi.EVENT_BIND_FAILED | capi.EVENT_ACCEPTED | capi.EVENT_ACCEPT_FAILED
	connectEvents = capi.EVENT_CONNECTED | capi.EVENT_CONNECT_DELAYED | capi.EVENT_CONNECT_RETRIED
	errnoEvents   = capi.EVENT_CONNECT_DELAYED | capi.EVENT_BIND_FAILED | capi.EVENT_ACCEPT_FAILED |
		capi.EVENT_CLOSE_FAILED | capi.EVENT_HANDSHAKE_FAILED_NO_DETAIL
)

// event reads one report. What cannot be read is an event of type 0.
func (r *reader) event(frames [][]byte) engine.Event {
	var ev engine.Event
	switch {
	case len(frames) == 2 && len(frames[0]) == 6:
		ev.Type = uint64(binary.NativeEndian.Uint16(frames[0]))
		ev.Value = uint64(binary.NativeEndian.Uint32(frames[0][2:]))
		ev.Endpoint = string(frames[1])
	case len(frames) >= 4 && len(frames[0]) == 8 && len(frames[1]) == 8 &&
		binary.NativeEndian.Uint64(frames[1]) == uint64(len(frames)-4):
		ev.Type = binary.NativeEndian.Uint64(frames[0])
		if len(frames) > 4 {
			if len(frames[2]) != 8 {
				return unreadable(frames)
			}
			ev.Value = binary.NativeEndian.Uint64(frames[2])
		}
		ev.Local, ev.Remote = string(frames[len(frames)-2]), string(frames[len(frames)-1])
		ev.Endpoint = r.endpoint(ev)
	default:
		return unreadable(frames)
	}
	if ev.Type == 0 {
		return unreadable(frames)
	}
	if ev.Type&errnoEvents != 0 {
		ev.Err = capi.Errno(ev.Value)
	}
	return ev
}

// endpoint tells which of the two addresses was bound or connected.
func (r *reader) endpoint(ev engine.Event) string {
	pair := [2]string{ev.Local, ev.Remote}
	n := r.accepted[pair]
	switch {
	case ev.Type == capi.EVENT_ACCEPTED:
		if r.accepted == nil {
			r.accepted = make(map[[2]string]int)
		}
		r.accepted[pair]++
	case ev.Type == capi.EVENT_DISCONNECTED && n > 1:
		r.accepted[pair]--
	case ev.Type == capi.EVENT_DISCONNECTED:
		delete(r.accepted, pair)
	}
	switch {
	case n > 0, ev.Type&bindEvents != 0, ev.Remote == "":
		return ev.Local
	default:
		return ev.Remote
	}
}

func unreadable(frames [][]byte) engine.Event {
	return engine.Event{Err: refused{engine.ErrInvalid, fmt.Sprintf("a monitor's report that cannot be read: %q", frames)}}
}
