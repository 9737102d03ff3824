package zmq

import (
	"slices"
	"strings"

	"gozmq/internal/engine"
)

// connections follows a socket's connections by their events. The difficulty
// is that EventDisconnected comes with a descriptor for every connection that
// ends, also when its handshake never succeeded, and EventHandshake comes
// without one. So a handshake is matched by place: both addresses of the
// connection where the engine knows them, which is exact; else the endpoint,
// which connections share. There it is taken for that of the connection that
// waits longest, and a failed one for that of the next to disconnect.
type connections struct {
	raw   bool // there are no handshakes
	open  map[uint64]*connection
	at    map[string]*place
	ready int // connections that count
}

// place is the connections of one address, or pair of them.
type place struct {
	waiting []*connection // for their handshakes; the oldest first
	failed  int           // handshakes that failed, of connections not lost yet
}

type connection struct {
	where    string
	endpoint string
	ready    bool // it counts
}

func (c *connections) note(ev engine.Event) {
	where := ev.Endpoint
	if ev.Local != "" && ev.Remote != "" {
		where = ev.Local + " " + ev.Remote
	}
	switch {
	case ev.Type == engine.EventConnected || ev.Type == engine.EventAccepted:
		c.opened(ev.Value, &connection{where: where, endpoint: ev.Endpoint, ready: c.raw})
	case ev.Type == engine.EventDisconnected:
		c.lost(ev.Value)
	case ev.Type == engine.EventHandshake:
		c.succeeded(where)
	case ev.Type&engine.EventHandshakeFailed != 0:
		if p := c.at[where]; p != nil {
			p.failed = min(p.failed+1, len(p.waiting))
		}
	case ev.Type == engine.EventStopped:
		*c = connections{raw: c.raw}
	}
}

func (c *connections) opened(fd uint64, conn *connection) {
	c.lost(fd) // the number is used again: there was no event for its end
	if c.open == nil {
		c.open, c.at = make(map[uint64]*connection), make(map[string]*place)
	}
	c.open[fd] = conn
	if conn.ready {
		c.ready++
		return
	}
	p := c.at[conn.where]
	if p == nil {
		p = &place{}
		c.at[conn.where] = p
	}
	p.waiting = append(p.waiting, conn)
}

func (c *connections) succeeded(where string) {
	if p := c.at[where]; p != nil {
		c.ready++
		c.promote(p, where)
	}
}

// promote makes the connection that waits longest at p one that counts.
func (c *connections) promote(p *place, where string) {
	p.waiting[0].ready = true
	c.drop(p, where, 0)
}

// drop takes connection i out of those that wait at a place. A place without
// any goes too.
func (c *connections) drop(p *place, where string, i int) {
	p.waiting = slices.Delete(p.waiting, i, i+1)
	p.failed = min(p.failed, len(p.waiting))
	if len(p.waiting) == 0 {
		delete(c.at, where)
	}
}

func (c *connections) lost(fd uint64) {
	conn := c.open[fd]
	if conn == nil {
		return
	}
	delete(c.open, fd)
	p := c.at[conn.where]
	switch {
	case conn.ready && p != nil && p.failed > 0:
		// This is the one whose handshake failed, so the one that succeeded
		// was another's.
		p.failed--
		c.promote(p, conn.where)
	case conn.ready:
		c.ready--
	case p != nil:
		p.failed = max(p.failed-1, 0)
		c.drop(p, conn.where, slices.Index(p.waiting, conn))
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
	for fd, conn := range c.open {
		if match(conn.endpoint) {
			found = true
			c.lost(fd)
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
