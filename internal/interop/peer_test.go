package interop

import (
	"context"
	"errors"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// A peer is one socket, of Go or of Python. The conversations are written
// once for both.
type peer interface {
	bind(t *testing.T, endpoint string) string
	connect(t *testing.T, endpoint string)
	send(t *testing.T, messages ...message)
	recv(t *testing.T, n int) []message
	// within receives the next message if it comes within some milliseconds.
	within(t *testing.T, milliseconds int) (m message, ok bool)
	// do lets an implementation work that only works while it is called.
	do(t *testing.T)
	// echo returns the next n messages to where they came from; done waits
	// for the last.
	echo(t *testing.T, n int) (done func())
	// ask sends each message when the answer to the one before is there.
	ask(t *testing.T, messages []message) []message
	close(t *testing.T)
}

type message [][]byte

// option is a socket option in the terms of both.
type option struct {
	name  string // in pyzmq
	value any    // int or []byte
	set   zmq.Setting
}

type goPeer struct{ s *zmq.Socket }

func newGoPeer(t *testing.T, zctx *zmq.Context, typ zmq.SocketType, options []option) peer {
	t.Helper()
	var settings []zmq.Setting
	for _, o := range options {
		settings = append(settings, o.set)
	}
	return goPeer{testkit.Socket(t, zctx, typ, settings...)}
}

func (g goPeer) bind(t *testing.T, endpoint string) string {
	t.Helper()
	if err := g.s.Bind(endpoint); err != nil {
		t.Fatal(err)
	}
	return g.s.LastEndpoint()
}

func (g goPeer) connect(t *testing.T, endpoint string) {
	t.Helper()
	if err := g.s.Connect(endpoint); err != nil {
		t.Fatal(err)
	}
}

func (g goPeer) send(t *testing.T, messages ...message) {
	t.Helper()
	ctx := testkit.Soon(t)
	for _, m := range messages {
		if err := g.s.Send(ctx, m...); err != nil {
			t.Fatal(err)
		}
	}
}

func (g goPeer) recv(t *testing.T, n int) []message {
	t.Helper()
	ctx := testkit.Soon(t)
	got := make([]message, n)
	for i := range got {
		frames, err := g.s.Recv(ctx)
		if err != nil {
			t.Fatalf("message %d of %d: %v", i, n, err)
		}
		got[i] = frames
	}
	return got
}

func (g goPeer) within(t *testing.T, milliseconds int) (message, bool) {
	t.Helper()
	ctx, cancel := timeout(milliseconds)
	defer cancel()
	m, err := g.s.Recv(ctx)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	return m, err == nil
}

func (g goPeer) echo(t *testing.T, n int) (done func()) {
	t.Helper()
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	group.Go(func() error {
		for range n {
			m, err := g.s.Recv(ctx)
			if err != nil {
				return err
			}
			if err := g.s.Send(ctx, m...); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait
}

func (g goPeer) ask(t *testing.T, messages []message) []message {
	t.Helper()
	var answers []message
	for _, m := range messages {
		g.send(t, m)
		answers = append(answers, g.recv(t, 1)...)
	}
	return answers
}

// do: nothing, since a Go socket works by itself.
func (goPeer) do(*testing.T) {}

func (g goPeer) close(*testing.T) { testkit.Drop(g.s) }

type pythonPeer struct {
	p  *python
	id int
}

func newPythonPeer(t *testing.T, p *python, typ zmq.SocketType, options []option) peer {
	t.Helper()
	p.sockets++
	c := command{Do: "socket", Socket: p.sockets, Type: typ.String(), Options: [][2]any{}}
	for _, o := range options {
		c.Options = append(c.Options, [2]any{o.name, o.value})
	}
	p.do(t, c, nil)
	return pythonPeer{p, p.sockets}
}

func (y pythonPeer) bind(t *testing.T, endpoint string) (bound string) {
	t.Helper()
	y.p.do(t, command{Do: "bind", Socket: y.id, Endpoint: endpoint}, &bound)
	return bound
}

func (y pythonPeer) connect(t *testing.T, endpoint string) {
	t.Helper()
	y.p.do(t, command{Do: "connect", Socket: y.id, Endpoint: endpoint}, nil)
}

func (y pythonPeer) send(t *testing.T, messages ...message) {
	t.Helper()
	y.p.do(t, command{Do: "send", Socket: y.id, Messages: messages}, nil)
}

func (y pythonPeer) recv(t *testing.T, n int) (got []message) {
	t.Helper()
	y.p.do(t, command{Do: "recv", Socket: y.id, Count: n}, &got)
	return got
}

func (y pythonPeer) within(t *testing.T, milliseconds int) (message, bool) {
	t.Helper()
	var there bool
	y.p.do(t, command{Do: "poll", Socket: y.id, Timeout: milliseconds}, &there)
	if !there {
		return nil, false
	}
	return y.recv(t, 1)[0], true
}

func (y pythonPeer) echo(t *testing.T, n int) (done func()) {
	t.Helper()
	wait := y.p.begin(t, command{Do: "echo", Socket: y.id, Count: n})
	return func() { t.Helper(); wait(nil) }
}

func (y pythonPeer) ask(t *testing.T, messages []message) (answers []message) {
	t.Helper()
	y.p.do(t, command{Do: "ask", Socket: y.id, Messages: messages}, &answers)
	return answers
}

func (y pythonPeer) do(t *testing.T) {
	t.Helper()
	y.p.do(t, command{Do: "poll", Socket: y.id, Timeout: 1}, nil)
}

func (y pythonPeer) close(t *testing.T) {
	t.Helper()
	y.p.do(t, command{Do: "close", Socket: y.id}, nil)
}
