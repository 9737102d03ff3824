package opt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// rawPeer speaks just enough ZMTP 3.0 to see what a socket puts on the wire,
// and to misbehave.
type rawPeer struct {
	t testing.TB
	net.Conn
	ready string // the body of the other side's READY
}

// listen gives a listener at a free port, and its endpoint.
func listen(t testing.TB) (net.Listener, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, "tcp://" + l.Addr().String()
}

// accept waits for a connection.
func accept(t testing.TB, l net.Listener) *rawPeer {
	t.Helper()
	if tcp, ok := l.(*net.TCPListener); ok {
		if err := tcp.SetDeadline(time.Now().Add(testkit.Hang)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return newRawPeer(t, c)
}

// dial connects to the endpoint of a socket.
func dial(t testing.TB, endpoint string) *rawPeer {
	t.Helper()
	network, address, _ := strings.Cut(endpoint, "://")
	if network == "ipc" {
		network = "unix"
	}
	c, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	return newRawPeer(t, c)
}

func newRawPeer(t testing.TB, c net.Conn) *rawPeer {
	t.Helper()
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(testkit.Hang)); err != nil {
		t.Fatal(err)
	}
	return &rawPeer{t: t, Conn: c}
}

// handshake introduces a socket of a type, without security.
func (p *rawPeer) handshake(typ zmq.SocketType) *rawPeer {
	p.t.Helper()
	greeting := make([]byte, 64)
	greeting[0], greeting[9], greeting[10] = 0xff, 0x7f, 3
	copy(greeting[12:], "NULL")
	p.write(greeting)
	p.read(64)
	body := "\x05READY\x0bSocket-Type" + string(binary.BigEndian.AppendUint32(nil, uint32(len(typ.String())))) + typ.String()
	p.frame(4, body)
	_, p.ready = p.next()
	return p
}

func (p *rawPeer) write(b []byte) {
	p.t.Helper()
	if _, err := p.Write(b); err != nil {
		p.t.Fatal(err)
	}
}

func (p *rawPeer) read(n int) []byte {
	p.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(p, b); err != nil {
		p.t.Fatal(err)
	}
	return b
}

// frame sends a short frame: flags are 1 for more to come, 4 for a command.
func (p *rawPeer) frame(flags byte, body string) {
	p.t.Helper()
	p.write(append([]byte{flags, byte(len(body))}, body...))
}

// next receives a short frame.
func (p *rawPeer) next() (flags byte, body string) {
	p.t.Helper()
	head := p.read(2)
	return head[0], string(p.read(int(head[1])))
}

// wantCut waits until the other side has closed the connection, and returns
// what it sent before.
func (p *rawPeer) wantCut() []byte {
	p.t.Helper()
	var got bytes.Buffer
	_, err := io.Copy(&got, p)
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		p.t.Fatal("the connection is still there")
	}
	return got.Bytes()
}
