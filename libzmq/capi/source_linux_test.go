//go:build cgo

package capi

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMsgSource: a message knows the descriptor that it came by, which is good
// for as long as the connection.
func TestMsgSource(t *testing.T) {
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
	fd, err := m.Get(SRCFD)
	ok(t, err)
	port := func(at syscall.Sockaddr, err error) int {
		if in4, ok := at.(*syscall.SockaddrInet4); ok && err == nil {
			return in4.Port
		}
		return 0
	}
	here, there := port(syscall.Getsockname(fd)), port(syscall.Getpeername(fd))
	if there == 0 || !strings.HasSuffix(endpoint, ":"+strconv.Itoa(here)) {
		t.Errorf("descriptor %d is between ports %d and %d, want %s", fd, here, there, endpoint)
	}
	ok(t, req.Close())
	for end := time.Now().Add(10 * time.Second); port(syscall.Getpeername(fd)) == there; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the descriptor is still connected when the peer has gone")
		}
	}
}
