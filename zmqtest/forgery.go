package zmqtest

import (
	"errors"
	"strings"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/wire"
)

// O12, O13 and O14: commands of CURVE that are wrong.

// curveServer makes a PULL that is a server of CURVE and lets everybody in.
func curveServer(t *T) (s side, endpoint string, key wire.Key) {
	t.Helper()
	keys := newKeys(t)
	s = t.side(t.Socket(zmq.PULL, curve.Server(keys.secret, curve.Anyone())))
	return s, t.Bind(s.Socket), wire.Key(keys.Public)
}

func wrongHellos(t *T) {
	s, endpoint, key := curveServer(t)
	for name, c := range map[string]struct {
		wrong func(hello string) string
		want  error
	}{
		"a byte less":            {func(h string) string { return h[:len(h)-1] }, zmq.ProtocolMalformedHello},
		"a byte more":            {func(h string) string { return h + "x" }, zmq.ProtocolMalformedHello},
		"only a name":            {func(h string) string { return h[:6] }, zmq.ProtocolMalformedHello},
		"another name":           {func(h string) string { return "\x05HELLX" + h[6:] }, zmq.ProtocolUnexpectedCommand},
		"INITIATE":               {func(h string) string { return "\x08INITIATE" + h[6:] }, zmq.ProtocolUnexpectedCommand},
		"a name that breaks off": {func(string) string { return "\x05HEL" }, zmq.ProtocolMalformedCommand},
		"nothing":                {func(string) string { return "" }, zmq.ProtocolMalformedCommand},
		"version 2.0":            {func(h string) string { return h[:6] + "\x02\x00" + h[8:] }, zmq.ProtocolMalformedHello},
		"version 1.1":            {func(h string) string { return h[:6] + "\x01\x01" + h[8:] }, zmq.ProtocolMalformedHello},
		"another key":            {func(h string) string { return h[:80] + strings.Repeat("k", 32) + h[112:] }, zmq.ProtocolCryptographic},
		"another nonce":          {func(h string) string { return h[:112] + "12345678" + h[120:] }, zmq.ProtocolCryptographic},
		"a box that is none":     {func(h string) string { return h[:120] + strings.Repeat("b", 80) }, zmq.ProtocolCryptographic},
	} {
		client := wire.NewCurveClient(t, key, wire.NewCurveKeys(t))
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("CURVE"))
		p.Frame(wire.Command, c.wrong(wire.CommandBody("HELLO", client.Hello())))
		if got := p.Closed(); len(got) != 0 {
			t.Errorf("%s is answered with %q", name, got)
		}
		t.Logf("what is wrong: %s", name)
		s.expect(zmq.EventHandshakeProtocol, c.want)
	}
}

