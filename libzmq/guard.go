package libzmq

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	"gozmq/internal/engine"
	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// guard stands before the calls that would make libzmq abort the process, or
// do what nobody means. It is guarded by its socket's mu.
type guard struct {
	typ int

	// Connections that were named by ZMQ_CONNECT_ROUTING_ID. A name must not
	// come twice, also not after Disconnect, which takes its time.
	named map[string]bool
	name  string // for the next connection; "" is none

	plainServer bool
	mandatory   bool     // ZMQ_ROUTER_MANDATORY
	raw         bool     // ZMQ_ROUTER_RAW was on
	probe       bool     // ZMQ_PROBE_ROUTER
	datagrams   bool     // an endpoint is udp
	dirs        []string // of ipc://* endpoints, to be removed
}

// refused is an error of this package in the engines' terms.
type refused struct {
	engine.Code
	why string
}

func (r refused) Error() string { return r.why }
func (r refused) Unwrap() error { return r.Code }

var errEmptyRaw = refused{engine.ErrInvalid, "ZMQ_PROBE_ROUTER greets with an empty message, which ZMQ_ROUTER_RAW cannot send"}

func (g *guard) option(num int, value []byte) error {
	if g.typ == capi.REP && routerOnly[num] {
		return refused{engine.ErrNotSupported, "the option is for ROUTER sockets"}
	}
	switch num {
	case options.ConnectRoutingID:
		if g.named[string(value)] {
			return refused{engine.ErrInvalid, fmt.Sprintf("a connection of this socket has the routing id %q already", value)}
		}
		g.name = string(value)
	case capi.ROUTER_RAW:
		if isOn(value) && g.probe {
			return errEmptyRaw
		}
		g.raw = g.raw || isOn(value) // libzmq's connections stay raw for good
	case capi.PROBE_ROUTER:
		if isOn(value) && g.raw {
			return errEmptyRaw
		}
		g.probe = isOn(value)
	case capi.TCP_KEEPALIVE_CNT, capi.TCP_KEEPALIVE_IDLE, capi.TCP_KEEPALIVE_INTVL:
		// libzmq loses a descriptor at each connection whose socket the
		// system does not let have such a value.
		if !isOn(value) {
			return refused{engine.ErrInvalid, "0 is not between 1 and the end of the range, nor negative"}
		}
	case capi.ROUTER_MANDATORY:
		g.mandatory = isOn(value)
	case options.PlainServer:
		g.plainServer = isOn(value)
	}
	return nil
}

// isOn reports whether the value of a number is not 0.
func isOn(value []byte) bool { return len(value) == 4 && binary.NativeEndian.Uint32(value) != 0 }

// routerOnly are options that libzmq lets REP inherit from ROUTER, and then
// aborts when they take effect.
var routerOnly = map[int]bool{
	capi.ROUTER_MANDATORY: true, capi.ROUTER_RAW: true, capi.PROBE_ROUTER: true,
	capi.ROUTER_HANDOVER: true, capi.CONNECT_ROUTING_ID: true, capi.ROUTER_NOTIFY: true,
}

func (g *guard) connect(h *capi.Socket, endpoint string) error {
	if err := g.transport(endpoint); err != nil {
		return err
	}
	taken := g.named[g.name] // set twice before the first connection
	if !taken && g.name != "" && g.typ == capi.ROUTER {
		var err error
		if taken, err = g.peerHas(h, g.name); err != nil {
			return err
		}
	}
	if taken {
		return refused{engine.ErrInvalid, fmt.Sprintf("a connection of this socket has the routing id %q already", g.name)}
	}
	return g.plain(h)
}

// peerHas reports whether a peer has named itself so. libzmq answers that only
// to who begins a message to the peer, and what was begun must be ended: a
// peer with the name gets an empty message, and lives.
func (g *guard) peerHas(h *capi.Socket, name string) (bool, error) {
	// Peers that have just come are known only after housekeeping.
	if _, err := h.GetInt(options.EventsNumber); err != nil {
		return false, err
	}
	if !g.mandatory {
		if err := h.SetInt(capi.ROUTER_MANDATORY, 1); err != nil {
			return false, err
		}
		defer func() { _ = h.SetInt(capi.ROUTER_MANDATORY, 0) }()
	}
	_, err := h.Send([]byte(name), capi.DONTWAIT|capi.SNDMORE)
	switch err {
	case capi.EHOSTUNREACH:
		return false, nil
	case capi.EAGAIN: // it is there and at its high-water mark
		return true, nil
	case nil:
		_, err = h.Send(nil, capi.DONTWAIT)
		return true, err
	}
	return false, err
}

// connected takes note that the name has been used.
func (g *guard) connected() {
	if g.name == "" || g.typ != capi.ROUTER && g.typ != capi.STREAM {
		return
	}
	if g.named == nil {
		g.named = make(map[string]bool)
	}
	g.named[g.name] = true
	g.name = ""
}

const zapEndpoint = "inproc://zeromq.zap.01"

func (g *guard) bind(h *capi.Socket, endpoint string) error {
	if endpoint == zapEndpoint {
		switch g.typ {
		case capi.REP, capi.ROUTER, capi.SERVER:
		default:
			return refused{engine.ErrNotSupported, "only a REP, ROUTER or SERVER socket can be a ZAP handler"}
		}
	}
	if err := g.transport(endpoint); err != nil {
		return err
	}
	return g.plain(h)
}

// transport refuses those over which a socket of this type does not survive.
func (g *guard) transport(endpoint string) error {
	if g.typ == capi.STREAM && strings.HasPrefix(endpoint, "inproc://") {
		return refused{engine.ErrIncompatible, "a STREAM speaks with TCP peers that are no ZeroMQ sockets; inproc has none"}
	}
	return g.udp(endpoint)
}

// plain refuses a PLAIN server that has to have a ZAP domain and has none.
func (g *guard) plain(h *capi.Socket) error {
	if !g.plainServer {
		return nil
	}
	enforce, err := h.GetInt(options.ZAPEnforceDomain)
	if err != nil || enforce == 0 {
		return nil // a library without that option does not enforce it
	}
	var domain [256]byte
	n, err := h.GetOption(options.ZAPDomain, domain[:])
	if err != nil {
		return err
	}
	if strings.TrimRight(string(domain[:n]), "\x00") == "" {
		return refused{engine.ErrInvalid, "a PLAIN server with ZAP_ENFORCE_DOMAIN needs a ZAP_DOMAIN"}
	}
	return nil
}

// ipcWildcard gives ipc://* a folder of its own in the system's place for
// temporary files; libzmq would use the working directory when TMPDIR is not
// set. Other endpoints stay as they are.
func (g *guard) ipcWildcard(endpoint string) (string, error) {
	if endpoint != "ipc://*" {
		return endpoint, nil
	}
	dir, err := os.MkdirTemp("", "zmq-")
	if err != nil {
		return "", err
	}
	g.dirs = append(g.dirs, dir)
	return "ipc://" + dir + "/socket", nil
}

// close removes what the socket made. What cannot be removed is in a folder
// for temporary files.
func (g *guard) close() {
	for _, dir := range g.dirs {
		_ = os.RemoveAll(dir)
	}
}
