//go:build cgo

package capi

import (
	"bytes"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

func filled(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

func data(t testing.TB, m *Msg) []byte {
	t.Helper()
	b, err := m.Data()
	ok(t, err)
	if n, err := m.Size(); err != nil || n != len(b) {
		t.Fatalf("size is %d of %d: %v", n, len(b), err)
	}
	return b
}

// TestMsgData crosses the length from which libzmq keeps the bytes outside of the 64.
func TestMsgData(t *testing.T) {
	x, y := pair(t, PAIR, PAIR)
	for _, n := range []int{0, 1, 29, 30, 32, 33, 34, 35, 63, 64, 65, 8192, 1 << 20} {
		var m, r Msg
		ok(t, m.InitSize(n))
		copy(data(t, &m), filled(n))
		if sent, err := m.Send(x, 0); err != nil || sent != n {
			t.Fatalf("sent %d of %d: %v", sent, n, err)
		}
		if len(data(t, &m)) != 0 {
			t.Error("the frame is still there after sending")
		}
		ok(t, r.Init())
		if got, err := r.Recv(y, 0); err != nil || got != n {
			t.Fatalf("received %d of %d: %v", got, n, err)
		}
		if !bytes.Equal(data(t, &r), filled(n)) {
			t.Errorf("%d bytes changed on the way", n)
		}
		ok(t, m.Close())
		ok(t, r.Close())
		want(t, r.Close(), EFAULT)
	}
}

// TestMsgInit: nothing, a number of bytes, and a copy of some; NULL and 0 are none.
func TestMsgInit(t *testing.T) {
	want(t, second(new(Msg).Size()), EFAULT)
	var m Msg
	for _, init := range []func() error{m.Init, func() error { return m.InitSize(0) }} {
		ok(t, init())
		if n, err := m.Size(); err != nil || n != 0 {
			t.Errorf("%d bytes: %v", n, err)
		}
		if more, err := m.More(); err != nil || more {
			t.Errorf("more is %v: %v", more, err)
		}
		ok(t, m.Close())
		want(t, second(m.Size()), EFAULT)
	}
	want(t, m.InitSize(-1), EINVAL)
	for _, n := range []int{1, 33, 34, 100_000} {
		ok(t, m.InitSize(n))
		if len(data(t, &m)) != n {
			t.Errorf("%d bytes, want %d", len(data(t, &m)), n)
		}
		ok(t, m.Close())
	}
	for _, b := range [][]byte{nil, {}, filled(33), filled(34), filled(10_000)} {
		err := m.InitBuffer(b)
		if errors.Is(err, errors.ErrUnsupported) {
			break // zmq_msg_init_buffer is a draft
		}
		ok(t, err)
		kept := bytes.Clone(b)
		clear(b)
		if !bytes.Equal(data(t, &m), kept) {
			t.Errorf("%d bytes are no copy", len(kept))
		}
		ok(t, m.Close())
	}
}

// TestMsgDataMoves: the bytes of a short frame lie in Go memory, on a stack that may move.
func TestMsgDataMoves(t *testing.T) {
	done := make(chan bool)
	go func() {
		defer close(done)
		var m Msg
		ok(t, m.InitSize(8))
		b := data(t, &m)
		copy(b, "unmoved!")
		deep(200)
		runtime.GC()
		if string(b) != "unmoved!" || string(data(t, &m)) != "unmoved!" {
			t.Errorf("%q", b)
		}
		ok(t, m.Close())
	}()
	<-done
}

//go:noinline
func deep(n int) byte {
	var room [1024]byte
	if n > 0 {
		room[n%1024] = deep(n - 1)
	}
	return room[n%1024]
}

func TestMsgMoveAndCopy(t *testing.T) {
	for _, n := range []int{5, 33, 34, 1000} {
		var a, b Msg
		ok(t, a.InitSize(n))
		copy(data(t, &a), filled(n))
		want(t, b.Copy(&a), EFAULT)
		want(t, a.Copy(&b), EFAULT)
		want(t, a.Move(&b), EFAULT)
		ok(t, b.Init())
		ok(t, b.Copy(&a))
		if !bytes.Equal(data(t, &b), filled(n)) || !bytes.Equal(data(t, &a), filled(n)) {
			t.Error("the copy differs")
		}
		shared, err := b.Get(SHARED)
		ok(t, err)
		if (shared == 1) != (n > 33) {
			t.Errorf("%d bytes: shared is %d", n, shared)
		}
		ok(t, a.Copy(&a))
		ok(t, a.Move(&a))
		ok(t, a.Close())
		ok(t, a.Init())
		ok(t, a.Move(&b))
		if !bytes.Equal(data(t, &a), filled(n)) || len(data(t, &b)) != 0 {
			t.Error("the move did not move")
		}
		ok(t, a.Init()) // frees the frame
		ok(t, a.Close())
		ok(t, b.Close())
	}
}

func TestMsgProperties(t *testing.T) {
	x, y := pair(t, PAIR, PAIR)
	send(t, x, "a", SNDMORE)
	send(t, x, "b", 0)
	var m Msg
	ok(t, m.Init())
	defer m.Close()
	for _, more := range []bool{true, false} {
		_, err := m.Recv(y, 0)
		ok(t, err)
		if got, err := m.More(); err != nil || got != more {
			t.Errorf("more is %v: %v", got, err)
		}
		n, err := m.Get(MORE)
		ok(t, err)
		if (n == 1) != more {
			t.Errorf("MORE is %d", n)
		}
	}
	want(t, second(m.Get(999)), EINVAL)
	want(t, second(m.Get(SRCFD)), EINVAL)
	want(t, m.Set(MORE, 1), EINVAL)
	want(t, second(m.Gets(MSG_PROPERTY_PEER_ADDRESS)), EINVAL)
	want(t, second(m.Gets("\x00")), EINVAL)
}

func TestMsgGets(t *testing.T) {
	c := newCtx(t)
	rep, req := newSocket(t, c, REP), newSocket(t, c, REQ)
	ok(t, rep.Bind("tcp://127.0.0.1:*"))
	endpoint, err := rep.GetString(LAST_ENDPOINT)
	ok(t, err)
	ok(t, req.Connect(endpoint))
	send(t, req, "hello", 0)
	var m Msg
	ok(t, m.Init())
	defer m.Close()
	_, err = m.Recv(rep, 0)
	ok(t, err)
	for property, value := range map[string]string{MSG_PROPERTY_SOCKET_TYPE: "REQ", MSG_PROPERTY_PEER_ADDRESS: "127.0.0.1"} {
		if got, err := m.Gets(property); err != nil || got != value {
			t.Errorf("%s is %q: %v", property, got, err)
		}
	}
}

// freed waits for the count of calls to reach n, and then for one more that must not come: the
// loans are all back when the goroutine has ended.
func freed(t *testing.T, calls *atomic.Int32, n int32) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		loans.mu.Lock()
		back := loans.out == 0
		loans.mu.Unlock()
		if back {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("free was called %d times, want %d", calls.Load(), n)
		}
	}
	if calls.Load() != n {
		t.Fatalf("free was called %d times, want %d", calls.Load(), n)
	}
}