func wrongInitiates(t *T) {
	changed := func(i int) func(string) string {
		return func(b string) string { return b[:i] + string([]byte{b[i] ^ 1}) + b[i+1:] }
	}
	same := func(b string) string { return b }
	for name, c := range map[string]struct {
		before   func(*wire.CurveClient)
		wrong    func(initiate string) string
		metadata string // what there is instead
		want     error  // nil is any
	}{
		"too short":            {wrong: func(b string) string { return b[:256] }, want: zmq.ProtocolMalformedInitiate},
		"only a name":          {wrong: func(b string) string { return b[:9] }, want: zmq.ProtocolMalformedInitiate},
		"another name":         {wrong: func(b string) string { return "\x08INITIATX" + b[9:] }, want: zmq.ProtocolUnexpectedCommand},
		"a second HELLO":       {wrong: func(b string) string { return "\x05HELLO" + b[9:] }, want: zmq.ProtocolUnexpectedCommand},
		"a nonce of a cookie":  {wrong: changed(9), want: zmq.ProtocolCryptographic},
		"another cookie":       {wrong: changed(25), want: zmq.ProtocolCryptographic},
		"another nonce":        {wrong: changed(112), want: zmq.ProtocolCryptographic},
		"a tag of the box":     {wrong: changed(113), want: zmq.ProtocolCryptographic},
		"a bit of the box":     {wrong: changed(200), want: zmq.ProtocolCryptographic},
		"cut off":              {wrong: func(b string) string { return b[:len(b)-1] }, want: zmq.ProtocolCryptographic},
		"another's cookie":     {before: func(c *wire.CurveClient) { c.Cookie = strings.Repeat("c", 96) }, wrong: same, want: zmq.ProtocolCryptographic},
		"a vouch of another":   {before: func(c *wire.CurveClient) { c.Own.Secret = wire.NewCurveKeys(t).Secret }, wrong: same, want: zmq.ProtocolCryptographic},
		"a vouch of no key":    {before: func(c *wire.CurveClient) { c.Own.Public = wire.Key{} }, wrong: same, want: zmq.ProtocolCryptographic},
		"a vouch for another":  {before: func(c *wire.CurveClient) { c.Vouched = wire.NewCurveKeys(t).Public }, wrong: same, want: zmq.ProtocolKeyExchange},
		"metadata breaks off":  {wrong: same, metadata: "\x0bSocket-Type\x00\x00\x00\x04PUS"},
		"a type that does not": {wrong: same, metadata: wire.About("SUB").String()},
	} {
		s, endpoint, key := curveServer(t)
		client := wire.NewCurveClient(t, key, wire.NewCurveKeys(t))
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("CURVE"))
		p.Command("HELLO", client.Hello())
		if !client.Welcome(p.ExpectCommand("WELCOME")) {
			t.Fatal("WELCOME cannot be opened")
		}
		if c.before != nil {
			c.before(client)
		}
		if c.metadata == "" {
			c.metadata = wire.About("PUSH").String()
		}
		p.Frame(wire.Command, c.wrong(wire.CommandBody("INITIATE", client.Initiate(c.metadata))))
		if got := p.Closed(); len(got) != 0 {
			t.Errorf("%s is answered with %q", name, got)
		}
		if c.want != nil {
			t.Logf("what is wrong: %s", name)
			s.expect(zmq.EventHandshakeProtocol, c.want)
		}
	}
	t.Run("a vouch to another server", func(t *T) {
		_, endpoint, key := curveServer(t)
		client := wire.NewCurveClient(t, key, wire.NewCurveKeys(t))
		client.For = wire.NewCurveKeys(t).Public
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("CURVE"))
		p.Command("HELLO", client.Hello())
		client.Welcome(p.ExpectCommand("WELCOME"))
		p.Command("INITIATE", client.Initiate(wire.About("PUSH").String()))
		if got := p.Closed(); len(got) != 0 {
			t.Errorf("it is answered with %q", got)
		}
	})
}

func replayedMessages(t *T) {
	for name, nonce := range map[string]func(now uint64) uint64{
		"the same again":   func(now uint64) uint64 { return now - 1 },
		"an earlier nonce": func(now uint64) uint64 { return now - 2 },
		"the first of all": func(uint64) uint64 { return 1 },
		"zero":             func(uint64) uint64 { return 0 },
	} {
		t.Run(name, func(t *T) {
			keys := newKeys(t)
			anyone := curve.Server(keys.secret, curve.Anyone())
			// Of two sockets one is watched: see Y27.
			watched, plain := t.Socket(zmq.PULL, anyone), t.Socket(zmq.PULL, anyone)
			w := t.Watch(watched, zmq.EventHandshakeProtocol)
			for _, pull := range []*zmq.Socket{watched, plain} {
				p := wire.Dial(t, t.Bind(pull))
				c := wire.NewCurveClient(t, wire.Key(keys.Public), wire.NewCurveKeys(t))
				p.CurveClient(c, "PUSH")
				p.Seal(&c.CurveMessages)
				p.Send("first")
				c.Nonce += 1000 // none need be used
				p.Send("second")
				t.Expect(pull, "first")
				t.Expect(pull, "second")
				c.Nonce = nonce(c.Nonce)
				p.Send("replayed")
				if pull == plain {
					p.Closed()
					t.ExpectNone(pull)
				} else if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; !errors.Is(err, zmq.ProtocolInvalidSequence) {
					t.Errorf("reported as %v", err)
				}
			}
		})
	}
}
