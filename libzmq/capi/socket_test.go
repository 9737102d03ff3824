//go:build cgo

package capi

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"
)

func TestContext(t *testing.T) {
	c, err := CtxNew()
	ok(t, err)
	ok(t, c.Set(IO_THREADS, 2))
	if n, err := c.Get(IO_THREADS); err != nil || n != 2 {
		t.Errorf("%d %v", n, err)
	}
	if n, err := c.Get(THREAD_SCHED_POLICY); err != nil || n != -1 {
		t.Errorf("an option whose value is -1: %d %v", n, err)
	}
	want(t, second(c.Get(12345)), EINVAL)
	want(t, c.Set(IO_THREADS, -5), EINVAL)
	ok(t, c.Shutdown())
	ok(t, c.Shutdown())
	want(t, second(SocketNew(c, PAIR)), ETERM)
	ok(t, c.Term())
	want(t, c.Term(), EFAULT)

	for _, end := range []func(*Ctx) error{(*Ctx).Term, (*Ctx).TermLegacy, (*Ctx).Destroy} {
		c, err := Init(3)
		ok(t, err)
		if n, err := c.Get(IO_THREADS); err != nil || n != 3 {
			t.Errorf("%d %v", n, err)
		}
		ok(t, end(c))
		want(t, end(c), EFAULT)
	}
}

// TestTermFromManyGoroutines: one ends the context, the others are told that it is gone.
func TestTermFromManyGoroutines(t *testing.T) {
	c, err := CtxNew()
	ok(t, err)
	results := make(chan error)
	for range 4 {
		go func() { _ = c.Shutdown(); results <- c.Term() }()
	}
	n := 0
	for range 4 {
		if err := <-results; err == nil {
			n++
		} else {
			want(t, err, EFAULT)
		}
	}
	if n != 1 {
		t.Errorf("%d calls ended the context", n)
	}
}

func TestSendAndReceive(t *testing.T) {
	x, y := pair(t, PAIR, PAIR)
	send(t, x, "one", SNDMORE)
	send(t, x, "", 0)
	if got := recv(t, y); got != "one" {
		t.Errorf("%q", got)
	}
	if more, err := y.GetInt(RCVMORE); err != nil || more != 1 {
		t.Errorf("%d %v", more, err)
	}
	if got := recv(t, y); got != "" {
		t.Errorf("%q", got)
	}
	send(t, x, "longer", 0)
	buf := make([]byte, 3)
	if n, err := y.Recv(buf, 0); err != nil || n != 6 || string(buf) != "lon" {
		t.Errorf("%d %q %v", n, buf, err)
	}
	want(t, second(y.Recv(buf, DONTWAIT)), EAGAIN)
	_, err := x.SendConst(nil, 0, 0)
	ok(t, err)
	if got := recv(t, y); got != "" {
		t.Errorf("%q", got)
	}
	want(t, second(x.SendConst(nil, 1, 0)), EINVAL)
	_, err = x.SendConst(unsafe.Pointer(unsafe.StringData(constant)), len(constant), 0)
	ok(t, err)
	if got := recv(t, y); got != constant {
		t.Errorf("%q", got)
	}
	var m Msg
	ok(t, m.InitSize(2))
	copy(data(t, &m), "hi")
	_, err = x.SendMsg(&m, 0)
	ok(t, err)
	_, err = y.RecvMsg(&m, 0)
	ok(t, err)
	if string(data(t, &m)) != "hi" {
		t.Errorf("%q", data(t, &m))
	}
	ok(t, m.Close())
	want(t, second(x.SendMsg(&m, 0)), EFAULT)
}

// constant is in the program's read-only memory, which is never freed.
const constant = "a constant that is longer than thirty-three bytes"

func TestIov(t *testing.T) {
	x, y := pair(t, PAIR, PAIR)
	parts := [][]byte{[]byte("a"), {}, nil, bytes.Repeat([]byte("x"), 5000)}
	n, err := x.SendIov(parts, SNDMORE)
	ok(t, err)
	if n != 5000 {
		t.Errorf("sent %d", n)
	}
	got, err := y.RecvIov(10, 0)
	ok(t, err)
	if !slices.EqualFunc(got, parts, bytes.Equal) {
		t.Errorf("%d frames: %.20q", len(got), got)
	}
	// Without the flag they are messages of their own.
	_, err = x.SendIov([][]byte{[]byte("a"), []byte("b")}, 0)
	ok(t, err)
	for _, s := range []string{"a", "b"} {
		if got, err := y.RecvIov(10, 0); err != nil || len(got) != 1 || string(got[0]) != s {
			t.Errorf("%q %v", got, err)
		}
	}
	// A limit leaves the rest, and long messages come whole.
	many := make([][]byte, 3000)
	_, err = x.SendIov(many, SNDMORE)
	ok(t, err)
	for _, limit := range []int{1, 1023, 1024, 1 << 20} {
		got, err := y.RecvIov(limit, 0)
		ok(t, err)
		if want := min(limit, len(many)); len(got) != want {
			t.Errorf("%d frames, want %d", len(got), want)
		}
		many = many[len(got):]
	}
	want(t, second(y.RecvIov(1, DONTWAIT)), EAGAIN)
	want(t, second(y.RecvIov(0, 0)), EINVAL)
	want(t, second(x.SendIov(nil, 0)), EINVAL)
}