func TestMsgInitData(t *testing.T) {
	var calls atomic.Int32
	free := func() { calls.Add(1) }
	t.Run("close", func(t *testing.T) {
		calls.Store(0)
		var m Msg
		b := filled(5000)
		ok(t, m.InitData(b, free))
		if &data(t, &m)[0] != &b[0] {
			t.Error("the bytes were copied")
		}
		ok(t, m.Close())
		freed(t, &calls, 1)
	})
	t.Run("copies", func(t *testing.T) {
		calls.Store(0)
		var m, n Msg
		ok(t, m.InitData(filled(50), free))
		ok(t, n.Init())
		ok(t, n.Copy(&m))
		ok(t, m.Close())
		if calls.Load() != 0 {
			t.Error("freed while a copy lives")
		}
		ok(t, n.Close())
		freed(t, &calls, 1)
	})
	t.Run("send a copy", func(t *testing.T) {
		calls.Store(0)
		x, y := pair(t, PAIR, PAIR)
		var m, n Msg
		ok(t, m.InitData(filled(50), free))
		ok(t, n.Init())
		ok(t, n.Copy(&m))
		_, err := n.Send(x, 0)
		ok(t, err)
		ok(t, n.Close())
		ok(t, m.Close())
		if calls.Load() != 0 {
			t.Error("freed while it is on its way")
		}
		ok(t, m.Init())
		_, err = m.Recv(y, 0)
		ok(t, err)
		if calls.Load() != 0 || !bytes.Equal(data(t, &m), filled(50)) {
			t.Error("freed while the receiver has it")
		}
		ok(t, m.Close())
		freed(t, &calls, 1)
	})
	t.Run("send", func(t *testing.T) {
		calls.Store(0)
		c := newCtx(t)
		push, pull := newSocket(t, c, PUSH), newSocket(t, c, PULL)
		ok(t, pull.Bind("tcp://127.0.0.1:*"))
		endpoint, err := pull.GetString(LAST_ENDPOINT)
		ok(t, err)
		ok(t, push.Connect(endpoint))
		const count = 200
		go func() {
			for range count {
				var m Msg
				if err := m.InitData(filled(10_000), free); err != nil {
					t.Error(err)
				}
				if _, err := m.Send(push, 0); err != nil {
					t.Error(err)
				}
				_ = m.Close()
			}
		}()
		buf := make([]byte, 10_000)
		for range count {
			n, err := pull.Recv(buf, 0)
			ok(t, err)
			if n != len(buf) || !bytes.Equal(buf, filled(n)) {
				t.Fatal("the bytes changed on the way")
			}
		}
		freed(t, &calls, count)
	})
	t.Run("empty", func(t *testing.T) {
		calls.Store(0)
		var m Msg
		ok(t, m.InitData(nil, free))
		ok(t, m.InitData([]byte{}, free))
		ok(t, m.Close())
		freed(t, &calls, 2)
	})
	t.Run("no function", func(t *testing.T) {
		var m Msg
		ok(t, m.InitData(filled(10), nil))
		ok(t, m.Close())
		calls.Store(0)
		freed(t, &calls, 0)
	})
}

func TestMsgAllocations(t *testing.T) {
	if sanitized {
		t.Skip("the address sanitizer changes what is allocated")
	}
	x, y := pair(t, PAIR, PAIR)
	b := filled(20)
	if n := testing.AllocsPerRun(100, func() {
		var m Msg
		_ = m.InitSize(len(b))
		d, _ := m.Data()
		copy(d, b)
		_, _ = m.Send(x, 0)
		_, _ = m.Recv(y, 0)
		_ = m.Close()
		_, _ = x.Send(b, 0)
		_, _ = y.Recv(b, 0)
		_, _ = x.GetInt(EVENTS)
	}); n > 1 {
		t.Errorf("%v allocations: only the Msg, whose address Data returns, may need one", n)
	}
}
