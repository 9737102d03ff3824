package zmqtest

import (
	"context"
	"errors"
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/plain"
	"gozmq/zap"
)

// Section Y, the rows about commands and frames that are not as they should be.
var malformed = []row{
	{
		id: "Y7", over: remote,
		must: "a peer of a type that does not fit is cut off, and no message goes to it or comes from it",
		test: typesThatDoNotFit,
	},
	{
		id: "Y8", over: remote,
		must: "READY whose properties break off or run over ends the connection; of a property that comes twice the first counts",
		test: brokenProperties,
	},
	{
		id: "Y9", over: remote,
		must: "in the handshake of NULL anything but READY and ERROR, and a second READY, ends the connection as UNEXPECTED_COMMAND",
		test: unexpectedCommands,
	},
	{
		id: "Y10", over: remote,
		must: "ERROR with 300, 400 or 500 is reported as that refusal, and one that is malformed as such; both end the connection",
		test: errorCommands,
	},
	{
		id: "Y11", over: remote,
		must: "a HELLO of PLAIN that breaks off or goes on is MALFORMED_HELLO, and nobody is asked about it",
		test: brokenHellos,
	},
	{
		id: "Y12", over: remote,
		must: "reserved flags of a frame do not matter, and a command is never taken for a message, whatever it contains",
		test: oddFlags,
	},
}

// types are the stable socket types.
var types = []zmq.SocketType{
	zmq.PAIR, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.DEALER, zmq.ROUTER, zmq.PULL, zmq.PUSH, zmq.XPUB, zmq.XSUB,
}

// fit reports whether sockets of two types may talk to each other (RFC 23).
func fit(a, b zmq.SocketType) bool {
	return slices.Contains(pairs, [2]zmq.SocketType{a, b}) || slices.Contains(pairs, [2]zmq.SocketType{b, a})
}

func typesThatDoNotFit(t *T) {
	for _, own := range types {
		s, endpoint := t.Bound(own)
		if own == zmq.SUB {
			t.OK(s.Subscribe(""))
		}
		wrong := []string{"", "pull", "PULLS", "PUL", "XPULL", "STREAM", strings.Repeat("X", 300)}
		for _, other := range types {
			if !fit(own, other) {
				wrong = append(wrong, other.String())
			}
		}
		for _, other := range wrong {
			p := wire.Dial(t, endpoint)
			p.Greet(wire.V31("NULL"))
			p.ExpectReady()
			p.Put(slices.Concat(
				wire.CommandBytes("READY", wire.About(other).String()),
				wire.MessageBytes(example(own, "from a wrong peer")...),
			)...)
			if got := p.Closed(); len(got) != 0 {
				t.Errorf("%v sent %q to %.10q", own, got, other)
			}
		}
		right := wire.Dial(t, endpoint)
		right.Null(partner[own])
		if own == zmq.REQ || own == zmq.PUB || own == zmq.PUSH {
			continue // does not receive, or not now
		}
		right.Send(example(own, "from the right one")...)
		if m := t.Recv(s); !strings.HasSuffix(m[len(m)-1], "from the right one") {
			t.Errorf("%v received %q", own, m)
		}
	}
	// The side that connects looks too.
	l := wire.Listen(t, t.Transport)
	push := t.Connected(zmq.PUSH, l.Endpoint)
	t.Send(push, "secret") // waits for the connection
	p := l.Accept()
	p.Null("PUSH")
	if got := p.Closed(); len(got) != 0 {
		t.Errorf("PUSH sent %q to a PUSH", got)
	}
}

// example is a message that a socket of a type receives.
func example(typ zmq.SocketType, text string) []string {
	switch typ {
	case zmq.REP, zmq.REQ:
		return []string{"", text}
	case zmq.XPUB, zmq.PUB:
		return []string{"\x01" + text}
	}
	return []string{text}
}

func brokenProperties(t *T) {
	fine := wire.About("PUSH").String()
	pull, endpoint := t.Bound(zmq.PULL)
	for name, properties := range map[string]string{
		"a name that breaks off":          fine + "\x05Nam",
		"a length that breaks off":        fine + "\x04Name\x00\x00\x00",
		"a value that breaks off":         fine + "\x04Name\x00\x00\x00\x05valu",
		"a value of 4 GiB":                fine + "\x04Name\xff\xff\xff\xffvalue",
		"a value of 2 GiB":                fine + "\x04Name\x7f\xff\xff\xffvalue",
		"a type that breaks off":          fine[:len(fine)-1],
		"a byte too many":                 fine + "\x00",
		"another type that does not fit":  fine + wire.About("SUB").String(),
		"a type that does not fit before": wire.About("SUB").String() + fine,
	} {
		ready := wire.CommandBytes("READY", properties)
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("NULL"))
		p.ExpectReady()
		p.Put(slices.Concat(ready, wire.MessageBytes(name))...)
		p.Closed()

		l := wire.Listen(t, t.Transport)
		t.Connect(pull, l.Endpoint)
		p = l.Accept()
		p.Greet(wire.V31("NULL"))
		p.ExpectReady()
		p.Put(slices.Concat(ready, wire.MessageBytes(name))...)
		p.Closed()
	}
	p := wire.Dial(t, endpoint)
	p.Null("PUSH", wire.Property{Name: "X-role", Value: "first"}, wire.Property{Name: "X-role", Value: "second"},
		wire.Property{Name: "X-empty"})
	p.Send("well")
	var m zmq.Msg
	t.OK(pull.RecvMsg(soon(t), &m))
	if string(m.Frame(0)) != "well" || m.Property("X-role") != "first" || m.Property("X-empty") != "" {
		t.Errorf("received %q with the role %q", m.Frames(), m.Property("X-role"))
	}
}

