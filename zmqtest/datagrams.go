package zmqtest

import (
	"net"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

func datagrams(t *T) {
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	t.OK(err)
	defer c.Close()
	t.OK(c.SetDeadline(time.Now().Add(testkit.Hang)))
	dgram := t.Socket(zmq.DGRAM)
	t.Refused(dgram.Connect("udp://"+c.LocalAddr().String()), zmq.ErrIncompatible)
	for _, frames := range [][]string{{}, {"one"}, {"1", "2", "3"}} {
		t.Refused(t.TrySend(dgram, frames...), zmq.ErrInvalid)
	}
	endpoint := freeUDP(t, "127.0.0.1")
	t.OK(dgram.Bind(endpoint))
	at, err := net.ResolveUDPAddr("udp", strings.TrimPrefix(endpoint, "udp://"))
	t.OK(err)
	// The socket listens a moment after Bind: say it until it is heard.
	var m zmq.Msg
	t.Eventually("a datagram arrives", func() bool {
		_, err := c.WriteTo([]byte("hello"), at)
		return err == nil && dgram.TryRecv(&m) == nil
	})
	frames := testkit.Strings(m.Frames())
	// libzmq leaves a NUL at the end of the address.
	if len(frames) != 2 || strings.TrimRight(frames[0], "\x00") != c.LocalAddr().String() || frames[1] != "hello" {
		t.Fatalf("received %q, want the address and the bytes", frames)
	}
	buf := make([]byte, 10_000)
	for _, body := range []string{"back", "", varied(8000)} {
		t.Send(dgram, frames[0], body)
		n, from, err := c.ReadFrom(buf)
		t.OK(err)
		if string(buf[:n]) != body || from.String() != at.String() {
			t.Errorf("the peer received %.20q from %v, want %.20q from %v", buf[:n], from, body, at)
		}
	}
	t.Refused(t.TrySend(dgram, frames[0], varied(100_000)), syscall.EMSGSIZE)
	t.Send(dgram, frames[0], "still there")
	n, _, err := c.ReadFrom(buf)
	t.OK(err)
	if string(buf[:n]) != "still there" {
		t.Errorf("the peer received %q", buf[:n])
	}
}
