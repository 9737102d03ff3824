package wire

import (
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gozmq/internal/testkit"
)

// Peer is one end of a connection to a ZeroMQ socket.
type Peer struct {
	net.Conn
	t      testing.TB
	piece  int            // if not 0, so many bytes go at a time
	sealed *CurveMessages // nil: frames go as they are
}

// Dial connects to an endpoint of tcp or ipc.
func Dial(t testing.TB, endpoint string) *Peer {
	t.Helper()
	network, address, _ := strings.Cut(endpoint, "://")
	if network == "ipc" {
		network = "unix" // which knows abstract names, @name, too
	}
	c, err := net.DialTimeout(network, address, testkit.Hang)
	if err != nil {
		t.Fatal(err)
	}
	return newPeer(t, c)
}

func newPeer(t testing.TB, c net.Conn) *Peer {
	t.Cleanup(func() { _ = c.Close() }) // it may be closed by now
	return &Peer{Conn: c, t: t}
}

// Listener is where sockets connect to.
type Listener struct {
	Endpoint string // to connect to: "tcp://127.0.0.1:1234"

	l net.Listener
	t testing.TB
}

// Listen listens at an address of tcp or ipc that nobody else has.
func Listen(t testing.TB, transport string) *Listener {
	t.Helper()
	if transport == "tcp" {
		return ListenAt(t, "tcp://127.0.0.1:0")
	}
	return ListenAt(t, testkit.Endpoint(t, transport))
}

// ListenAt listens at an endpoint, such as one of testkit.FreeEndpoint.
func ListenAt(t testing.TB, endpoint string) *Listener {
	t.Helper()
	transport, address, _ := strings.Cut(endpoint, "://")
	network := transport
	if network == "ipc" {
		network = "unix"
	}
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return &Listener{Endpoint: transport + "://" + l.Addr().String(), l: l, t: t}
}

// Accept waits for the next connection.
func (l *Listener) Accept() *Peer {
	l.t.Helper()
	c, err := l.accept(testkit.Hang)
	if err != nil {
		l.t.Fatalf("nobody connects: %v", err)
	}
	return newPeer(l.t, c)
}

func (l *Listener) accept(within time.Duration) (net.Conn, error) {
	l.t.Helper()
	if d, ok := l.l.(interface{ SetDeadline(time.Time) error }); ok {
		if err := d.SetDeadline(time.Now().Add(within)); err != nil {
			l.t.Fatal(err)
		}
	}
	return l.l.Accept()
}

// Nobody fails when somebody has connected. It proves something only after an
// effect that would have come later.
func (l *Listener) Nobody() {
	l.t.Helper()
	c, err := l.accept(time.Millisecond)
	if err == nil {
		_ = c.Close()
		l.t.Error("somebody has connected")
	}
}

// Close stops listening: who connects now is refused.
func (l *Listener) Close() {
	l.t.Helper()
	if err := l.l.Close(); err != nil {
		l.t.Fatal(err)
	}
}

// Slowly has everything from here on sent in pieces of n bytes, of which most
// arrive by themselves. It takes about a millisecond for each.
func (p *Peer) Slowly(n int) *Peer {
	p.piece = n
	return p
}

// Drip sends bytes one by one.
func (p *Peer) Drip(b []byte) {
	p.t.Helper()
	piece := p.piece
	p.Slowly(1).Put(b...)
	p.piece = piece
}

// Put sends bytes as they are.
func (p *Peer) Put(b ...byte) {
	p.t.Helper()
	p.deadline()
	n := len(b)
	if p.piece > 0 {
		n = p.piece
	}
	for piece := range slices.Chunk(b, max(n, 1)) {
		if _, err := p.Write(piece); err != nil {
			p.t.Fatalf("sending %d bytes: %v", len(b), err)
		}
		if p.piece > 0 {
			time.Sleep(50 * time.Microsecond) // for the other side to read it alone
		}
	}
}

// Offer sends bytes to a side that may close the connection meanwhile.
func (p *Peer) Offer(b ...byte) {
	p.t.Helper()
	p.deadline()
	_, _ = p.Write(b)
}

// Get receives n bytes.
func (p *Peer) Get(n int) []byte {
	p.t.Helper()
	p.deadline()
	b := make([]byte, n)
	if got, err := io.ReadFull(p, b); err != nil {
		p.t.Fatalf("receiving %d bytes, after %x: %v", n, b[:got], err)
	}
	return b
}

// Closed waits until the other side has closed the connection, in whatever
// way, and returns what it sent before.
func (p *Peer) Closed() []byte {
	p.t.Helper()
	p.deadline()
	b, err := io.ReadAll(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		p.t.Fatalf("the connection is still there; on it came %x", b)
	}
	return b // any other error is of a connection that is gone
}

// Until receives until this text has come, or reports that the connection has
// ended before.
func (p *Peer) Until(text string) bool {
	p.t.Helper()
	p.deadline()
	var got []byte
	for b := make([]byte, 4096); !strings.Contains(string(got), text); {
		n, err := p.Read(b)
		got = append(got, b[:n]...)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			p.t.Fatalf("waiting for %q: only %q came", text, got)
		}
		if err != nil {
			return strings.Contains(string(got), text)
		}
	}
	return true
}

// CloseWrite ends what this side sends, and goes on to receive. The other side
// may have gone.
func (p *Peer) CloseWrite() {
	p.t.Helper()
	half, ok := p.Conn.(interface{ CloseWrite() error })
	if !ok {
		p.t.Fatalf("a %T cannot be closed by half", p.Conn)
	}
	_ = half.CloseWrite()
}

// Reset ends the connection as by a crash: over tcp the other side gets a RST.
func (p *Peer) Reset() {
	p.t.Helper()
	if tcp, ok := p.Conn.(*net.TCPConn); ok {
		if err := tcp.SetLinger(0); err != nil {
			p.t.Fatal(err)
		}
	}
	_ = p.Close()
}

// deadline bounds the next operation, so that a silent peer fails the test
// instead of holding it up.
func (p *Peer) deadline() {
	p.t.Helper()
	if err := p.SetDeadline(time.Now().Add(testkit.Hang)); err != nil {
		p.t.Fatal(err)
	}
}
