package zmqtest

import (
	"net/netip"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/zap"
)

// Section O, the rows about handlers of ZAP (RFC 27), and who harms whom.
var authentication = []row{
	{
		id: "O19", key: true,
		must: "a ZAP reply that is none lets nobody in, whatever the mechanism, and the monitor says what is wrong with it",
		test: wrongReplies,
	},
	{
		id: "O20", over: remote,
		must: "after 300 the client tries again and is not told; of 400 and 500 both sides are told",
		test: statuses,
	},
	{
		id:   "O21",
		must: "while a ZAP handler does not receive, does not answer, or goes away nobody gets in, and the server goes on",
		test: handlersThatFail,
	},
	{
		id: "O22", over: remote,
		must: "the user id and the metadata of a ZAP reply are properties of each message of the peer",
		test: metadataOfReplies,
	},
	{
		id:   "O23",
		must: "the handler learns the peer's address and can go by it, and by its key, which is its user id with curve.Anyone",
		test: whoThePeerIs,
	},
	{
		id:   "O24",
		must: "a socket that cannot be a ZAP handler does not bind to its endpoint",
		test: socketsThatAreNoHandlers,
	},
	{
		id:    "O25",
		must:  "keys and Z85 are those of RFC 32 and of libzmq",
		proof: "internal/z85.TestVectors internal/z85.TestRefused curve.TestPublicOfManual libzmq/capi.TestZ85 libzmq/capi.TestCurveKeys internal/security.TestKeys",
	},
	{
		id:   "O26",
		must: "a ZAP server stops and starts as often as one likes, ends with its context, and those of two contexts are independent",
		test: zapServersComeAndGo,
	},
	{
		id: "O27", needs: "gssapi",
		must: "GSSAPI lets in who has a ticket and whom the handler allows, in plain text too, and nobody else",
		test: tickets,
	},
	{
		id: "O28", needs: "curve", over: remote,
		must: "a socket binds with one key, then with another, and each counts for those who come through its endpoint",
		test: oneSocketTwoKeys,
	},
	{
		id:    "O29",
		must:  "secrets appear in no output, and are compared in constant time",
		proof: "zap.TestRedacted zap.TestPassword plain.TestRedacted curve.TestSecretIsRedacted",
	},
	{
		id: "O30", key: true, over: remote,
		must: "clients that connect and say nothing, or half of a handshake, hold up nobody else",
		test: silentClients,
	},
}

func whoThePeerIs(t *T) {
	local, elsewhere := netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.0.2.0/24")
	for name, handler := range map[string]zap.Handler{
		"allowed": zap.AllowFrom(elsewhere, local), "not denied": zap.DenyFrom(elsewhere),
	} {
		t.Run(name, func(t *T) {
			s, c := t.guarded(zap.With(handler), zmq.Setting{})
			bounce(s, c)
		})
	}
	for name, handler := range map[string]zap.Handler{
		"not allowed": zap.AllowFrom(elsewhere), "denied": zap.DenyFrom(elsewhere, local),
	} {
		t.Run(name, func(t *T) {
			s, c := t.guarded(zap.With(handler), zmq.Setting{})
			denied(s, c, zmq.AuthDenied)
		})
	}
	t.Run("the address", func(t *T) {
		handler, asked := always(zap.Allow(""))
		s, c := t.guarded(zap.With(handler), zmq.Setting{})
		bounce(s, c)
		if r := <-asked; r.Address != "127.0.0.1" {
			t.Errorf("the address is %q", r.Address)
		}
	})
	t.Run("peers of ipc have no address of IP", func(t *T) {
		t.Transport = "ipc"
		handler, asked := always(zap.Allow(""))
		s, c := t.guarded(zap.With(zap.All(zap.DenyFrom(local), handler)), zmq.Setting{})
		bounce(s, c)
		if r := <-asked; r.Address != "" {
			if _, err := netip.ParseAddr(r.Address); err == nil {
				t.Errorf("the address is %q", r.Address)
			}
		}
	})
	t.Run("the key", func(t *T) {
		if !t.Zctx().Has("curve") {
			t.Skip("the library has no CURVE")
		}
		server, eve := newKeys(t), newKeys(t)
		handler, asked := always(zap.Allow("eve"))
		s, c := t.guarded(curve.Server(server.secret, handler), curve.Client(server.Public, eve.secret))
		bounce(s, c)
		if r := <-asked; r.PublicKey != eve.Public || r.Mechanism != "CURVE" {
			t.Errorf("the request is %v", r)
		}
		s, c = t.guarded(curve.Server(server.secret, curve.Anyone()), curve.Client(server.Public, eve.secret))
		t.Send(c.Socket, "hello")
		var m zmq.Msg
		t.OK(s.RecvMsg(soon(t), &m))
		if m.Property("User-Id") != eve.String() || m.Property("Peer-Address") != "127.0.0.1" {
			t.Errorf("the client is %q at %q", m.Property("User-Id"), m.Property("Peer-Address"))
		}
	})
}

