package zmq

import (
	"testing"

	"gozmq/internal/engine"
)

// Whatever is reported in whatever order, the count stays possible.
func FuzzConnections(f *testing.F) {
	f.Add([]byte{0, 0, 3, 0, 2, 0}, true)
	f.Add([]byte{1, 0, 1, 1, 3, 0, 4, 0, 2, 0, 2, 1}, false)
	f.Add([]byte{0, 0, 0, 1, 3, 0, 5, 0, 2, 0, 8, 0}, false)
	types := []uint64{engine.EventConnected, engine.EventAccepted, engine.EventDisconnected, engine.EventHandshake,
		engine.EventNoDetail, engine.EventProtocol, engine.EventAuth, engine.EventStopped, 0}
	f.Fuzz(func(t *testing.T, events []byte, both bool) {
		var c connections
		for i := 0; i+1 < len(events); i += 2 {
			typ := types[int(events[i])%len(types)]
			ev := engine.Event{Type: typ, Value: uint64(events[i+1] % 8), Endpoint: "tcp://127.0.0.1:1"}
			if both {
				ev.Local, ev.Remote = ev.Endpoint, string(rune('a'+ev.Value))
			}
			if typ == 0 {
				c.forget("tcp://0.0.0.0:1")
				if len(c.open) != 0 {
					t.Fatalf("%d connections of an endpoint that is given up", len(c.open))
				}
				continue
			}
			c.note(ev)
			ready, waiting := 0, 0
			for _, conn := range c.open {
				if conn.ready {
					ready++
				}
			}
			for _, p := range c.at {
				waiting += len(p.waiting)
				if len(p.waiting) == 0 || p.failed > len(p.waiting) {
					t.Fatalf("%+v at one place", *p)
				}
			}
			if c.ready != ready || ready+waiting != len(c.open) {
				t.Fatalf("%d count, %d are ready, %d wait, of %d", c.ready, ready, waiting, len(c.open))
			}
		}
	})
}
