package zmqtest

import (
	"syscall"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// Section O, the rows about NULL and PLAIN.
var passwords = []row{
	{
		id: "O1", over: remote,
		must: "without a ZAP domain a socket without security lets everybody in, and the handler is not asked",
		test: func(t *T) {
			handler, asked := always(zap.Deny("never"))
			t.serve(t.Zctx(), handler)
			s, c := t.guarded(zmq.Setting{}, zmq.Setting{})
			bounce(s, c)
			if len(asked) != 0 {
				t.Errorf("the handler was asked %d times", len(asked))
			}
		},
	},
	{
		id: "O2", over: remote,
		must: "with a ZAP domain the handler decides about the peers of a socket without security",
		test: handlerDecidesAboutNull,
	},
	{
		id: "O3", over: remote,
		must: "a ZAP domain without a handler lets everybody in, unless the domain is enforced: then nobody, which the monitor reports as EFAULT",
		test: func(t *T) {
			s, c := t.guarded(opt.ZAPDomain.To("global"), zmq.Setting{})
			bounce(s, c)
			s, _ = t.guarded(zap.Domain("global"), zmq.Setting{})
			s.expect(zmq.EventHandshakeFailed, syscall.EFAULT)
		},
	},
	{
		id: "O4", over: remote,
		must: "a peer of ZMTP 1.0 or 2.0, which cannot say who it is, gets nothing through to a socket that asks",
		test: oldPeersCannotSayWhoTheyAre,
	},
	{
		id: "O5", over: remote,
		must: "PLAIN lets in who has a right name and password, and nobody else",
		test: rightAndWrongPasswords,
	},
	{
		id:   "O6",
		must: "PLAIN lets nobody in when there is no handler to ask",
		test: plainWithoutHandler,
	},
	{
		id: "O7", over: remote,
		must: "the handler of PLAIN learns name and password, the domain, and the routing id of the server's socket",
		test: func(t *T) {
			handler, asked := always(zap.Allow("someone"))
			t.serve(t.Zctx(), handler)
			s, c := t.guarded(zmq.Settings(opt.RoutingID.To("IDENT"), opt.PlainServer.To(true), zap.Domain("here")),
				plain.Client("alice", "secret"))
			bounce(s, c)
			r := <-asked
			if string(r.Identity) != "IDENT" || r.Mechanism != "PLAIN" || r.Username != "alice" ||
				!r.Password.Equal("secret") || r.Password.Equal("other") || r.Domain != "here" || len(r.Credentials()) != 2 {
				t.Errorf("the request is %v", r)
			}
		},
	},
}

func handlerDecidesAboutNull(t *T) {
	handler, asked := always(zap.Allow(""))
	t.serve(t.Zctx(), handler)
	s, c := t.guarded(zap.Domain("global"), zmq.Setting{})
	bounce(s, c)
	r := <-asked
	if r.Domain != "global" || r.Mechanism != "NULL" || r.Version != "1.0" || r.ID == "" || len(r.Credentials()) != 0 {
		t.Errorf("the request is %v", r)
	}
	strict := t.NewContext()
	handler, _ = always(zap.Deny("no"))
	t.serve(strict, handler)
	s, c = t.guardedOn(strict, zap.Domain("global"), zmq.Setting{})
	t.Send(c.Socket, "let me in")
	denied(s, c, zmq.AuthDenied)
	t.ExpectNone(s.Socket)
}

func oldPeersCannotSayWhoTheyAre(t *T) {
	handler, asked := always(zap.Allow(""))
	t.serve(t.Zctx(), handler)
	type pair struct{ server, client zmq.Setting }
	asking := map[string]pair{
		"NULL":  {server: zap.Domain("global")},
		"PLAIN": {opt.PlainServer.To(true), plain.Client("alice", "secret")},
	}
	if t.Zctx().Has("curve") {
		server, client := newKeys(t), newKeys(t)
		asking["CURVE"] = pair{curve.Server(server.secret, curve.Anyone()), curve.Client(server.Public, client.secret)}
	}
	for name, m := range asking {
		pull, endpoint := t.Bound(zmq.PULL, m.server)
		for version, bytes := range old("PUSH") {
			p := wire.Dial(t, endpoint)
			p.Put(bytes...)
			p.Closed()
			if len(asked) != 0 {
				t.Errorf("%s: the handler was asked about a peer of %s: %v", name, version, <-asked)
			}
		}
		push := t.Connected(zmq.PUSH, endpoint, m.client)
		t.Send(push, "well")
		t.Expect(pull, "well")
		if name != "CURVE" { // which has a handler of its own here
			<-asked
		}
	}
}

func rightAndWrongPasswords(t *T) {
	users := plain.Passwords(map[string]string{"alice": "secret", "bob": "other"})
	s, c := t.guarded(plain.Server(users), plain.Client("alice", "secret"))
	bounce(s, c)
	for name, client := range map[string]zmq.Setting{
		"wrong password":           plain.Client("alice", "other"),
		"password of another user": plain.Client("bob", "secret"),
		"unknown user":             plain.Client("eve", "secret"),
		"part of the password":     plain.Client("alice", "secre"),
	} {
		t.Run(name, func(t *T) {
			s, c := t.guarded(plain.Server(users), client)
			denied(s, c, zmq.AuthDenied)
		})
	}
	t.Run("a server instead of a client", func(t *T) {
		s, c := t.guarded(zmq.Settings(plain.Server(users), briefHandshake), zmq.Settings(plain.Server(users), briefHandshake))
		_ = s.failure()
		t.ExpectNone(c.Socket)
	})
}

func plainWithoutHandler(t *T) {
	hello := func(endpoint string) {
		p := wire.Dial(t, endpoint)
		p.Greet(wire.V31("PLAIN"))
		p.Command("HELLO", wire.HelloBody("alice", "secret"))
		if got := p.Closed(); len(got) != 0 {
			t.Errorf("HELLO is answered with %q", got)
		}
	}
	s, c := t.guarded(opt.PlainServer.To(true), plain.Client("alice", "secret"))
	_ = s.failure()
	t.ExpectNone(c.Socket)
	t.Run("and the domain is enforced, and none", func(t *T) {
		if !t.Isolated() {
			return
		}
		server := t.Socket(zmq.PULL)
		if server.Set(opt.PlainServer.To(true), opt.ZAPEnforceDomain.To(true)) != nil {
			return // refused at once is as good
		}
		if err := server.Bind("tcp://127.0.0.1:*"); err != nil {
			t.Refused(err, zmq.ErrInvalid)
			return
		}
		hello(server.LastEndpoint())
	})
	t.Run("and the domain is enforced while it listens", func(t *T) {
		if !t.Isolated() {
			return
		}
		server, endpoint := t.Bound(zmq.PULL, opt.PlainServer.To(true))
		_ = server.Set(opt.ZAPEnforceDomain.To(true)) // may be refused
		hello(endpoint)
	})
}
