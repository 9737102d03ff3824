package zmqtest

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/wire"
)

// Y26: RADIO and DISH.

func groupsOnTheWire(t *T) {
	t.Run("RADIO", func(t *T) {
		radio, endpoint := t.Bound(zmq.RADIO)
		dish := wire.Dial(t, endpoint)
		dish.Null("DISH")
		dish.Command("JOIN", "group")
		stop := broadcasting(t, radio, "group", "a message")
		dish.Expect("group", "a message")
		stop()
		dish.Command("JOIN", "other")
		stop = broadcasting(t, radio, "other", "b message")
		for m := dish.Recv(); m[0] != "other"; m = dish.Recv() {
		}
		stop()
		dish.Command("LEAVE", "group")
		dish.Command("JOIN", "end")
		stop = broadcasting(t, radio, "end", "c message")
		for m := dish.Recv(); m[0] != "end"; m = dish.Recv() {
		}
		stop()
		// It has left the group: only others come.
		broadcast(t, radio, "group", "a message")
		broadcast(t, radio, "other", "the last")
		for m := dish.Recv(); m[1] != "the last"; m = dish.Recv() {
			if m[0] == "group" {
				t.Fatal("a message of a group that was left")
			}
		}
	})
	t.Run("DISH", func(t *T) {
		l := wire.Listen(t, t.Transport)
		dish := t.Socket(zmq.DISH)
		t.OK(dish.Join("early"))
		t.Connect(dish, l.Endpoint)
		radio := l.Accept()
		radio.Null("RADIO")
		if group := radio.ExpectCommand("JOIN"); group != "early" {
			t.Errorf("DISH joins %q", group)
		}
		t.OK(dish.Join("late"))
		if group := radio.ExpectCommand("JOIN"); group != "late" {
			t.Errorf("DISH joins %q", group)
		}
		t.OK(dish.Leave("early"))
		if group := radio.ExpectCommand("LEAVE"); group != "early" {
			t.Errorf("DISH leaves %q", group)
		}
		radio.Send("early", "not for it")
		radio.Send("late", "for it")
		var m zmq.Msg
		t.OK(dish.RecvMsg(soon(t), &m))
		if m.Group() != "late" || string(m.Frame(0)) != "for it" {
			t.Errorf("received %q of group %q", m.Frames(), m.Group())
		}
	})
	t.Run("frames that are wrong", func(t *T) {
		dish, endpoint := t.Bound(zmq.DISH)
		t.OK(dish.Join("group"))
		for _, wrong := range [][]string{
			{"group"}, {"group", "more", "than that"}, {strings.Repeat("g", 256), "text"},
		} {
			p := wire.Dial(t, endpoint)
			p.Null("RADIO")
			p.ExpectCommand("JOIN")
			p.Put(wire.MessageBytes(wrong...)...)
			p.Closed()
		}
		p := wire.Dial(t, endpoint)
		p.Null("RADIO")
		p.Send("group", "well")
		var m zmq.Msg
		t.OK(dish.RecvMsg(soon(t), &m))
		if string(m.Frame(0)) != "well" {
			t.Errorf("received %q", m.Frames())
		}
	})
	t.Run("a group that is too long", func(t *T) {
		if !t.Isolated() {
			return
		}
		radio, endpoint := t.Bound(zmq.RADIO)
		for _, command := range []string{"JOIN", "LEAVE"} {
			p := wire.Dial(t, endpoint)
			p.Null("DISH")
			p.Command(command, strings.Repeat("g", 256))
			p.CloseWrite()
			p.Closed()
		}
		p := wire.Dial(t, endpoint)
		p.Null("DISH")
		p.Command("JOIN", "group")
		stop := broadcasting(t, radio, "group", "well")
		p.Expect("group", "well")
		stop()
	})
}

func broadcast(t *T, radio *zmq.Socket, group, text string) {
	t.Helper()
	m := zmq.NewMsg([]byte(text))
	m.SetGroup(group)
	t.OK(radio.TrySend(m))
}

// broadcasting sends to a group again and again, until stop.
func broadcasting(t *T, radio *zmq.Socket, group, text string) (stop func()) {
	return again(t, func() error {
		m := zmq.NewMsg([]byte(text))
		m.SetGroup(group)
		return radio.TrySend(m)
	})
}
