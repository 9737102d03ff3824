package zmqtest

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

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
		l.t.Fatalf("received %.60q, want %.60q", got, text)
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

// varied is text in which no two places look alike.
func varied(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(testkit.Numbered(i))
	}
	return b.String()[:n]
}
