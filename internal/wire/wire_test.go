package wire_test

import (
	"testing"

	"gozmq/internal/wire"
)

// meet connects a peer that is driven by client with one driven by the test.
func meet(t *testing.T, transport string, client func(p *wire.Peer)) (server *wire.Peer, done chan struct{}) {
	t.Helper()
	l := wire.Listen(t, transport)
	p := wire.Dial(t, l.Endpoint)
	done = make(chan struct{})
	go func() {
		defer close(done)
		client(p)
	}()
	return l.Accept(), done
}

// What one side of this package sends, the other understands.
func TestPeersUnderstandEachOther(t *testing.T) {
	for _, transport := range []string{"tcp", "ipc"} {
		t.Run(transport+" NULL", func(t *testing.T) {
			p, done := meet(t, transport, func(p *wire.Peer) {
				p.Null("DEALER", wire.Property{Name: "Identity", Value: "me"})
				p.Send("a", string(make([]byte, 300)))
				p.Ping(7, "context")
			})
			if who := p.Null("ROUTER"); who.Get("socket-type") != "DEALER" || who.Get("Identity") != "me" {
				t.Errorf("the client is %q", who)
			}
			p.Expect("a", string(make([]byte, 300)))
			if ttl, context := p.ExpectPing(); ttl != 7 || context != "context" {
				t.Errorf("PING has %d and %q", ttl, context)
			}
			<-done
		})
	}
	t.Run("PLAIN", func(t *testing.T) {
		p, done := meet(t, "tcp", func(p *wire.Peer) { p.PlainClient("alice", "hush", "PUSH") })
		if user, password, who := p.PlainServer("PULL"); user != "alice" || password != "hush" || who.Get("Socket-Type") != "PUSH" {
			t.Errorf("the client is %q %q %q", user, password, who)
		}
		<-done
	})
	t.Run("CURVE", func(t *testing.T) {
		own, alice := wire.NewCurveKeys(t), wire.NewCurveKeys(t)
		c := wire.NewCurveClient(t, own.Public, alice)
		p, done := meet(t, "tcp", func(p *wire.Peer) {
			p.CurveClient(c, "PUSH")
			p.Frame(0, c.Message(wire.SealedMore, "hello"))
			p.Seal(&c.CurveMessages)
			p.Send("in", "secret")
			p.Command("PING", "xx")
		})
		s := wire.NewCurveServer(t, own)
		if who := p.CurveServer(s, "PULL"); s.Client != alice.Public || who.Get("Socket-Type") != "PUSH" {
			t.Errorf("the client is %x %q", s.Client, who)
		}
		if flags, body, ok := s.Open(p.Next().Body); !ok || flags != wire.SealedMore || body != "hello" {
			t.Errorf("the message is %d %q, %v", flags, body, ok)
		}
		p.Seal(&s.CurveMessages)
		p.Expect("in", "secret")
		p.ExpectPing()
		<-done
	})
	t.Run("ZMTP 2.0", func(t *testing.T) {
		p, done := meet(t, "tcp", func(p *wire.Peer) { p.Greet2("SUB", "me") })
		if typ, id := p.Greet2("PUB", ""); typ != wire.OldType("SUB") || id != "me" {
			t.Errorf("the client is %d %q", typ, id)
		}
		<-done
	})
	t.Run("ZMTP 1.0", func(t *testing.T) {
		p, done := meet(t, "tcp", func(p *wire.Peer) {
			p.Greet1("me")
			p.Frame1(wire.More, "a")
			p.Frame1(0, string(make([]byte, 300)))
		})
		if id := p.Greet1(""); id != "me" {
			t.Errorf("the client is %q", id)
		}
		if a, b := p.Next1(), p.Next1(); a.Flags != wire.More || a.Body != "a" || b.Flags != 0 || len(b.Body) != 300 {
			t.Errorf("the message is %v, %v", a, b)
		}
		<-done
	})
}
