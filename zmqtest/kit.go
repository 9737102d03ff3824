package zmqtest

import (
	"fmt"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// T is what the test of a row gets: the testing.T of its own, the engine, and
// verbs that fail the test when they fail. Everything made through T is closed
// with the test.
type T struct {
	*testing.T
	// Transport is the one the row is tried over now, "tcp" where the row
	// names none.
	Transport string

	new     NewContext
	zctx    *zmq.Context     // the row's, made when first needed
	differs deviations       // of the row
	skips   func(why string) // tells the report
}

// Skip skips the row, or the part of it, for a reason that the report tells.
func (t *T) Skip(why ...any) {
	t.Helper()
	if t.skips != nil {
		t.skips(fmt.Sprint(why...))
	}
	t.T.Skip(why...)
}

// Skipf is Skip with a format.
func (t *T) Skipf(format string, args ...any) {
	t.Helper()
	t.Skip(fmt.Sprintf(format, args...))
}

// NewContext makes a further context on the engine, which ends with the test.
func (t *T) NewContext(settings ...zmq.ContextSetting) *zmq.Context {
	t.Helper()
	zctx, err := t.new(settings...)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Ends(t, zctx)
	return zctx
}

// Zctx is the row's context.
func (t *T) Zctx() *zmq.Context {
	t.Helper()
	if t.zctx == nil {
		t.zctx = t.NewContext()
	}
	return t.zctx
}

// Run runs a part of the row on a context of its own.
func (t *T) Run(name string, part func(t *T)) {
	t.Helper()
	t.T.Run(name, func(sub *testing.T) {
		t.differs.instead(sub, name, part)(&T{T: sub, Transport: t.Transport, new: t.new, differs: t.differs, skips: t.skips})
	})
}

// Isolated runs the row's test again in a process of its own, and is true
// there: for what aborts a process where an engine is careless.
func (t *T) Isolated(environment ...string) bool {
	t.Helper()
	return testkit.Isolated(t.T, environment...)
}

// Socket makes a socket on the row's context.
func (t *T) Socket(typ zmq.SocketType, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	return testkit.Socket(t, t.Zctx(), typ, settings...)
}

// Bound makes a socket that is bound to an address of the row's transport
// which nobody else has.
func (t *T) Bound(typ zmq.SocketType, settings ...zmq.Setting) (s *zmq.Socket, endpoint string) {
	t.Helper()
	return testkit.Bound(t, t.Zctx(), typ, t.Transport, settings...)
}

// Connected makes a socket that is connected to endpoints.
func (t *T) Connected(typ zmq.SocketType, endpoint string, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	return testkit.Connected(t, t.Zctx(), typ, endpoint, settings...)
}

// Pair makes two sockets that are connected with each other over the row's
// transport: the first binds.
func (t *T) Pair(binds, connects zmq.SocketType) (b, c *zmq.Socket) {
	t.Helper()
	return testkit.Pair(t, t.Zctx(), t.Transport, binds, connects)
}

// Bind binds s to an address of the row's transport which nobody else has.
func (t *T) Bind(s *zmq.Socket) (endpoint string) {
	t.Helper()
	return testkit.Bind(t, s, t.Transport)
}

// Connect connects s.
func (t *T) Connect(s *zmq.Socket, endpoint string) {
	t.Helper()
	t.OK(s.Connect(endpoint))
}

// Send sends one message.
func (t *T) Send(s *zmq.Socket, frames ...string) {
	t.Helper()
	testkit.Send(t, s, frames...)
}

// Recv receives one message.
func (t *T) Recv(s *zmq.Socket) []string {
	t.Helper()
	return testkit.Recv(t, s)
}

// Expect receives one message, which must have these frames.
func (t *T) Expect(s *zmq.Socket, frames ...string) {
	t.Helper()
	testkit.Expect(t, s, frames...)
}

// ExpectNone fails when a message is there. It proves something only when the
// message, if there were one, would have come before an effect that the test
// has seen already.
func (t *T) ExpectNone(s *zmq.Socket) {
	t.Helper()
	testkit.ExpectNone(t, s)
}

// TrySend sends one message if that is possible at once.
func (t *T) TrySend(s *zmq.Socket, frames ...string) error {
	return s.TrySend(zmq.NewMsg(testkit.Bytes(frames...)...))
}

// OK fails the test at once when err is one.
func (t *T) OK(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Refused fails the test unless err is target.
func (t *T) Refused(err, target error) {
	t.Helper()
	testkit.WantError(t, err, target)
}

// Eventually waits until cond holds.
func (t *T) Eventually(what string, cond func() bool) {
	t.Helper()
	testkit.Eventually(t, what, cond)
}

// Drop closes s and all that it has not sent.
func (t *T) Drop(s *zmq.Socket) { testkit.Drop(s) }

// isolated is test in a process of its own, for what an engine may not survive.
func isolated(test func(t *T)) func(t *T) {
	return func(t *T) {
		t.Helper()
		if t.Isolated() {
			test(t)
		}
	}
}
