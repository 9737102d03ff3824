package wire

import (
	"encoding/binary"
	"io"
	"net"
	"strings"

	"gozmq/internal/testkit"
)

// Replies of a SOCKS5 server that lets a client pass (RFC 1928 and 1929).
var (
	SOCKSOpen     = []byte{5, 0}                           // no password, please
	SOCKSAsk      = []byte{5, 2}                           // a name and a password, please
	SOCKSWelcome  = []byte{1, 0}                           // they are right
	SOCKSAccepted = []byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 0} // the connection is made
)

// SOCKSMethods receives the methods that a client of a SOCKS5 proxy offers: 0
// is none, 2 a name and a password.
func (p *Peer) SOCKSMethods() (methods []byte) {
	p.t.Helper()
	if version := p.Get(1)[0]; version != 5 {
		p.t.Fatalf("SOCKS version %d", version)
	}
	return p.Get(int(p.Get(1)[0]))
}

// SOCKSPassword receives a client's name and password.
func (p *Peer) SOCKSPassword() (user, password string) {
	p.t.Helper()
	if version := p.Get(1)[0]; version != 1 {
		p.t.Fatalf("version %d of name and password", version)
	}
	user = string(p.Get(int(p.Get(1)[0])))
	return user, string(p.Get(int(p.Get(1)[0])))
}

// SOCKSTarget is where a client wants to be connected to.
type SOCKSTarget struct {
	Kind byte // of the address: 1 is IPv4, 3 a name, 4 IPv6
	Host string
	Port uint16
}

// SOCKSTarget receives the request to connect.
func (p *Peer) SOCKSTarget() (target SOCKSTarget) {
	p.t.Helper()
	head := p.Get(4)
	if head[0] != 5 || head[1] != 1 || head[2] != 0 {
		p.t.Fatalf("the request begins with %x", head)
	}
	switch target.Kind = head[3]; target.Kind {
	case 1:
		target.Host = net.IP(p.Get(4)).String()
	case 3:
		target.Host = string(p.Get(int(p.Get(1)[0])))
	case 4:
		target.Host = net.IP(p.Get(16)).String()
	default:
		p.t.Fatalf("an address of kind %d", target.Kind)
	}
	target.Port = binary.BigEndian.Uint16(p.Get(2))
	return target
}

// Relay connects to endpoint and passes on what comes, both ways, until either
// side ends.
func (p *Peer) Relay(endpoint string) {
	p.t.Helper()
	target := Dial(p.t, endpoint)
	pass := func(to, from net.Conn) {
		_, _ = io.Copy(to, from) // however it ends
		_ = to.Close()
	}
	g := testkit.NewGroup(p.t)
	g.Go(func() error { pass(target.Conn, p.Conn); return nil })
	g.Go(func() error { pass(p.Conn, target.Conn); return nil })
	p.t.Cleanup(func() {
		_ = p.Close()
		g.Wait()
	})
}

// Address is where the listener is, without the transport: "127.0.0.1:1080".
func (l *Listener) Address() string {
	_, address, _ := strings.Cut(l.Endpoint, "://")
	return address
}
