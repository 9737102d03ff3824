//go:build unix

package zmq_test

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/libzmq"
)

func TestDraftGroups(t *testing.T) {
	zctx := drafts(t)
	radioSends := func(radio *zmq.Socket, group, body string) {
		t.Helper()
		m := zmq.NewMsg([]byte(body))
		m.SetGroup(group)
		if err := radio.SendMsg(testkit.Soon(t), m); err != nil {
			t.Fatal(err)
		}
	}
	for _, transport := range testkit.Transports {
		t.Run("V8 RADIO and DISH over "+transport, func(t *testing.T) {
			radio, endpoint := testkit.Bound(t, zctx, zmq.RADIO, transport)
			dish := testkit.Socket(t, zctx, zmq.DISH)
			long := strings.Repeat("g", 255)
			if err := dish.Join("movies", long); err != nil {
				t.Fatal(err)
			}
			if err := dish.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			// A RADIO drops what nobody wants yet.
			var m zmq.Msg
			testkit.Eventually(t, "the groups have arrived", func() bool {
				radioSends(radio, long, "first")
				return dish.TryRecv(&m) == nil
			})
			for dish.TryRecv(&m) == nil {
			}
			if m.Reset(); m.Len() != 0 {
				t.Error("a reset message has frames")
			}
			radioSends(radio, "movie", "another group")
			radioSends(radio, "moviess", "another group")
			radioSends(radio, "movies", "Godfather")
			for {
				if err := dish.RecvMsg(testkit.Soon(t), &m); err != nil {
					t.Fatal(err)
				}
				if m.Group() != long {
					break
				}
			}
			if m.Group() != "movies" || string(m.Frame(0)) != "Godfather" {
				t.Errorf("received %q of group %q", m.Frames(), m.Group())
			}
		})
	}
	t.Run("V9 joining wrongly", func(t *testing.T) {
		dish := testkit.Socket(t, zctx, zmq.DISH)
		if err := dish.Join("a"); err != nil {
			t.Fatal(err)
		}
		testkit.WantError(t, dish.Join("a"), zmq.ErrInvalid)
		testkit.WantError(t, dish.Join(strings.Repeat("g", 256)), zmq.ErrInvalid)
		testkit.WantError(t, dish.Join("b\x00c"), zmq.ErrInvalid)
		testkit.WantError(t, dish.Join(), zmq.ErrInvalid)
		testkit.WantError(t, dish.Leave("b"), zmq.ErrInvalid)
		if err := dish.Leave("a"); err != nil {
			t.Error(err)
		}
		testkit.WantError(t, dish.Leave("a"), zmq.ErrInvalid)
	})
	t.Run("V10 V12 over udp, with broken datagrams in between", func(t *testing.T) {
		endpoint := freeUDP(t)
		dish, radio := testkit.Socket(t, zctx, zmq.DISH), testkit.Socket(t, zctx, zmq.RADIO)
		if major, minor, patch, err := libzmq.Version(); err != nil || major*10000+minor*100+patch < 40306 {
			testkit.WantError(t, dish.Bind(endpoint), errors.ErrUnsupported) // it aborts on those datagrams
			return
		}
		testkit.WantError(t, dish.Connect(endpoint), zmq.ErrIncompatible)
		testkit.WantError(t, radio.Bind(endpoint), zmq.ErrIncompatible)
		if err := errors.Join(dish.Join("TV"), dish.Bind(endpoint), radio.Connect(endpoint)); err != nil {
			t.Fatal(err)
		}
		c, err := net.Dial("udp", strings.TrimPrefix(endpoint, udpScheme))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		var m zmq.Msg
		testkit.Eventually(t, "a message arrives", func() bool {
			for _, broken := range []string{"", "\xffTV", "\x03TV"} {
				_, _ = c.Write([]byte(broken))
			}
			radioSends(radio, "TV", "Friends")
			return dish.TryRecv(&m) == nil
		})
		if m.Group() != "TV" || string(m.Frame(0)) != "Friends" {
			t.Errorf("received %q of group %q", m.Frames(), m.Group())
		}
	})
	t.Run("V12 a message that no datagram holds is refused", func(t *testing.T) {
		radio := testkit.Socket(t, zctx, zmq.RADIO)
		if err := radio.Connect(freeUDP(t)); err != nil {
			t.Fatal(err)
		}
		m := zmq.NewMsg(make([]byte, 8190))
		m.SetGroup("TV")
		testkit.WantError(t, radio.TrySend(m), syscall.EMSGSIZE)
		m = zmq.NewMsg(make([]byte, 8189))
		m.SetGroup("TV")
		if err := radio.TrySend(m); err != nil {
			t.Error(err)
		}
	})
}

const udpScheme = "udp://"
