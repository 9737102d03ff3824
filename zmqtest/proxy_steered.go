package zmqtest

import (
	"encoding/binary"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// steeredProxy is steered by a control socket.
func steeredProxy(t *T, kind, peer zmq.SocketType) {
	p, front, back := t.broker()
	control, commands := t.Pair(kind, peer)
	p.Control = control
	r := t.runs(p)
	w, c := t.Connected(zmq.DEALER, back), t.Connected(zmq.DEALER, front)
	command := func(name string) {
		t.Send(commands, name)
		if kind == zmq.REP {
			t.Expect(commands, "")
		}
	}
	statistics := func() (n [8]uint64) {
		t.Send(commands, "STATISTICS")
		m := t.Recv(commands)
		if len(m) != 8 {
			t.Fatalf("the statistics are %q", m)
		}
		for i := range n {
			n[i] = binary.NativeEndian.Uint64([]byte(m[i]))
		}
		return n
	}
	t.Send(c, "12345")
	m := t.Recv(w)
	t.Send(w, append(m, "678")...)
	t.Expect(c, "12345", "678")
	id := uint64(len(m[0]))
	there, back2 := id+5, id+8
	t.Eventually("the statistics count all frames", func() bool {
		return statistics() == [8]uint64{2, there, 3, back2, 3, back2, 2, there}
	})

	command("PAUSE")
	before := statistics() // with PAIR it also shows that the pause has come
	const n = 100
	for i := range n {
		t.Send(c, testkit.Numbered(i))
		t.Send(w, m[0], testkit.Numbered(i))
	}
	t.Eventually("both sides have messages", func() bool {
		return t.ready(p.Frontend)&t.ready(p.Backend)&zmq.In != 0
	})
	if after := statistics(); after != before {
		t.Errorf("messages pass in a pause: %v, then %v", before, after)
	}
	command("PAUSE") // again
	command("RESUME")
	command("RESUME")
	for i := range n {
		t.Expect(c, testkit.Numbered(i))
		t.Expect(w, m[0], testkit.Numbered(i))
	}
	command("TERMINATE")
	t.OK(r.err())
}

func unknownCommands(t *T) {
	p, front, back := t.broker()
	control, commands := t.Pair(zmq.REP, zmq.REQ)
	p.Control = control
	r := t.runs(p)
	c, w := t.Connected(zmq.DEALER, front), t.Connected(zmq.DEALER, back)
	for _, words := range [][]string{{"DANCE"}, {""}, {"PAUSE\x00"}, {"pause"}, {"PAUSE", "PAUSE"}, {"TERMINATE "}, {strings.Repeat("x", 1<<20)}} {
		t.Send(commands, words...)
		if m := t.Recv(commands); len(m) != 1 || m[0] == "" {
			t.Errorf("the answer to %.20q is %q", words, m)
		}
		t.Send(c, "still running")
		if m := t.Recv(w); len(m) != 2 || m[1] != "still running" {
			t.Errorf("received %q", m)
		}
	}
	t.Send(commands, "TERMINATE")
	t.Expect(commands, "")
	t.OK(r.err())

	// SUB and PULL obey, and cannot answer.
	for kind, peer := range map[zmq.SocketType]zmq.SocketType{zmq.SUB: zmq.XPUB, zmq.PULL: zmq.PUSH} {
		p, _, _ := t.broker()
		control, commands := t.Pair(kind, peer)
		p.Control = control
		r := t.runs(p)
		if kind == zmq.SUB {
			t.OK(control.Subscribe(""))
			t.Expect(commands, "\x01")
		}
		for _, word := range []string{"STATISTICS", "DANCE", "PAUSE", "TERMINATE"} {
			t.Send(commands, word)
		}
		t.OK(r.err())
	}
}