func unexpectedCommands(t *T) {
	pull := t.Socket(zmq.PULL)
	w := t.Watch(pull, zmq.EventHandshakeProtocol)
	endpoint := t.Bind(pull)
	for name, bytes := range map[string][]byte{
		"another command":     wire.CommandBytes("HELLO", wire.HelloBody("alice", "hush")),
		"a command of later":  wire.CommandBytes("PING", "\x00\x00"),
		"an unknown command":  wire.CommandBytes("READX", wire.About("PUSH").String()),
		"half a name":         wire.FrameBytes(wire.Command, "\x05READ"),
		"nothing":             wire.FrameBytes(wire.Command, ""),
		"a message":           wire.MessageBytes("hello"),
		"a message of frames": wire.MessageBytes("hello", "world"),
	} {
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("NULL"))
		p.Put(bytes...)
		p.Closed()
		if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; !errors.Is(err, zmq.ProtocolUnexpectedCommand) {
			t.Errorf("%s: reported as %v", name, err)
		}
	}
	ready := wire.CommandBytes("READY", wire.About("PUSH").String())
	p := wire.Dial(t, endpoint)
	p.Put(slices.Concat(wire.V31("NULL").Bytes(), ready, ready, wire.MessageBytes("after two"))...)
	p.Closed()
	if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; !errors.Is(err, zmq.ProtocolUnexpectedCommand) {
		t.Errorf("a second READY: reported as %v", err)
	}
	push := t.Connected(zmq.PUSH, endpoint)
	t.Send(push, "well")
	t.Expect(pull, "well")
}

func errorCommands(t *T) {
	failures := []zmq.EventType{zmq.EventHandshakeProtocol, zmq.EventHandshakeAuth}
	for data, want := range map[string]error{
		wire.ErrorBody("300"):             zmq.AuthTemporary,
		wire.ErrorBody("400"):             zmq.AuthDenied,
		wire.ErrorBody("500"):             zmq.AuthInternal,
		"":                                zmq.ProtocolMalformedError,
		"\x04400":                         zmq.ProtocolMalformedError,
		"\xff":                            zmq.ProtocolMalformedError,
		wire.ErrorBody("something else"):  nil,
		wire.ErrorBody("4000"):            nil,
		wire.ErrorBody(""):                nil,
		"\xff" + strings.Repeat("x", 255): nil,
	} {
		check := func(w *Watch, p *wire.Peer) {
			p.Greet(wire.V31("NULL"))
			p.ExpectReady()
			p.Command("ERROR", data)
			p.Closed()
			if want == nil {
				w.Expect(zmq.EventDisconnected)
				return
			}
			for ev, err := range w.Events(soon(t)) {
				t.OK(err)
				if slices.Contains(failures, ev.Type) {
					if !errors.Is(ev.Err, want) {
						t.Errorf("ERROR with %q is reported as %v", data, ev)
					}
					return
				}
			}
		}
		server := t.Socket(zmq.PULL)
		w := t.Watch(server)
		check(w, wire.Dial(t, t.Bind(server)))

		client := t.Socket(zmq.PUSH)
		w = t.Watch(client)
		l := wire.Listen(t, t.Transport)
		t.Connect(client, l.Endpoint)
		check(w, l.Accept())
	}
}

func brokenHellos(t *T) {
	asked := make(chan string, 100)
	server := t.Socket(zmq.PULL, plain.Server(zap.HandlerFunc(func(_ context.Context, r *zap.Request) zap.Response {
		asked <- r.Username
		return zap.Allow("")
	})))
	w := t.Watch(server, zmq.EventHandshakeProtocol)
	endpoint := t.Bind(server)
	fine := wire.HelloBody("alice", "hush")
	for body, want := range map[string]zmq.ProtocolError{
		wire.CommandBody("HELLO", ""):                    zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", "\x05alic"):            zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", "\x05alice"):           zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", fine[:len(fine)-1]):    zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", fine+"!"):              zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", "\xff\xff"):            zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLO", "\x05alice\xffhush"):   zmq.ProtocolMalformedHello,
		wire.CommandBody("HELLX", fine):                  zmq.ProtocolUnexpectedCommand,
		wire.CommandBody("INITIATE", fine):               zmq.ProtocolUnexpectedCommand,
		wire.CommandBody("READY", "\x0bSocket-Type\x00"): zmq.ProtocolUnexpectedCommand,
	} {
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("PLAIN"))
		p.Frame(wire.Command, body)
		if got := p.Closed(); len(got) != 0 {
			t.Errorf("%q is answered with %q", body, got)
		}
		if err := w.Expect(zmq.EventHandshakeProtocol)[0].Err; !errors.Is(err, want) {
			t.Errorf("%q is reported as %v, want %v", body, err, want)
		}
	}
	p := wire.Dial(t, endpoint)
	p.PlainClient("bob", "hush", "PUSH")
	if who := <-asked; who != "bob" {
		t.Errorf("the handler was asked about %q", who)
	}
}
