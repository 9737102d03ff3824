//go:build cgo

package capi

import (
	"os"
	"runtime"
	"testing"
	"time"
)

func TestPoll(t *testing.T) {
	x, y := pair(t, PAIR, PAIR)
	items := []PollItem{{Socket: x, Events: POLLIN}, {Socket: y, Events: POLLIN | POLLOUT}}
	n, err := Poll(items, 0)
	ok(t, err)
	if n != 1 || items[0].Revents != 0 || items[1].Revents != POLLOUT {
		t.Errorf("%d %+v", n, items)
	}
	send(t, x, "a", 0)
	n, err = Poll(items, -1)
	ok(t, err)
	if n != 1 || items[1].Revents != POLLIN|POLLOUT {
		t.Errorf("%d %+v", n, items)
	}
	// More than fit on the stack.
	many := make([]PollItem, 3*pollStack)
	for i := range many {
		many[i] = PollItem{Socket: y, Events: POLLIN}
	}
	if n, err = Poll(many, 1000); err != nil || n != len(many) {
		t.Errorf("%d %v", n, err)
	}
	start := time.Now()
	if n, err = Poll(nil, 20); err != nil || n != 0 || time.Since(start) < 20*time.Millisecond {
		t.Errorf("%d %v after %v", n, err, time.Since(start))
	}
	want(t, second(Poll([]PollItem{{Socket: y, Events: 64}}, 0)), EINVAL)
	want(t, second(Poll([]PollItem{{Socket: new(Socket), Events: POLLIN}}, 0)), ENOTSOCK)
}

func TestPollDescriptor(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("pipes cannot be polled on Windows")
	}
	r, w, err := os.Pipe()
	ok(t, err)
	defer r.Close()
	defer w.Close()
	items := []PollItem{{FD: r.Fd(), Events: POLLIN}}
	if n, err := Poll(items, 0); err != nil || n != 0 {
		t.Errorf("%d %v", n, err)
	}
	_, err = w.Write([]byte("x"))
	ok(t, err)
	if n, err := Poll(items, 1000); err != nil || n != 1 || items[0].Revents != POLLIN {
		t.Errorf("%d %v %+v", n, err, items)
	}
	want(t, second(Poll([]PollItem{{FD: ^uintptr(0), Events: POLLIN}}, 0)), EINVAL)
}

func TestProxy(t *testing.T) {
	c, err := CtxNew()
	ok(t, err)
	var sockets []*Socket
	make := func(typ int, bind string) *Socket {
		s, err := SocketNew(c, typ)
		ok(t, err)
		ok(t, s.SetInt(LINGER, 0))
		ok(t, s.SetInt(RCVTIMEO, 10_000))
		if bind != "" {
			ok(t, s.Bind(bind))
		}
		sockets = append(sockets, s)
		return s
	}
	run := func(f func(a, b *Socket) error, name string) chan error {
		done := ready()
		a, b := make(ROUTER, "inproc://front-"+name), make(DEALER, "inproc://back-"+name)
		go func() { done <- f(a, b) }()
		return done
	}
	plain := run(func(a, b *Socket) error { return Proxy(a, b, nil) }, "plain")
	device := run(func(a, b *Socket) error { return Device(QUEUE, a, b) }, "device")
	capture, watch := make(PUSH, "inproc://capture"), make(PULL, "")
	control, steer := make(PAIR, "inproc://control"), make(PAIR, "")
	ok(t, watch.Connect("inproc://capture"))
	ok(t, steer.Connect("inproc://control"))
	steered := run(func(a, b *Socket) error { return ProxySteerable(a, b, capture, control) }, "steered")

	for _, name := range []string{"plain", "device", "steered"} {
		req, rep := make(REQ, ""), make(REP, "")
		ok(t, req.Connect("inproc://front-"+name))
		ok(t, rep.Connect("inproc://back-"+name))
		send(t, req, "ping", 0)
		if got := recv(t, rep); got != "ping" {
			t.Errorf("%q", got)
		}
		send(t, rep, "pong", 0)
		if got := recv(t, req); got != "pong" {
			t.Errorf("%q", got)
		}
	}
	// Identity, delimiter and body of the request.
	for i, length := range []int{5, 0, 4} {
		if got := recv(t, watch); len(got) != length {
			t.Errorf("captured frame %d is %q", i, got)
		}
	}
	send(t, steer, "TERMINATE", 0)
	ok(t, <-steered)
	ok(t, c.Shutdown())
	want(t, <-plain, ETERM)
	want(t, <-device, ETERM)
	for _, s := range sockets {
		ok(t, s.Close())
	}
	ok(t, c.Term())
}

// ready returns a channel that a goroutine can always send its result to.
func ready() chan error { return make(chan error, 1) }
