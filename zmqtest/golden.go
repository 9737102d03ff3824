package zmqtest

import (
	"errors"
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section Y, the rows about the bytes themselves.
var onTheWire = []row{
	{
		id: "Y24", key: true,
		must:  "each pair of types talks with libzmq's own sockets, with each mechanism, over ipc and tcp, whoever binds",
		proof: "internal/interop.TestY24_GoAndPython internal/interop.TestY24_GoAndGo",
	},
	{
		id: "Y25", over: remote,
		must: "the greeting and READY of each type are those of libzmq to the byte, with the Identity of REQ, DEALER and ROUTER",
		test: greetingsToTheByte,
	},
	{
		id: "Y26", needs: "draft", over: remote,
		must: "DISH joins and leaves groups by commands, messages have two frames of which the first is the group, and nothing else gets through",
		test: groupsOnTheWire,
	},
	{
		id: "Y27", needs: "curve",
		must: "through CURVE messages of any size come out as they went in, with their flags, and one that was tampered with ends the connection",
		test: sealedMessages,
	},
	{
		id: "Y28", over: all,
		must: "messages stay whole and in order however fast they come and go, and a socket that conflates has the last one",
		test: queuesUnderWay,
	},
	{
		id: "Y29", needs: "norm",
		must: "PUB and SUB talk over multicast, by NORM, and by PGM where the library has it",
		test: multicast,
	},
}

func greetingsToTheByte(t *T) {
	greeting := "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL" + strings.Repeat("\x00", 48)
	for _, typ := range types {
		properties := fmt.Sprintf("\x0bSocket-Type\x00\x00\x00%c%v", len(typ.String()), typ)
		identity := ""
		if typ == zmq.REQ || typ == zmq.DEALER || typ == zmq.ROUTER {
			identity = "\x08Identity\x00\x00\x00\x00"
		}
		ready := "\x05READY" + properties + identity
		want := greeting + fmt.Sprintf("\x04%c", len(ready)) + ready

		bound, endpoint := t.Bound(typ)
		l := wire.Listen(t, t.Transport)
		t.Connect(bound, l.Endpoint)
		for _, p := range []*wire.Peer{wire.Dial(t, endpoint), l.Accept()} {
			p.Put(wire.V31("NULL").Bytes()...)
			if got := string(p.Get(len(want))); got != want {
				t.Errorf("%v begins with %q, want %q", typ, got, want)
			}
		}
		if identity == "" {
			continue
		}
		_, endpoint = t.Bound(typ, opt.RoutingID.To("who I am"))
		if got := wire.Dial(t, endpoint).Null(partner[typ]).Get("Identity"); got != "who I am" {
			t.Errorf("the identity of %v is %q", typ, got)
		}
	}
}

func sealedMessages(t *T) {
	m := mechanisms(t)[1]
	dealer, endpoint := t.Bound(zmq.DEALER, m.server)
	p := wire.Dial(t, endpoint)
	m.visit(p, "DEALER")
	for _, size := range []int{0, 1, 2, 200, 255, 256, 8192, 100_000, 3 * mebi} {
		large := strings.Repeat("x", size)
		p.Send(large, "", large)
		t.Expect(dealer, large, "", large)
		t.Send(dealer, large, "", large)
		p.Expect(large, "", large)
		p.Ping(0, "between")
		if got := p.ExpectCommand("PONG"); got != "between" {
			t.Errorf("PONG has %q", got)
		}
	}

	// One socket reports why, and one does not: a report must not hold up the end
	// of the connection, which is looked at where there is none.
	watched := t.Socket(zmq.DEALER, m.server)
	w := t.Watch(watched, zmq.EventHandshakeProtocol)
	reporting := t.Bind(watched)
	for name, c := range map[string]struct {
		tamper func(message string) string
		want   error
	}{
		"a bit of the text": {func(m string) string { return m[:len(m)-1] + string([]byte{m[len(m)-1] ^ 1}) }, zmq.ProtocolCryptographic},
		"a bit of its tag":  {func(m string) string { return m[:16] + string([]byte{m[16] ^ 0x80}) + m[17:] }, zmq.ProtocolCryptographic},
		"a later nonce":     {func(m string) string { return m[:15] + string([]byte{m[15] + 1}) + m[16:] }, zmq.ProtocolCryptographic},
		"cut off":           {func(m string) string { return m[:len(m)-1] }, zmq.ProtocolCryptographic},
		"too short":         {func(m string) string { return m[:32] }, zmq.ProtocolMalformedMessage},
		"only a name":       {func(m string) string { return m[:8] }, zmq.ProtocolMalformedMessage},
		"another command":   {func(m string) string { return "\x07MESSAGX" + m[8:] }, zmq.ProtocolUnexpectedCommand},
		"no seal":           {func(string) string { return "in the open" }, nil},
		"another's connection": {func(string) string {
			return wire.CommandBody("MESSAGE", "\x00\x00\x00\x00\x00\x00\x00\xff"+strings.Repeat("x", 60))
		}, zmq.ProtocolCryptographic},
	} {
		for _, at := range []string{endpoint, reporting} {
			curve := wire.NewCurveClient(t, m.key, wire.NewCurveKeys(t))
			p := wire.Dial(t, at)
			p.CurveClient(curve, "DEALER")
			p.Frame(0, c.tamper(curve.Message(0, "tampered with")))
			if at == endpoint {
				p.Closed()
			} else if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s: reported as %v, want %v", name, err, c.want)
			}
		}
	}
	p.Send("well")
	t.Expect(dealer, "well")
}

func queuesUnderWay(t *T) {
	const n = 3000
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	g := testkit.NewGroup(t)
	g.Go(func() error {
		for i := range n {
			frames := [][]byte{[]byte(testkit.Numbered(i))}
			for k := range i % 4 {
				frames = append(frames, []byte(strings.Repeat("x", i%40+k)))
			}
			if err := push.Send(soon(t), frames...); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range n {
		if m := t.Recv(pull); m[0] != testkit.Numbered(i) || len(m) != 1+i%4 || len(m) > 1 && len(m[1]) != i%40 {
			t.Fatalf("message %d is %q", i, m)
		}
	}
	g.Wait()

	last, endpoint := t.Bound(zmq.PULL, opt.Conflate.To(true))
	push = t.Connected(zmq.PUSH, endpoint, opt.Conflate.To(true))
	for i := range n {
		t.Send(push, testkit.Numbered(i))
	}
	// What is sent in the moment in which the receiver looks may be lost, also
	// the last one (dbuffer.hpp, write): that is sent again.
	before := ""
	t.Eventually("the last one arrives", func() bool {
		t.Send(push, testkit.Numbered(n-1))
		var m zmq.Msg
		if err := last.TryRecv(&m); err != nil {
			t.Refused(err, zmq.ErrAgain)
			return false
		}
		now := string(m.Frame(0))
		if now < before {
			t.Errorf("%s came after %s", now, before)
		}
		before = now
		return now == testkit.Numbered(n-1)
	})
}
