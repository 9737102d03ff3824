//go:build cgo

package capi

import (
	"encoding/binary"
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests need a libzmq with the draft API, which ZMQ_LIBRARY can name. TestMissing tests what
// the others say.

func TestDraftContextOptions(t *testing.T) {
	needDraft(t)
	c := newCtx(t)
	ok(t, c.SetExt(THREAD_NAME_PREFIX, []byte("worker")))
	buf := make([]byte, 64)
	n, err := c.GetExt(THREAD_NAME_PREFIX, buf)
	ok(t, err)
	if got := goString(buf[:n]); got != "worker" {
		t.Errorf("%q", got)
	}
	want(t, second(c.GetExt(THREAD_NAME_PREFIX, nil)), EINVAL)
	want(t, c.SetExt(THREAD_NAME_PREFIX, []byte(strings.Repeat("x", 99))), EINVAL)
}

func TestDraftServerAndClient(t *testing.T) {
	needDraft(t)
	server, client := pair(t, SERVER, CLIENT)
	var m Msg
	ok(t, m.InitBuffer([]byte("ask")))
	defer func() { ok(t, m.Close()) }()
	_, err := m.Send(client, 0)
	ok(t, err)
	_, err = m.Recv(server, 0)
	ok(t, err)
	if string(data(t, &m)) != "ask" {
		t.Errorf("%q", data(t, &m))
	}
	id, err := m.RoutingID()
	ok(t, err)
	if id == 0 {
		t.Error("no routing id")
	}
	ok(t, m.InitBuffer([]byte("answer")))
	want(t, m.SetRoutingID(0), EINVAL)
	ok(t, m.SetRoutingID(id))
	_, err = m.Send(server, 0)
	ok(t, err)
	if got := recv(t, client); got != "answer" {
		t.Errorf("%q", got)
	}
	want(t, second(client.Send([]byte("x"), SNDMORE)), EINVAL)
	want(t, second(client.FD()), EINVAL)
	if n, err := client.GetInt(THREAD_SAFE); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
	var missing *MissingError
	if err := server.DisconnectPeer(id); !errors.As(err, &missing) {
		ok(t, err) // newer than 4.3.5
		want(t, server.DisconnectPeer(id+12345), EHOSTUNREACH)
	} else if missing.Func != "zmq_disconnect_peer" {
		t.Error(err)
	}
}

func TestDraftRadioAndDish(t *testing.T) {
	needDraft(t)
	radio, dish := pair(t, RADIO, DISH)
	ok(t, dish.Join("news"))
	want(t, dish.Join("news"), EINVAL)
	want(t, dish.Leave("other"), EINVAL)
	want(t, dish.Join(strings.Repeat("x", GROUP_MAX_LENGTH+1)), EINVAL)
	want(t, dish.Join("a\x00b"), EINVAL)
	want(t, radio.Join("news"), ENOTSUP)
	long := strings.Repeat("g", GROUP_MAX_LENGTH)
	ok(t, dish.Join(long))
	var m Msg
	defer func() { ok(t, m.Close()) }()
	// The groups reach the radio when it looks for commands; joins are in order, so the last
	// message that arrives proves that all of them have.
	for _, group := range []string{"nobody", "news", long} {
		for {
			ok(t, m.InitBuffer([]byte(group)))
			if g, err := m.Group(); err != nil || g != "" {
				t.Fatalf("%q %v", g, err)
			}
			ok(t, m.SetGroup(group))
			_, err := m.Send(radio, 0)
			ok(t, err)
			if group == "nobody" {
				break
			}
			n, err := Poll([]PollItem{{Socket: dish, Events: POLLIN}}, 10)
			ok(t, err)
			if n == 1 {
				break
			}
		}
		if group == "nobody" {
			continue
		}
		_, err := m.Recv(dish, 0)
		ok(t, err)
		if g, err := m.Group(); err != nil || g != group || string(data(t, &m)) != group {
			t.Errorf("%q of %q: %v", data(t, &m), g, err)
		}
	}
	// It has the long group now.
	ok(t, m.SetGroup(long))
	want(t, m.SetGroup("short"), EBUSY)
	want(t, m.SetGroup(long+"x"), EINVAL)
	want(t, m.SetGroup("\x00"), EINVAL)
	ok(t, dish.Leave("news"))
}

func TestDraftPeer(t *testing.T) {
	needDraft(t)
	c := newCtx(t)
	a, b := newSocket(t, c, PEER), newSocket(t, c, PEER)
	ok(t, a.Bind("inproc://peer"))
	id, err := b.ConnectPeer("inproc://peer")
	ok(t, err)
	var m Msg
	ok(t, m.InitBuffer([]byte("hello")))
	defer m.Close()
	ok(t, m.SetRoutingID(id))
	_, err = m.Send(b, 0)
	ok(t, err)
	if got := recv(t, a); got != "hello" {
		t.Errorf("%q", got)
	}
	want(t, second(newSocket(t, c, PAIR).ConnectPeer("inproc://peer")), ENOTSUP)
	want(t, second(b.ConnectPeer("nothing")), EINVAL)
}

func TestDraftPeerState(t *testing.T) {
	needDraft(t)
	router, dealer := pair(t, ROUTER, DEALER)
	send(t, dealer, "x", 0)
	id := recv(t, router)
	if got, err := router.GetPeerState([]byte(id)); err != nil || got != POLLOUT {
		t.Errorf("%d %v", got, err)
	}
	want(t, second(router.GetPeerState([]byte("unknown"))), EHOSTUNREACH)
	want(t, second(router.GetPeerState(nil)), EINVAL)
	want(t, second(dealer.GetPeerState([]byte(id))), ENOTSUP)
}

func TestDraftMonitor(t *testing.T) {
	needDraft(t)
	c := newCtx(t)
	server, client, reports := newSocket(t, c, ROUTER), newSocket(t, c, DEALER), newSocket(t, c, PULL)
	want(t, server.MonitorPipesStats(), EINVAL)
	want(t, server.MonitorVersioned("inproc://m", EVENT_ALL_V2, 9, PUSH), EINVAL)
	want(t, server.MonitorVersioned("inproc://m", EVENT_ALL_V2, 2, 1<<40), EINVAL)
	ok(t, server.MonitorVersioned("inproc://m", EVENT_ALL_V2, 2, PUSH))
	ok(t, reports.Connect("inproc://m"))
	ok(t, server.Bind("tcp://127.0.0.1:*"))
	endpoint, err := server.GetString(LAST_ENDPOINT)
	ok(t, err)
	ok(t, client.Connect(endpoint))
	next := func() (event uint64, values []uint64) {
		number := func() uint64 { return binary.NativeEndian.Uint64([]byte(recv(t, reports))) }
		event = number()
		for range number() {
			values = append(values, number())
		}
		recv(t, reports) // local
		recv(t, reports) // remote
		return event, values
	}
	for _, event := range []uint64{EVENT_LISTENING, EVENT_ACCEPTED, EVENT_HANDSHAKE_SUCCEEDED} {
		if got, _ := next(); got != event {
			t.Errorf("event is %#x, want %#x", got, event)
		}
	}
	send(t, client, "x", 0)
	recv(t, server) // so the connection is known
	ok(t, server.MonitorPipesStats())
	for n := 0; n == 0; {
		_, err = server.GetInt(EVENTS) // the answer passes through the socket
		ok(t, err)
		n, err = Poll([]PollItem{{Socket: reports, Events: POLLIN}}, 10)
		ok(t, err)
	}
	if got, values := next(); got != EVENT_PIPES_STATS || len(values) != 2 {
		t.Errorf("event is %#x with %v", got, values)
	}
}

// TestDraftPipesStats: what is queued for a peer that is not there is counted, and nothing for one
// that has taken all.
func TestDraftPipesStats(t *testing.T) {
	needDraft(t)
	const hwm = 2 // small, so that a reader tells of every message that it has taken
	c := newCtx(t)
	watched := func(endpoint string) (queued func() (out, in uint64)) {
		push, reports := newSocket(t, c, PUSH), newSocket(t, c, PAIR)
		ok(t, push.SetInt(LINGER, 0))
		ok(t, push.SetInt(SNDHWM, hwm))
		name := "inproc://monitor of " + endpoint
		ok(t, push.MonitorVersioned(name, EVENT_PIPES_STATS, 2, PAIR))
		ok(t, reports.Connect(name))
		want(t, push.MonitorPipesStats(), EAGAIN) // no peer at all
		ok(t, push.Connect(endpoint))
		for range hwm {
			send(t, push, "x", 0)
		}
		return func() (out, in uint64) {
			ok(t, push.MonitorPipesStats())
			for n := 0; n == 0; {
				ok(t, second(push.GetInt(EVENTS))) // the answer passes through the socket
				var err error
				n, err = Poll([]PollItem{{Socket: reports, Events: POLLIN}}, 10)
				ok(t, err)
			}
			var frames [6]string // event, 2, out, in, local, remote
			for i := range frames {
				frames[i] = recv(t, reports)
			}
			number := func(frame string) uint64 { return binary.NativeEndian.Uint64([]byte(frame)) }
			return number(frames[2]), number(frames[3])
		}
	}
	queued := watched("ipc:///no/such/folder/nobody")
	if out, in := queued(); out != hwm || in != 0 {
		t.Errorf("the queues hold %d and %d messages, want %d and 0", out, in, hwm)
	}

	pull := newSocket(t, c, PULL)
	ok(t, pull.Bind("tcp://127.0.0.1:*"))
	endpoint, err := pull.GetString(LAST_ENDPOINT)
	ok(t, err)
	queued = watched(endpoint)
	for range hwm {
		recv(t, pull)
	}
	for end := time.Now().Add(30 * time.Second); ; { // the news of it is on the way
		if out, in := queued(); out == 0 && in == 0 {
			break
		} else if time.Now().After(end) {
			t.Fatalf("the queues hold %d and %d messages, want none", out, in)
		}
	}
}

func TestDraftPoller(t *testing.T) {
	needDraft(t)
	p, err := PollerNew()
	ok(t, err)
	want(t, second(p.Wait(-1)), EFAULT)
	want(t, second(p.Wait(0)), EAGAIN)
	x, y := pair(t, PAIR, PAIR)
	ok(t, p.Add(x, 1, POLLIN))
	ok(t, p.Add(y, 2, 0))
	want(t, p.Add(x, 3, POLLIN), EINVAL)
	want(t, p.Add(nil, 3, POLLIN), ENOTSOCK)
	want(t, p.Modify(x, 64), EINVAL)
	want(t, x.Close(), EBUSY)
	if n, err := p.Size(); err != nil || n != 2 {
		t.Errorf("%d %v", n, err)
	}
	want(t, second(p.Wait(10)), EAGAIN)
	send(t, y, "a", 0)
	ev, err := p.Wait(1000)
	ok(t, err)
	if ev.Socket != x || ev.UserData != 1 || ev.Events != POLLIN {
		t.Errorf("%+v", ev)
	}
	ok(t, p.Modify(y, POLLOUT))
	events := make([]PollerEvent, 100)
	n, err := p.WaitAll(events, 1000)
	ok(t, err)
	if n != 2 {
		t.Errorf("%+v", events[:n])
	}
	want(t, second(p.WaitAll(nil, 0)), EINVAL)
	want(t, second(p.FD()), EINVAL)
	ok(t, p.Remove(y))
	want(t, p.Remove(y), EINVAL)
	want(t, p.Modify(y, POLLIN), EINVAL)

	if runtime.GOOS != "windows" {
		r, w, err := os.Pipe()
		ok(t, err)
		defer r.Close()
		defer w.Close()
		fd := r.Fd()
		ok(t, p.AddFD(fd, 7, POLLIN))
		want(t, p.AddFD(fd, 7, POLLIN), EINVAL)
		ok(t, p.Remove(x))
		_, err = w.Write([]byte("x"))
		ok(t, err)
		if ev, err := p.Wait(1000); err != nil || ev.Socket != nil || ev.FD != fd || ev.UserData != 7 {
			t.Errorf("%+v %v", ev, err)
		}
		ok(t, p.ModifyFD(fd, 0))
		ok(t, p.RemoveFD(fd))
		want(t, p.RemoveFD(fd), EINVAL)
		want(t, p.AddFD(^uintptr(0), 7, POLLIN), EBADF)
		ok(t, p.Add(x, 1, POLLIN))
	}
	ok(t, p.Destroy())
	want(t, p.Destroy(), EFAULT)
	ok(t, x.Close()) // no longer polled
}

// TestDraftPollerOutlivesContext: what is left of a poller can be ended at any time.
func TestDraftPollerOutlivesContext(t *testing.T) {
	needDraft(t)
	c, err := CtxNew()
	ok(t, err)
	s, err := SocketNew(c, SERVER)
	ok(t, err)
	p, err := PollerNew()
	ok(t, err)
	ok(t, p.Add(s, 0, POLLIN))
	ok(t, c.Shutdown())
	if _, err := p.Wait(1000); err != ETERM {
		t.Errorf("waiting in a context that has ended: %v", err)
	}
	ok(t, p.Remove(s))
	ok(t, s.Close())
	ok(t, c.Term())
	ok(t, p.Destroy())
}

func TestDraftPollerDescriptor(t *testing.T) {
	needDraft(t)
	server, client := pair(t, SERVER, CLIENT)
	p, err := PollerNew()
	ok(t, err)
	defer func() { ok(t, p.Destroy()) }()
	ok(t, p.Add(server, 0, POLLIN))
	fd, err := p.FD()
	ok(t, err)
	want(t, second(p.Wait(0)), EAGAIN)
	send(t, client, "x", 0)
	if n, err := Poll([]PollItem{{FD: fd, Events: POLLIN}}, 1000); err != nil || n != 1 {
		t.Errorf("%d %v", n, err)
	}
}

func TestDraftPPoll(t *testing.T) {
	needDraft(t)
	x, y := pair(t, PAIR, PAIR)
	items := []PollItem{{Socket: x, Events: POLLIN}}
	if n, err := PPoll(items, 0, nil); err != nil || n != 0 {
		t.Errorf("%d %v", n, err)
	}
	send(t, y, "a", 0)
	for _, block := range [][]syscall.Signal{nil, {}, {syscall.SIGINT, syscall.SIGTERM}} {
		if runtime.GOOS == "windows" && block != nil {
			continue
		}
		if n, err := PPoll(items, 1000, block); err != nil || n != 1 || items[0].Revents != POLLIN {
			t.Errorf("%d %v", n, err)
		}
	}
	want(t, second(PPoll(items, 0, []syscall.Signal{-5})), EINVAL)
	if n, err := PPoll(nil, 1, nil); err != nil || n != 0 {
		t.Errorf("%d %v", n, err)
	}
}
