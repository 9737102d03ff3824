// Package testkit holds what the tests of this module share on whatever
// engine: sockets that are closed with the test, endpoints without fixed
// ports, waits for an effect instead of for a while. Package testlib adds what
// is libzmq's.
package testkit

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// Hang is how long something may take before it is called a hang. It only
// bounds failures: nothing waits for so long that works.
const Hang = 30 * time.Second

// Ends closes zctx with the test. Its end must be clean, but for LINGERs that
// ran out.
func Ends(t testing.TB, zctx *zmq.Context) {
	t.Cleanup(func() {
		if err := zctx.Close(); err != nil && !errors.Is(err, zmq.ErrLinger) {
			t.Errorf("closing the test's context: %v", err)
		}
	})
}

// Socket makes a socket that is closed with the test. What it has not sent by
// then is dropped, unless the test closed it itself.
func Socket(t testing.TB, zctx *zmq.Context, typ zmq.SocketType, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	s, err := zctx.NewSocket(typ, settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { Drop(s) })
	return s
}

// Drop closes s and all that it has not sent.
func Drop(s *zmq.Socket) {
	_ = s.Set(opt.Linger.To(0)) // fails when s is closed, which is as good
	_ = s.Close()
}

// Bound makes a socket that is bound to an address of the transport which
// nobody else has, and returns that too.
func Bound(t testing.TB, zctx *zmq.Context, typ zmq.SocketType, transport string, settings ...zmq.Setting) (*zmq.Socket, string) {
	t.Helper()
	s := Socket(t, zctx, typ, settings...)
	return s, Bind(t, s, transport)
}

// Connected makes a socket that is connected to an endpoint.
func Connected(t testing.TB, zctx *zmq.Context, typ zmq.SocketType, endpoint string, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	s := Socket(t, zctx, typ, settings...)
	if err := s.Connect(endpoint); err != nil {
		t.Fatal(err)
	}
	return s
}

// Bind binds s to an address of the transport which nobody else has.
func Bind(t testing.TB, s *zmq.Socket, transport string) string {
	t.Helper()
	if err := s.Bind(Endpoint(t, transport)); err != nil {
		t.Fatal(err)
	}
	return s.LastEndpoint()
}

// Pair makes two sockets that are connected with each other.
func Pair(t testing.TB, zctx *zmq.Context, transport string, binds, connects zmq.SocketType) (b, c *zmq.Socket) {
	t.Helper()
	b, endpoint := Bound(t, zctx, binds, transport)
	return b, Connected(t, zctx, connects, endpoint)
}

// Soon is a context for calls that are not going to wait long.
func Soon(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), Hang)
	t.Cleanup(cancel)
	return ctx
}

// Send sends frames as one message.
func Send(t testing.TB, s *zmq.Socket, frames ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Hang)
	defer cancel()
	if err := s.Send(ctx, Bytes(frames...)...); err != nil {
		t.Fatal(err)
	}
}

// Recv receives one message.
func Recv(t testing.TB, s *zmq.Socket) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Hang)
	defer cancel()
	frames, err := s.Recv(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return Strings(frames)
}

// Expect receives one message, which must have these frames.
func Expect(t testing.TB, s *zmq.Socket, frames ...string) {
	t.Helper()
	if got := Recv(t, s); !slices.Equal(got, frames) {
		t.Fatalf("received %q, want %q", got, frames)
	}
}

// ExpectNone fails when a message is there. It proves something only when the
// message, if there were one, would have come before an effect that the test
// has seen already.
func ExpectNone(t testing.TB, s *zmq.Socket) {
	t.Helper()
	var m zmq.Msg
	switch err := s.TryRecv(&m); {
	case err == nil:
		t.Fatalf("received %q, want nothing", m.Frames())
	case !errors.Is(err, zmq.ErrAgain):
		t.Fatal(err)
	}
}

// Bytes and Strings convert the frames of a message.
func Bytes(frames ...string) [][]byte {
	b := make([][]byte, len(frames))
	for i, f := range frames {
		b[i] = []byte(f)
	}
	return b
}

func Strings(frames [][]byte) []string {
	s := make([]string, len(frames))
	for i, f := range frames {
		s[i] = string(f)
	}
	return s
}

// WantError fails unless err is target.
func WantError(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("error is %v, want %v", err, target)
	}
}

// Eventually waits until cond holds.
func Eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	if !Within(Hang, cond) {
		t.Fatalf("still not so: %s", what)
	}
}

// Within waits until cond holds, but no longer than d, and reports whether it
// did.
func Within(d time.Duration, cond func() bool) bool {
	for end := time.Now().Add(d); !cond(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// Returns fails, with all stacks, when f takes so long that it hangs.
func Returns(t testing.TB, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(Hang):
		t.Fatalf("%s hangs\n%s", what, Stacks())
	}
}

// Stacks are the stacks of all goroutines.
func Stacks() string {
	buf := make([]byte, 1<<20)
	return string(buf[:runtime.Stack(buf, true)])
}

// Group runs goroutines of a test. An error of one fails the test.
type Group struct {
	t    testing.TB
	n    int
	errs chan error
}

// Go runs f in a goroutine.
func (g *Group) Go(f func() error) {
	g.n++
	go func() { g.errs <- f() }()
}

// NewGroup makes a group; Wait belongs to it.
func NewGroup(t testing.TB) *Group { return &Group{t: t, errs: make(chan error, 1024)} }

// Wait waits for all goroutines so far.
func (g *Group) Wait() {
	g.t.Helper()
	hang := time.After(Hang)
	for ; g.n > 0; g.n-- {
		select {
		case err := <-g.errs:
			if err != nil {
				g.t.Error(err)
			}
		case <-hang:
			g.t.Fatalf("%d goroutines hang\n%s", g.n, Stacks())
		}
	}
}

// Numbered is the text of message i of a stream.
func Numbered(i int) string { return fmt.Sprintf("%08d", i) }
