package zmqtest

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// Section Y, the rows about who gets as far as messages, and for how long.
var admission = []row{
	{
		id: "Y19", needs: "curve", over: remote,
		must: "a socket with security talks to nobody who offers another mechanism or an older version, and shows them no secret",
		test: downgrades,
	},
	{
		id: "Y20", needs: "curve",
		must: "a text is a key if it is Z85 of 32 bytes, and then that key; anything else is refused and changes nothing",
		test: textsAsKeys,
	},
	{
		id: "Y21", over: remote,
		must: "a handshake that stops at any step is cut off after HANDSHAKE_IVL; the side that connects tries again",
		test: stalledHandshakes,
	},
	{
		id: "Y22", over: remote,
		must: "messages go to peers that have finished their handshake, and to no others",
		test: messagesOnlyAfterTheHandshake,
	},
	{
		id: "Y23", over: remote,
		must: "what a peer sent before it closed its side is delivered, even if the socket was full",
		test: closingLosesNothing,
	},
}

func downgrades(t *T) {
	ready := func(typ string) []byte { return wire.CommandBytes("READY", wire.About(typ).String()) }
	message := wire.MessageBytes("let me in")
	offers := map[string]func(typ string) []byte{
		"NULL of 3.1":    func(typ string) []byte { return slices.Concat(wire.V31("NULL").Bytes(), ready(typ), message) },
		"NULL of 3.0":    func(typ string) []byte { return slices.Concat(wire.V30("NULL").Bytes(), ready(typ), message) },
		"nothing":        func(typ string) []byte { return slices.Concat(wire.V31("").Bytes(), ready(typ), message) },
		"another letter": func(typ string) []byte { return slices.Concat(wire.V31("CURVF").Bytes(), ready(typ), message) },
		"a longer name":  func(typ string) []byte { return slices.Concat(wire.V31("CURVE2").Bytes(), ready(typ), message) },
		"GSSAPI":         func(typ string) []byte { return slices.Concat(wire.V31("GSSAPI").Bytes(), ready(typ), message) },
		"2.0":            func(typ string) []byte { return old(typ)["2.0"] },
		"1.0":            func(typ string) []byte { return old(typ)["1.0"] },
	}
	server, client := newKeys(t), newKeys(t)
	users := plain.Passwords(map[string]string{"alice": "hush-hush"})
	for _, m := range []struct{ server, client zmq.Setting }{
		{curve.Server(server.secret, curve.Anyone()), curve.Client(server.Public, client.secret)},
		{plain.Server(users), plain.Client("alice", "hush-hush")},
	} {
		pull := t.Socket(zmq.PULL, m.server)
		w := t.Watch(pull, zmq.EventHandshakeProtocol)
		endpoint := t.Bind(pull)
		for name, offer := range offers {
			p := wire.Dial(t, endpoint)
			p.Put(offer("PUSH")...)
			p.Closed()
			if name == "2.0" || name == "1.0" {
				continue // which have no mechanism that could be another
			}
			if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; !errors.Is(err, zmq.ProtocolMechanismMismatch) {
				t.Errorf("%s: reported as %v", name, err)
			}
		}
		right := t.Connected(zmq.PUSH, endpoint, m.client)
		t.Send(right, "well")
		t.Expect(pull, "well")

		for name, offer := range offers {
			l := wire.Listen(t, t.Transport)
			push := t.Connected(zmq.PUSH, l.Endpoint, m.client)
			t.Send(push, "a secret")
			p := l.Accept()
			p.Put(offer("PULL")...)
			if got := p.Closed(); bytes.Contains(got, []byte("a secret")) || bytes.Contains(got, []byte("hush")) {
				t.Errorf("a server of %s is told %q", name, got)
			}
		}
	}
}

