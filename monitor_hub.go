package zmq

import (
	"strings"
	"sync"

	"gozmq/internal/engine"
)

// hub passes the engine's events of one socket on to its Monitors, and counts
// its peers. The engine reports while anybody wants it to.
//
// Lock order: arming, mu, Monitor.mu.
type hub struct {
	// arming is held by who begins or ends the reports, and while waiting for
	// that. The engine's goroutine does not take it.
	arming sync.Mutex
	stop   func() // ends the reports; nil while there are none. Guarded by arming

	mu       sync.Mutex // guards what follows
	monitors []*Monitor
	quiet    bool // the reports are ended by stop, not by the socket's end
	tracking bool // the reports go on without Monitors
	counted  bool // conns knows every connection of the socket
	used     bool // endpoints were given to the engine whose peers have events
	inproc   bool // endpoints were given to the engine whose peers have none
	ended    bool // no more events will come
	conns    connections
	changed  chan struct{} // closed at the next change of what WaitPeers waits for; nil: nobody waits
}

// use takes note of an endpoint before the engine gets it.
func (h *hub) use(endpoint string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if strings.HasPrefix(endpoint, "inproc:") || strings.HasPrefix(endpoint, "udp:") {
		h.inproc = true
	} else {
		h.used = true
	}
	h.tell() // there may be nothing to wait for now
}

// left takes note that the socket has given up an endpoint: the engine has no
// event for its connections' end.
func (h *hub) left(endpoint string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns.forget(endpoint)
	h.tell()
}

// add makes m one of the socket's Monitors.
func (h *hub) add(eng engine.Socket, m *Monitor) error {
	h.arming.Lock()
	defer h.arming.Unlock()
	h.mu.Lock()
	h.monitors = append(h.monitors, m)
	h.mu.Unlock()
	err := h.arm(eng)
	if err != nil {
		h.drop(m)
	}
	return err
}

// track makes the reports go on for as long as the socket lives.
func (h *hub) track(eng engine.Socket) error {
	h.arming.Lock()
	defer h.arming.Unlock()
	if err := h.arm(eng); err != nil {
		return err
	}
	h.mu.Lock()
	h.tracking = true
	h.mu.Unlock()
	return nil
}

// arm begins the reports. The caller holds arming.
func (h *hub) arm(eng engine.Socket) error {
	h.mu.Lock()
	if h.ended {
		h.mu.Unlock()
		return ErrClosed
	}
	if h.stop != nil {
		h.mu.Unlock()
		return nil
	}
	h.quiet = false
	h.conns = connections{raw: h.conns.raw}
	h.mu.Unlock()

	stop, err := eng.Monitor(h.sink)
	if err != nil {
		return err
	}
	h.stop = stop
	h.mu.Lock()
	h.counted = !h.used // not if Bind or Connect came in between
	h.mu.Unlock()
	return nil
}

// remove takes m out. Without Monitors and tracking, the reports end.
func (h *hub) remove(m *Monitor) {
	h.arming.Lock()
	defer h.arming.Unlock()
	h.drop(m)
	h.mu.Lock()
	idle := len(h.monitors) == 0 && !h.tracking
	h.quiet = idle
	h.mu.Unlock()
	if !idle || h.stop == nil {
		return
	}
	h.stop()
	h.stop = nil
	h.mu.Lock()
	h.counted = false
	h.mu.Unlock()
}

// drop takes m out of the list.
func (h *hub) drop(m *Monitor) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, other := range h.monitors {
		if other == m {
			h.monitors = append(h.monitors[:i:i], h.monitors[i+1:]...)
			return
		}
	}
}

// sink gets the engine's events.
func (h *hub) sink(ev engine.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.quiet {
		return
	}
	e := newMonitorEvent(ev)
	for _, m := range h.monitors {
		m.push(e)
	}
	h.conns.note(ev)
	if ev.Type == engine.EventStopped {
		for _, m := range h.monitors {
			m.end()
		}
		h.monitors = nil
		h.ended = true
	}
	h.tell()
}

// tell wakes WaitPeers.
func (h *hub) tell() {
	if h.changed != nil {
		close(h.changed)
		h.changed = nil
	}
}