func TestOptions(t *testing.T) {
	c := newCtx(t)
	s := newSocket(t, c, ROUTER)
	ok(t, s.SetInt(SNDHWM, 7))
	if n, err := s.GetInt(SNDHWM); err != nil || n != 7 {
		t.Errorf("%d %v", n, err)
	}
	ok(t, s.SetInt64(MAXMSGSIZE, 1<<40))
	if n, err := s.GetInt64(MAXMSGSIZE); err != nil || n != 1<<40 {
		t.Errorf("%d %v", n, err)
	}
	ok(t, s.SetUint64(AFFINITY, 1))
	if n, err := s.GetUint64(AFFINITY); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	ok(t, s.SetBytes(ROUTING_ID, []byte{0xff, 0, 7}))
	if b, err := s.GetBytes(ROUTING_ID); err != nil || !bytes.Equal(b, []byte{0xff, 0, 7}) {
		t.Errorf("%x %v", b, err)
	}
	ok(t, s.SetString(ZAP_DOMAIN, "global"))
	if v, err := s.GetString(ZAP_DOMAIN); err != nil || v != "global" {
		t.Errorf("%q %v", v, err)
	}
	buf := make([]byte, 4)
	n, err := s.GetOption(TYPE, buf)
	ok(t, err)
	if n != 4 || binary.NativeEndian.Uint32(buf) != ROUTER {
		t.Errorf("%d %x", n, buf)
	}
	want(t, s.SetInt(SNDHWM, 1<<40), EINVAL)
	want(t, s.SetInt(54321, 1), EINVAL)
	want(t, second(s.GetOption(TYPE, nil)), EINVAL)
	want(t, second(s.GetBytes(54321)), EINVAL)
	want(t, second(s.GetInt(MAXMSGSIZE)), EINVAL)
	// NULL and an empty value differ: only the first means "none".
	ok(t, s.SetString(PLAIN_USERNAME, "me"))
	want(t, s.SetOption(PLAIN_USERNAME, []byte{}), EINVAL)
	ok(t, s.SetOption(PLAIN_USERNAME, nil))
	if fd, err := s.FD(); err != nil || fd == 0 {
		t.Errorf("%d %v", fd, err)
	}
	// An endpoint that is longer than the first buffer.
	long := "inproc://" + strings.Repeat("x", 600)
	ok(t, s.Bind(long))
	if v, err := s.GetString(LAST_ENDPOINT); err != nil || v != long {
		t.Errorf("%d bytes, %v", len(v), err)
	}
}

func TestCurveOptions(t *testing.T) {
	if !Has("curve") {
		t.Skip("the loaded libzmq was built without CURVE")
	}
	s := newSocket(t, newCtx(t), DEALER)
	public, secret, err := CurveKeypair()
	ok(t, err)
	ok(t, s.SetString(CURVE_PUBLICKEY, public))
	ok(t, s.SetString(CURVE_SECRETKEY, secret))
	if v, err := s.GetString(CURVE_PUBLICKEY); err != nil || v != public {
		t.Errorf("%q %v", v, err)
	}
	raw, err := Z85Decode(public)
	ok(t, err)
	if b, err := s.GetBytes(CURVE_PUBLICKEY); err != nil || !bytes.Equal(b, raw) {
		t.Errorf("%x %v", b, err)
	}
}

func TestEndpoints(t *testing.T) {
	s := newSocket(t, newCtx(t), REP)
	ok(t, s.Bind("tcp://127.0.0.1:*"))
	endpoint, err := s.GetString(LAST_ENDPOINT)
	ok(t, err)
	want(t, newSocket(t, newCtx(t), REP).Bind(endpoint), EADDRINUSE)
	ok(t, s.Unbind(endpoint))
	want(t, s.Unbind(endpoint), ENOENT)
	ok(t, s.Connect("inproc://nobody"))
	ok(t, s.Disconnect("inproc://nobody"))
	want(t, s.Disconnect("inproc://nobody"), ENOENT)
	want(t, s.Bind("nothing"), EINVAL)
	want(t, s.Connect("carrier-pigeon://x"), EPROTONOSUPPORT)
	want(t, s.Bind("inproc://\x00"), EINVAL)
}

func TestMonitor(t *testing.T) {
	c := newCtx(t)
	server, client, reports := newSocket(t, c, REP), newSocket(t, c, REQ), newSocket(t, c, PAIR)
	ok(t, server.Monitor("inproc://monitor", EVENT_ALL))
	ok(t, reports.Connect("inproc://monitor"))
	ok(t, server.Bind("tcp://127.0.0.1:*"))
	endpoint, err := server.GetString(LAST_ENDPOINT)
	ok(t, err)
	ok(t, client.Connect(endpoint))
	next := func() int {
		frame := recv(t, reports)
		if len(frame) != 6 {
			t.Fatalf("%d bytes", len(frame))
		}
		if where := recv(t, reports); where != endpoint && where != "" {
			t.Errorf("reported for %q", where)
		}
		return int(binary.NativeEndian.Uint16([]byte(frame)))
	}
	for _, event := range []int{EVENT_LISTENING, EVENT_ACCEPTED, EVENT_HANDSHAKE_SUCCEEDED} {
		if got := next(); got != event {
			t.Errorf("event is %#x, want %#x", got, event)
		}
	}
	ok(t, server.Monitor("", 0))
	if got := next(); got != EVENT_MONITOR_STOPPED {
		t.Errorf("event is %#x", got)
	}
	want(t, server.Monitor("tcp://127.0.0.1:*", EVENT_ALL), EPROTONOSUPPORT)
	want(t, server.Monitor("inproc://x", 1<<40), EINVAL)
}

// TestShutdownWakes: a call that blocks ends when the context is shut down.
func TestShutdownWakes(t *testing.T) {
	c := newCtx(t)
	s := newSocket(t, c, PULL)
	ok(t, s.SetInt(RCVTIMEO, -1))
	result := make(chan error)
	go func() { result <- second(s.Recv(nil, 0)) }()
	time.Sleep(5 * time.Millisecond) // more often than not the call blocks already; both ways it must end
	ok(t, c.Shutdown())
	want(t, <-result, ETERM)
}