func textsAsKeys(t *T) {
	s := t.Socket(zmq.DEALER)
	option := zmq.Option[[]byte](opt.CurveServerKey)
	before := newKeys(t).Public
	check := func(text string) {
		t.Helper()
		t.OK(s.Set(opt.CurveServerKey.To(before)))
		err := s.Set(option.To([]byte(text)))
		after, getErr := opt.CurveServerKey.Get(s)
		t.OK(getErr)
		switch {
		case err != nil && !errors.Is(err, zmq.ErrInvalid):
			t.Errorf("%q: %v", text, err)
		case err != nil && after != before:
			t.Errorf("%q is refused, and the key is another", text)
		case err == nil && len(text) == 40 && curve.Public(after).String() != text:
			t.Errorf("%q is the key %v", text, curve.Public(after))
		}
	}
	r := random(t)
	alphabet := []byte("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#")
	for range 2000 {
		text := noise(r, 40)
		if r.IntN(4) > 0 { // of the right characters, but for some
			for i := range text {
				if r.IntN(200) > 0 {
					text[i] = alphabet[r.IntN(len(alphabet))]
				}
			}
		}
		check(string(text))
	}
	for range 200 {
		check(newKeys(t).String())
	}
	good := newKeys(t).String()
	for _, bad := range []string{
		strings.Repeat("#", 40), strings.Repeat("%nSc1", 8), good[:39] + " ", good[:39] + "\x00", "\xff" + good[1:], good[:39], good + "0",
		good[:35] + "~~~~~", "",
	} {
		if err := s.Set(option.To([]byte(bad))); !errors.Is(err, zmq.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func stalledHandshakes(t *T) {
	briefly := opt.HandshakeInterval.To(100 * time.Millisecond)
	// A slow machine may find the time over before all is sent: so nothing here
	// minds when a connection is cut off early.
	null := slices.Concat(wire.V31("NULL").Bytes(), wire.CommandBytes("READY", wire.About("PUSH").String()))
	var stalled []*wire.Peer
	stall := func(endpoint string, bytes []byte) {
		p := wire.Dial(t, endpoint)
		p.Offer(bytes...)
		stalled = append(stalled, p)
	}
	_, endpoint := t.Bound(zmq.PULL, briefly)
	for _, n := range []int{0, 1, 9, 10, 11, 12, 32, 63, 64, 65, len(null) - 1} {
		stall(endpoint, null[:n])
	}
	// Before HELLO, and while the handler is asked, which never answers.
	_, endpoint = t.Bound(zmq.PULL, briefly, plain.Server(zap.HandlerFunc(func(ctx context.Context, _ *zap.Request) zap.Response {
		<-ctx.Done()
		return zap.Deny("too late")
	})))
	stall(endpoint, wire.V31("PLAIN").Bytes())
	stall(endpoint, append(wire.V31("PLAIN").Bytes(), wire.CommandBytes("HELLO", wire.HelloBody("alice", "hush"))...))
	if both := mechanisms(t); len(both) > 1 {
		_, endpoint = t.Bound(zmq.PULL, briefly, both[1].server)
		c := wire.NewCurveClient(t, both[1].key, wire.NewCurveKeys(t))
		stall(endpoint, wire.V31("CURVE").Bytes())
		stall(endpoint, append(wire.V31("CURVE").Bytes(), wire.CommandBytes("HELLO", c.Hello())...))
	}
	for _, p := range stalled {
		p.Closed()
	}

	null = slices.Concat(wire.V31("NULL").Bytes(), wire.CommandBytes("READY", wire.About("PULL").String()))
	for _, n := range []int{0, 10, 64, len(null) - 1} {
		l := wire.Listen(t, t.Transport)
		push := t.Connected(zmq.PUSH, l.Endpoint, briefly, opt.ReconnectInterval.To(time.Millisecond))
		t.Send(push, "patience")
		p := l.Accept()
		p.Offer(null[:n]...)
		p.Closed()
		for arrived := false; !arrived; {
			p := l.Accept()
			p.Offer(null...)
			arrived = p.Until("patience")
		}
	}
}

func messagesOnlyAfterTheHandshake(t *T) {
	for _, m := range mechanisms(t) {
		for _, typ := range []zmq.SocketType{zmq.PUSH, zmq.DEALER, zmq.PAIR} {
			s, endpoint := t.Bound(typ, m.server)
			for step := range 3 {
				p := wire.Dial(t, endpoint)
				if step > 0 {
					p.Greet(wire.V31(m.name))
				}
				switch {
				case step > 1 && m.name == "NULL":
					p.ExpectReady()
				case step > 1:
					p.Command("HELLO", wire.NewCurveClient(t, m.key, wire.NewCurveKeys(t)).Hello())
					p.ExpectCommand("WELCOME")
				}
				t.Refused(t.TrySend(s, "to nobody"), zmq.ErrAgain)
			}
			right := wire.Dial(t, endpoint)
			m.visit(right, partner[typ])
			for i := range 10 {
				t.Send(s, testkit.Numbered(i))
				right.Expect(testkit.Numbered(i))
			}
		}
	}
}

func closingLosesNothing(t *T) {
	const n = 100
	var all []byte // as much as fits into the system's buffers
	for i := range n {
		all = append(all, wire.MessageBytes(testkit.Numbered(i), strings.Repeat("x", 100))...)
	}
	for part, room := range map[string]zmq.Setting{"room": {}, "full": opt.RecvHWM.To(1)} {
		t.Run(part, func(t *T) {
			pull, endpoint := t.Bound(zmq.PULL, room)
			for _, closes := range []func(*wire.Peer){
				(*wire.Peer).CloseWrite,
				func(p *wire.Peer) { t.OK(p.Close()) },
			} {
				p := wire.Dial(t, endpoint)
				p.Null("PUSH")
				p.Put(all...)
				closes(p)
				for i := range n {
					t.Expect(pull, testkit.Numbered(i), strings.Repeat("x", 100))
				}
			}
		})
	}
}