func socketsThatAreNoHandlers(t *T) {
	if !t.Isolated() {
		return
	}
	for _, typ := range append(types[:len(types):len(types)], zmq.STREAM) {
		if typ != zmq.REP && typ != zmq.ROUTER {
			t.Refused(t.Socket(typ).Bind(zap.Endpoint), zmq.ErrNotSupported)
			continue
		}
		t.OK(testkit.Socket(t, t.NewContext(), typ).Bind(zap.Endpoint))
	}
	s, c := t.guarded(zap.Domain("nobody"), zmq.Setting{})
	_ = s.failure()
	t.ExpectNone(c.Socket)
}

func zapServersComeAndGo(t *T) {
	allow, _ := always(zap.Allow(""))
	for range 100 {
		t.OK(t.serve(t.Zctx(), allow).Close())
	}
	t.serve(t.Zctx(), allow)
	s, c := t.guarded(zap.Domain("x"), zmq.Setting{})
	bounce(s, c)

	for range 20 {
		zctx := t.NewContext()
		srv := t.serve(zctx, allow)
		t.OK(zctx.Close())
		t.OK(srv.Close())
		_, err := zap.Serve(zctx, allow)
		t.Refused(err, zmq.ErrClosed)
	}

	strict := t.NewContext()
	deny, _ := always(zap.Deny("no"))
	t.serve(strict, deny)
	s, c = t.guardedOn(strict, zap.Domain("x"), zmq.Setting{})
	denied(s, c, zmq.AuthDenied)
}

func oneSocketTwoKeys(t *T) {
	first, second, alice, eve := newKeys(t), newKeys(t), newKeys(t), newKeys(t)
	s := t.Socket(zmq.PULL, curve.Server(first.secret, curve.Allow(alice.Public)))
	one := t.Bind(s)
	t.OK(s.Set(curve.Server(second.secret, curve.Allow(eve.Public))))
	other := t.Bind(s)
	a := t.Connected(zmq.PUSH, one, curve.Client(first.Public, alice.secret))
	b := t.Connected(zmq.PUSH, other, curve.Client(second.Public, eve.secret))
	t.Send(a, "to the first key")
	t.Expect(s, "to the first key")
	t.Send(b, "to the second key")
	t.Expect(s, "to the second key")
	// And nobody gets in by the other's door.
	wrong := t.side(t.Socket(zmq.PUSH, curve.Client(first.Public, eve.secret)))
	t.Connect(wrong.Socket, one)
	wrong.expect(zmq.EventHandshakeAuth, zmq.AuthDenied)
}

func silentClients(t *T) {
	const n = 50
	for _, m := range mechanisms(t) {
		for _, typ := range []zmq.SocketType{zmq.PULL, zmq.ROUTER, zmq.REP} {
			s, endpoint := t.Bound(typ, m.server)
			whole := wire.V31(m.name).Bytes()
			for i := range n {
				wire.Dial(t, endpoint).Put(whole[:i*len(whole)/n]...)
			}
			for i := range 10 {
				p := wire.Dial(t, endpoint)
				m.visit(p, partner[typ])
				p.Send(example(typ, testkit.Numbered(i))...)
				got := t.Recv(s)
				if got[len(got)-1] != testkit.Numbered(i) {
					t.Errorf("%v received %q", typ, got)
				}
				switch typ {
				case zmq.ROUTER:
					t.Send(s, got[0], "answer")
					p.Expect("answer")
				case zmq.REP:
					t.Send(s, "answer")
					p.Expect("", "answer")
				}
			}
		}
	}
}
