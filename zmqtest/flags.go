package zmqtest

import (
	"slices"

	zmq "gozmq"
	"gozmq/internal/wire"
)

// Y12: flags of frames.

func oddFlags(t *T) {
	t.Run("reserved flags", func(t *T) {
		pull, endpoint := t.Bound(zmq.PULL)
		p := wire.Dial(t, endpoint)
		p.Null("PUSH")
		for flags := range 256 {
			if flags&wire.Command != 0 {
				continue
			}
			p.Put(append(wire.Header(byte(flags), 1), 'x')...)
			want := []string{"x"}
			if flags&wire.More != 0 {
				p.Frame(0, "y")
				want = []string{"x", "y"}
			}
			t.Expect(pull, want...)
		}
	})
	t.Run("commands", func(t *T) {
		if !t.Isolated() {
			return
		}
		pull, endpoint := t.Bound(zmq.PULL)
		commandsAreNoMessages(t, endpoint, "PUSH",
			"", "\x00", "\x03FOO", "\xffFOO", "\x05READY", "\x05ERROR\x03400", "\x04PONG", "\x04JOINgroup", "\x07MESSAGE")
		push := t.Connected(zmq.PUSH, endpoint)
		t.Send(push, "a message")
		t.Expect(pull, "a message")
	})
	t.Run("subscriptions of a PUSH", func(t *T) {
		if !t.Isolated() {
			return
		}
		pull, endpoint := t.Bound(zmq.PULL)
		commandsAreNoMessages(t, endpoint, "PUSH", "\x09SUBSCRIBE", "\x09SUBSCRIBEtopic", "\x06CANCELtopic")
		push := t.Connected(zmq.PUSH, endpoint)
		t.Send(push, "a message")
		t.Expect(pull, "a message")
	})
	t.Run("subscriptions with more to come", func(t *T) {
		if !t.Isolated() {
			return
		}
		xpub, endpoint := t.Bound(zmq.XPUB)
		commandsAreNoMessages(t, endpoint, "SUB", "\x09SUBSCRIBE", "\x09SUBSCRIBEtopic", "\x06CANCELtopic")
		p := wire.Dial(t, endpoint)
		p.Null("SUB")
		p.Subscribe("end")
		for m := t.Recv(xpub); m[0] != "\x01end"; m = t.Recv(xpub) {
			if len(m) != 1 || !slices.Contains([]string{"\x01", "\x00", "\x01topic", "\x00topic"}, m[0]) {
				t.Errorf("XPUB received %q", m)
			}
		}
	})
}

// commandsAreNoMessages sends commands with all flags that a command can have,
// each in two lengths. The connection may end or not.
func commandsAreNoMessages(t *T, endpoint, socketType string, commands ...string) {
	for flags := range 256 {
		if flags&wire.Command == 0 {
			continue
		}
		p := wire.Dial(t, endpoint)
		p.Null(socketType)
		for _, body := range commands {
			p.Offer(append(wire.Header(byte(flags), uint64(len(body))), body...)...)
		}
		p.CloseWrite()
		p.Closed()
	}
}
