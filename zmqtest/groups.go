package zmqtest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

const probe = "are you there?"

// radioReaches sends a message to a group, again and again because a RADIO
// drops what nobody wants yet and udp what it likes, until the DISH has it.
// Nothing may come in between but such messages; what was sent too often is
// left for fromGroup to skip.
func (t *T) radioReaches(radio, dish *zmq.Socket, group string) {
	t.Helper()
	body := fmt.Sprint(probe, rand.Uint64())
	var m zmq.Msg
	t.Eventually(fmt.Sprintf("group %.20q is heard", group), func() bool {
		t.OK(radio.SendMsg(testkit.Soon(t), inGroup(group, body)))
		for dish.TryRecv(&m) == nil {
			if m.Len() != 1 || !strings.HasPrefix(string(m.Frame(0)), probe) {
				t.Fatalf("received %.40q of group %.20q", m.Frames(), m.Group())
			}
			if m.Group() == group && string(m.Frame(0)) == body {
				return true
			}
		}
		return false
	})
}

// fromGroup receives the next message that is not of radioReaches.
func (t *T) fromGroup(dish *zmq.Socket) (group, body string) {
	t.Helper()
	var m zmq.Msg
	for {
		t.OK(dish.RecvMsg(testkit.Soon(t), &m))
		if body := string(m.Frame(0)); m.Len() != 1 || !strings.HasPrefix(body, probe) {
			return m.Group(), body
		}
	}
}

func groupsAreExact(t *T) {
	radio, endpoint := t.Bound(zmq.RADIO)
	dish := t.Socket(zmq.DISH)
	other := t.Socket(zmq.DISH)
	t.OK(dish.Join("movies"))
	t.OK(other.Join("movie", "moviess"))
	t.Connect(dish, endpoint)
	t.Connect(other, endpoint)
	t.radioReaches(radio, dish, "movies")
	t.OK(dish.Join("music"))
	t.radioReaches(radio, dish, "music")
	t.radioReaches(radio, other, "moviess")
	send := func(group, body string) { t.OK(radio.SendMsg(testkit.Soon(t), inGroup(group, body))) }
	hears := func(s *zmq.Socket, group, body string) {
		t.Helper()
		if g, b := t.fromGroup(s); g != group || b != body {
			t.Errorf("received %.20q of group %q, want %q of %q", b, g, body, group)
		}
	}
	send("movie", "first")
	send("moviess", "second")
	send("Movies", "nobody's")
	send("m", "nobody's")
	send("movies", "third")
	send("music", varied(100_000))
	hears(dish, "movies", "third")
	hears(dish, "music", varied(100_000))
	hears(other, "movie", "first")
	hears(other, "moviess", "second")
	t.OK(dish.Leave("music"))
	send("music", "too late")
	send("movies", "last")
	hears(dish, "movies", "last")
	t.Refused(dish.Send(testkit.Soon(t), []byte("x")), zmq.ErrNotSupported)
	t.Refused(radio.RecvMsg(testkit.Soon(t), new(zmq.Msg)), zmq.ErrNotSupported)
}

// freeUDP is a udp endpoint of a host that was free a moment ago.
func freeUDP(t *T, host string) string {
	t.Helper()
	c, err := net.ListenPacket("udp", net.JoinHostPort(host, "0"))
	t.OK(err)
	defer c.Close()
	return "udp://" + c.LocalAddr().String()
}

func radioOverUDP(t *T) {
	hosts := map[string]bool{"127.0.0.1": false, "::1": true}
	if c, err := net.ListenPacket("udp6", "[::1]:0"); err != nil {
		t.Logf("this machine has no IPv6: %v", err)
		delete(hosts, "::1")
	} else {
		t.OK(c.Close())
	}
	for host, v6 := range hosts {
		endpoint := freeUDP(t, host)
		dish, radio := t.Socket(zmq.DISH, opt.IPv6.To(v6)), t.Socket(zmq.RADIO, opt.IPv6.To(v6))
		t.Refused(dish.Connect(endpoint), zmq.ErrIncompatible)
		t.Refused(radio.Bind(endpoint), zmq.ErrIncompatible)
		t.OK(dish.Join("TV"))
		t.OK(dish.Bind(endpoint))
		t.Connect(radio, endpoint)
		t.radioReaches(radio, dish, "TV")
		t.OK(radio.SendMsg(testkit.Soon(t), inGroup("Radio", "not joined")))
		t.radioReaches(radio, dish, "TV")
	}
	t.Refused(t.Socket(zmq.PUSH).Connect("udp://127.0.0.1:1"), zmq.ErrIncompatible)
}

func oddDatagrams(t *T) {
	radio := t.Socket(zmq.RADIO)
	t.tooLarge(radio)

	endpoint := freeUDP(t, "127.0.0.1")
	dish := t.Socket(zmq.DISH)
	t.OK(dish.Join("TV"))
	t.OK(dish.Bind(endpoint))
	t.Connect(radio, endpoint)
	c, err := net.Dial("udp", strings.TrimPrefix(endpoint, "udp://"))
	t.OK(err)
	defer c.Close()
	t.radioReaches(radio, dish, "TV") // it listens
	for range 3 {
		for _, odd := range []string{"", "\x00", "\x01", "\x02T", "\x03TV", "\x7fTV", "\x80TV", "\xffTV", "\xff" + varied(254), "\x80" + varied(8000)} {
			_, err := c.Write([]byte(odd))
			t.OK(err)
		}
		for n := range 256 {
			_, err := c.Write(append([]byte{byte(n)}, varied(n/2)...))
			t.OK(err)
		}
		t.radioReaches(radio, dish, "TV")
	}
	t.tooLarge(radio)
}

// tooLarge sends what just fits into a datagram, and what does not.
func (t *T) tooLarge(radio *zmq.Socket) {
	t.Helper()
	t.Connect(radio, freeUDP(t, "127.0.0.1"))
	t.OK(radio.TrySend(inGroup("TV", varied(8192-1-len("TV")))))
	for _, size := range []int{8192 - len("TV"), 9000, 100_000} {
		t.Refused(radio.TrySend(inGroup("TV", varied(size))), syscall.EMSGSIZE)
	}
	t.OK(radio.TrySend(inGroup("TV", "small")))
}
