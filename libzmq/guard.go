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
	dirs        []string // of ipc://* endpoints, to be removed
}

// refused is an error of this package in the engines' terms.
type refused struct {
	engine.Code
	why string
}

func (r refused) Error() string { return r.why }
func (r refused) Unwrap() error { return r.Code }

func (g *guard) option(num int, value []byte) error {
	switch num {
	case options.ConnectRoutingID:
		if g.named[string(value)] {
			return refused{engine.ErrInvalid, fmt.Sprintf("a connection of this socket has the routing id %q already", value)}
		}
		g.name = string(value)
	case options.PlainServer:
		g.plainServer = len(value) == 4 && binary.NativeEndian.Uint32(value) != 0
	}
	return nil
}

func (g *guard) connect(h *capi.Socket, _ string) error {
	if g.named[g.name] { // set twice before the first connection
		return refused{engine.ErrInvalid, fmt.Sprintf("a connection of this socket has the routing id %q already", g.name)}
	}
	return g.plain(h)
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
	return g.plain(h)
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
