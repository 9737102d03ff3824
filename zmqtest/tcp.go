package zmqtest

import (
	"io"
	"net"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// A client is a plain TCP client of a STREAM.
type client struct {
	net.Conn
	t *T
}

func plainClient(t *T, endpoint string) *client {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
	t.OK(err)
	return &client{Conn: lasting(t, c), t: t}
}

func (c *client) says(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) hears(text string) {
	c.t.Helper()
	buf := make([]byte, len(text))
	if n, err := io.ReadFull(c, buf); err != nil || string(buf) != text {
		c.t.Errorf("the client hears %.40q, %v, want %.40q", buf[:n], err, text)
	}
}

// hearsNoMore waits for the end of the connection.
func (c *client) hearsNoMore() {
	c.t.Helper()
	rest, err := io.ReadAll(c)
	if len(rest) > 0 || isTimeout(err) {
		c.t.Errorf("the client hears %q, %v, want the end", rest, err)
	}
}

// A line is a STREAM's end of one connection. It is for tests in which no
// other line of the socket speaks meanwhile.
type line struct {
	t    *T
	s    *zmq.Socket
	id   string
	rest string // received and not yet taken
}

// noticed receives the notice of a connection that has just come.
func (t *T) noticed(s *zmq.Socket) *line {
	t.Helper()
	m := t.Recv(s)
	if len(m) != 2 || m[1] != "" {
		t.Fatalf("received %q, want a notice", m)
	}
	return &line{t: t, s: s, id: m[0]}
}

func (l *line) sends(text string) {
	l.t.Helper()
	l.t.Send(l.s, l.id, text)
}

// takes receives n bytes.
func (l *line) takes(n int) string {
	l.t.Helper()
	for len(l.rest) < n {
		m := l.t.Recv(l.s)
		if len(m) != 2 || m[0] != l.id || m[1] == "" {
			l.t.Fatalf("received %.40q, want data of %q", m, l.id)
		}
		l.rest += m[1]
	}
	taken := l.rest[:n]
	l.rest = l.rest[n:]
	return taken
}

// hears receives these bytes, in whatever pieces.
func (l *line) hears(text string) {
	l.t.Helper()
	if got := l.takes(len(text)); got != text {
		l.t.Fatalf("received %.60q of %d bytes, want %.60q of %d", got, len(got), text, len(text))
	}
}

// ends receives the notice that the connection has gone.
func (l *line) ends() {
	l.t.Helper()
	if l.rest != "" {
		l.t.Errorf("%q is left over", l.rest)
	}
	l.t.Expect(l.s, l.id, "")
}

// listenTCP is a plain listener at an address of its own.
func listenTCP(t *T) *net.TCPListener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	t.OK(err)
	t.Cleanup(func() { _ = l.Close() })
	return l.(*net.TCPListener)
}

func accept(t *T, l *net.TCPListener) net.Conn {
	t.Helper()
	t.OK(l.SetDeadline(time.Now().Add(testkit.Hang)))
	c, err := l.Accept()
	t.OK(err)
	return lasting(t, c)
}

// lasting bounds what a connection may wait, and closes it with the test.
func lasting(t *T, c net.Conn) net.Conn {
	t.Cleanup(func() { _ = c.Close() })
	t.OK(c.SetDeadline(time.Now().Add(testkit.Hang)))
	return c
}

func isTimeout(err error) bool {
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}

// varied is text in which no two places look alike.
func varied(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(testkit.Numbered(i))
	}
	return b.String()[:n]
}
