package libzmq

import (
	"encoding/binary"
	"errors"
	"syscall"
	"testing"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

func v1(event uint16, value uint32) []byte {
	return binary.NativeEndian.AppendUint32(binary.NativeEndian.AppendUint16(nil, event), value)
}

func v2(event uint64, local, remote string, values ...uint64) [][]byte {
	number := func(n uint64) []byte { return binary.NativeEndian.AppendUint64(nil, n) }
	frames := [][]byte{number(event), number(uint64(len(values)))}
	for _, v := range values {
		frames = append(frames, number(v))
	}
	return append(frames, []byte(local), []byte(remote))
}

func TestReports(t *testing.T) {
	const here, there = "tcp://127.0.0.1:1", "tcp://127.0.0.1:2"
	var r reader
	for name, c := range map[string]struct {
		frames [][]byte
		want   engine.Event
	}{
		"format 1": {
			[][]byte{v1(capi.EVENT_CONNECTED, 7), []byte(there)},
			engine.Event{Type: capi.EVENT_CONNECTED, Value: 7, Endpoint: there},
		},
		"an errno": {
			[][]byte{v1(capi.EVENT_BIND_FAILED, uint32(capi.EADDRINUSE)), []byte(here)},
			engine.Event{Type: capi.EVENT_BIND_FAILED, Value: uint64(capi.EADDRINUSE), Endpoint: here, Err: capi.EADDRINUSE},
		},
		"format 2, connecting": {
			v2(capi.EVENT_CONNECTED, here, there, 7),
			engine.Event{Type: capi.EVENT_CONNECTED, Value: 7, Endpoint: there, Local: here, Remote: there},
		},
		"format 2, listening": {
			v2(capi.EVENT_LISTENING, here, "", 7),
			engine.Event{Type: capi.EVENT_LISTENING, Value: 7, Endpoint: here, Local: here},
		},
		"format 2, several values": {
			v2(capi.EVENT_PIPES_STATS, here, there, 1, 2),
			engine.Event{Type: capi.EVENT_PIPES_STATS, Value: 1, Endpoint: there, Local: here, Remote: there},
		},
		"format 2, no value": {
			v2(capi.EVENT_HANDSHAKE_SUCCEEDED, here, there),
			engine.Event{Type: capi.EVENT_HANDSHAKE_SUCCEEDED, Endpoint: there, Local: here, Remote: there},
		},
	} {
		if got := r.event(c.frames); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if ev := r.event([][]byte{v1(capi.EVENT_BIND_FAILED, uint32(capi.EADDRINUSE)), nil}); !errors.Is(ev.Err, syscall.EADDRINUSE) {
		t.Errorf("the reason is %v, want %v", ev.Err, syscall.EADDRINUSE)
	}
}

// A connection that came in is known by the endpoint that was bound, until it
// is lost.
func TestReportsOfAcceptedConnections(t *testing.T) {
	const bound, peer = "tcp://127.0.0.1:1", "tcp://127.0.0.1:40000"
	var r reader
	for _, event := range []uint64{capi.EVENT_ACCEPTED, capi.EVENT_HANDSHAKE_SUCCEEDED, capi.EVENT_DISCONNECTED} {
		if ev := r.event(v2(event, bound, peer, 7)); ev.Endpoint != bound {
			t.Errorf("event %#x is about %q, want %q", event, ev.Endpoint, bound)
		}
	}
	// Over ipc all peers have the same address.
	for _, event := range []uint64{capi.EVENT_ACCEPTED, capi.EVENT_ACCEPTED, capi.EVENT_DISCONNECTED, capi.EVENT_DISCONNECTED} {
		if ev := r.event(v2(event, "ipc://bound", "ipc://", 7)); ev.Endpoint != "ipc://bound" {
			t.Errorf("event %#x is about %q, want ipc://bound", event, ev.Endpoint)
		}
	}
	if len(r.accepted) != 0 {
		t.Error("a lost connection is remembered")
	}
}

func FuzzReport(f *testing.F) {
	seed := func(frames [][]byte) {
		var flat []byte
		for _, frame := range frames {
			flat = append(append(flat, byte(len(frame))), frame...)
		}
		f.Add(flat)
	}
	seed([][]byte{v1(capi.EVENT_CONNECTED, 7), []byte("tcp://127.0.0.1:1")})
	seed([][]byte{v1(0, 0), nil})
	seed(v2(capi.EVENT_ACCEPTED, "tcp://127.0.0.1:1", "tcp://127.0.0.1:2", 7))
	seed(v2(capi.EVENT_PIPES_STATS, "a", "b", 1, 2))
	seed(nil)
	seed([][]byte{{1}, {2}, {3}, {4}})
	f.Fuzz(func(t *testing.T, flat []byte) {
		var frames [][]byte
		for len(flat) > 0 {
			n := min(int(flat[0]), len(flat)-1)
			frames = append(frames, flat[1:1+n])
			flat = flat[1+n:]
		}
		var r reader
		ev := r.event(frames)
		if (ev.Type == 0) != (ev.Err != nil && ev.Type&errnoEvents == 0) {
			t.Errorf("%+v of %q: what cannot be read has type 0 and a reason", ev, frames)
		}
	})
}
