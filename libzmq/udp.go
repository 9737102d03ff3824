package libzmq

import (
	"fmt"
	"strings"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

const (
	udpScheme = "udp://"
	// maxDatagram is libzmq's buffer for one: group, body and a byte.
	maxDatagram = 8192
	// udpMended is the first version that survives any datagram. Those before
	// abort when one to a DISH says that its group is longer than 127 bytes,
	// and write behind the buffer when one that is sent does not fit.
	udpMended = 40306
)

// udp notes that the socket uses udp, and refuses a DISH that any host could
// make abort the process.
func (g *guard) udp(endpoint string) error {
	if !strings.HasPrefix(endpoint, udpScheme) {
		return nil
	}
	if g.typ == capi.DISH && version() < udpMended {
		return refused{engine.ErrNotSupported, "this libzmq aborts when a DISH gets a malformed datagram: " +
			"udp needs libzmq 4.3.6 or later there"}
	}
	g.datagrams = true
	return nil
}

// fits refuses messages that do not fit into a datagram.
func (g *guard) fits(batch []engine.Message) error {
	if !g.datagrams {
		return nil
	}
	for i := range batch {
		m := &batch[i]
		if size := 1 + len(m.Group) + len(m.Frames[len(m.Frames)-1]); size > maxDatagram {
			return fmt.Errorf("the message takes %d bytes, and a datagram has %d at most: %w", size, maxDatagram, capi.EMSGSIZE)
		}
	}
	return nil
}
