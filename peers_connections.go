package zmq

import (
	"strings"

	"gozmq/internal/engine"
)

// connections follows a socket's connections by their events. The difficulty
// is that EventDisconnected comes with a descriptor for every connection that
// ends, also when its handshake never succeeded, and EventHandshake comes
// without one. So events are matched by place: both addresses of the
// connection where the engine knows them, which is exact; else the endpoint,
// which connections may share. There a failed handshake is taken to be the next
// that disconnects, as the two come together.
type connections struct {
	raw   bool              // there are no handshakes
	open  map[uint64]string // places by descriptor
	at    map[string]*place
	ready int // connections that count
}

// place is the connections of one address, or pair of them.
type place struct {
	endpoint string
	open     int // network connections
	ready    int // with a handshake that succeeded; at most open
	failed   int // with one that failed
}

func (c *connections) note(ev engine.Event) {
	where := ev.Endpoint
	if ev.Local != "" && ev.Remote != "" {
		where = ev.Local + " " + ev.Remote
	}
	switch {
	case ev.Type == engine.EventConnected || ev.Type == engine.EventAccepted:
		c.opened(ev.Value, where, ev.Endpoint)
	case ev.Type == engine.EventDisconnected:
		c.lost(ev.Value)
	case ev.Type == engine.EventHandshake:
		if p := c.at[where]; p != nil && p.ready < p.open {
			p.ready++
			c.ready++
		}
	case ev.Type&engine.EventHandshakeFailed != 0:
		if p := c.at[where]; p != nil && p.failed < p.open-p.ready {
			p.failed++
		}
	case ev.Type == engine.EventStopped:
		*c = connections{raw: c.raw}
	}
}

func (c *connections) opened(fd uint64, where, endpoint string) {
	c.lost(fd) // the number is used again: there was no event for its end
	if c.open == nil {
		c.open, c.at = make(map[uint64]string), make(map[string]*place)
	}
	p := c.at[where]
	if p == nil {
		p = &place{endpoint: endpoint}
		c.at[where] = p
	}
	c.open[fd] = where
	p.open++
	if c.raw {
		p.ready++
		c.ready++
	}
}

func (c *connections) lost(fd uint64) {
	where, ok := c.open[fd]
	if !ok {
		return
	}
	delete(c.open, fd)
	p := c.at[where]
	p.open--
	switch {
	case p.failed > 0:
		p.failed--
	case p.ready > 0:
		p.ready--
		c.ready--
	}
	if p.ready > p.open {
		c.ready -= p.ready - p.open
		p.ready = p.open
	}
	if p.open == 0 {
		delete(c.at, where)
	}
}

// forget drops the connections of an endpoint that was bound or connected. It
// is known by the name it was given, or, when its host was resolved or a
// wildcard, by its port.
func (c *connections) forget(endpoint string) {
	if !c.forgetIf(func(e string) bool { return e == endpoint }) {
		transport, port := transportPort(endpoint)
		c.forgetIf(func(e string) bool {
			t, p := transportPort(e)
			return p != "" && t == transport && p == port
		})
	}
}

func (c *connections) forgetIf(match func(endpoint string) bool) (found bool) {
	for fd, where := range c.open {
		p := c.at[where]
		if p == nil || !match(p.endpoint) {
			continue
		}
		found = true
		c.ready -= p.ready
		p.ready, p.failed = 0, 0
		p.open--
		delete(c.open, fd)
		if p.open == 0 {
			delete(c.at, where)
		}
	}
	return found
}

// transportPort is what is left of an address without its host; the port is
// empty where the transport has none.
func transportPort(endpoint string) (transport, port string) {
	transport, address, _ := strings.Cut(endpoint, "://")
	switch transport {
	case "tcp", "ws", "wss":
		port = address[strings.LastIndexByte(address, ':')+1:]
	}
	return transport, port
}
