package zmqtest

import (
	"errors"
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// Section O, the rows about CURVE.
var encryption = []row{
	{
		id: "O8", key: true, needs: "curve", over: remote,
		must: "CURVE lets in a client whose key is allowed; each side reports that once, and messages pass",
		test: func(t *T) {
			server, alice := newKeys(t), newKeys(t)
			s, c := t.guarded(curve.Server(server.secret, curve.Allow(alice.Public)), curve.Client(server.Public, alice.secret))
			bounce(s, c)
			s.quiet()
			c.quiet()
		},
	},
	{
		id: "O9", needs: "curve", over: remote,
		must: "CURVE refuses a client whose key is not allowed, with 400 on both sides",
		test: func(t *T) {
			server, alice, eve := newKeys(t), newKeys(t), newKeys(t)
			s, c := t.guarded(curve.Server(server.secret, curve.Allow(alice.Public)), curve.Client(server.Public, eve.secret))
			denied(s, c, zmq.AuthDenied)
		},
	},
	{
		id: "O10", needs: "curve", over: remote,
		must: "a client of CURVE without its keys, or with another server's, does not get in: CRYPTOGRAPHIC",
		test: keysThatAreMissing,
	},
	{
		id: "O11", needs: "curve", over: remote,
		must: "a server of CURVE refuses clients of NULL and PLAIN as MECHANISM_MISMATCH, and asks nobody about them",
		test: clientsOfOtherMechanisms,
	},
	{
		id: "O12", needs: "curve", over: remote,
		must: "a HELLO of CURVE that is wrong in any part ends the connection, and the monitor says in which",
		test: wrongHellos,
	},
	{
		id: "O13", needs: "curve", over: remote,
		must: "an INITIATE of CURVE that is wrong in any part ends the connection, and the monitor says in which",
		test: wrongInitiates,
	},
	{
		id: "O14", needs: "curve", over: remote,
		must: "a MESSAGE that is repeated, or comes after a later one, ends the connection as INVALID_SEQUENCE and is not delivered",
		test: replayedMessages,
	},
	{
		id: "O15", needs: "curve",
		must: "a key is set as 32 bytes or 40 characters and read as 32 bytes; other sizes are refused",
		test: sizesOfKeys,
	},
	{
		id: "O16", needs: "curve",
		must: "CURVE carries a routing id of 255 bytes and metadata of any size",
		test: largeMetadata,
	},
	{
		id: "O17", needs: "curve",
		must: "CURVE works over every transport that leaves the process, and subscriptions in it have the form of the peer's version",
		test: func(t *T) {
			t.Run("transports", curveOverTransports)
			t.Run("subscriptions", sealedSubscriptions)
		},
	},
	{
		id: "O18", needs: "curve",
		must: "a server of CURVE must be told whom it lets in, or does not bind or connect; curve.Anyone says anyone",
		test: serversMustDecide,
	},
}

// curveSecret is a secret key alone, for clients that are made wrong.
func curveSecret(s curve.Secret) zmq.Setting {
	return zmq.Option[string](opt.CurveSecretKey).To(s.Reveal())
}

func keysThatAreMissing(t *T) {
	server, alice, eve := newKeys(t), newKeys(t), newKeys(t)
	clients := curve.Allow(alice.Public)
	var none [32]byte
	for name, client := range map[string]zmq.Setting{
		"public key":       zmq.Settings(opt.CurveServerKey.To(server.Public), opt.CurvePublicKey.To(none), curveSecret(alice.secret)),
		"secret key":       zmq.Settings(opt.CurveServerKey.To(server.Public), opt.CurvePublicKey.To(alice.Public), opt.CurveSecretKey.To(none)),
		"right server key": curve.Client(eve.Public, alice.secret),
		"own secret key":   zmq.Settings(opt.CurveServerKey.To(server.Public), opt.CurvePublicKey.To(alice.Public), curveSecret(eve.secret)),
	} {
		t.Run("no "+name, func(t *T) {
			s, _ := t.guarded(curve.Server(server.secret, clients), client)
			s.expect(zmq.EventHandshakeProtocol, zmq.ProtocolCryptographic)
		})
	}
	t.Run("no server key", func(t *T) {
		// Nothing can be encrypted for it: the client need not speak at all.
		s, c := t.guarded(zmq.Settings(curve.Server(server.secret, clients), briefHandshake),
			zmq.Settings(opt.CurveServerKey.To(none), opt.CurvePublicKey.To(alice.Public), curveSecret(alice.secret)))
		_ = s.failure()
		t.ExpectNone(c.Socket)
	})
}

func clientsOfOtherMechanisms(t *T) {
	server := newKeys(t)
	for name, client := range map[string]zmq.Setting{"NULL": {}, "PLAIN": plain.Client("alice", "secret")} {
		handler, asked := always(zap.Allow(""))
		s, c := t.guarded(curve.Server(server.secret, handler), client)
		// The side that looks first sees it, and the other only that its peer
		// has gone.
		here, there := s.failure(), c.failure()
		if !errors.Is(here, zmq.ProtocolMechanismMismatch) && !errors.Is(there, zmq.ProtocolMechanismMismatch) {
			t.Errorf("%s: the server says %v, the client %v", name, here, there)
		}
		if len(asked) != 0 {
			t.Errorf("the handler was asked about a client of %s", name)
		}
	}
}

func sizesOfKeys(t *T) {
	s := t.Socket(zmq.DEALER)
	for name, option := range map[string]zmq.Option[[32]byte]{
		"server key": opt.CurveServerKey, "public key": opt.CurvePublicKey,
	} {
		key := newKeys(t).Public
		for _, good := range [][]byte{key[:], []byte(key.String())} {
			t.OK(s.Set(zmq.Option[[]byte](option).To(good)))
			if got, err := option.Get(s); err != nil || got != key {
				t.Errorf("after %d bytes the %s is %v, %v", len(good), name, got, err)
			}
		}
		for _, n := range []int{0, 1, 31, 33, 39, 41, 42, 64, 123} {
			t.Refused(s.Set(zmq.Option[[]byte](option).To(make([]byte, n))), zmq.ErrInvalid)
		}
	}
	for _, n := range []int{0, 31, 33, 39, 123} {
		t.Refused(s.Set(zmq.Option[[]byte](opt.CurveSecretKey).To(make([]byte, n))), zmq.ErrInvalid)
	}
}

func largeMetadata(t *T) {
	if !t.Isolated() {
		return
	}
	keys, own := newKeys(t), wire.NewCurveKeys(t)
	id := strings.Repeat("i", 255)
	router := t.Socket(zmq.ROUTER, curve.Server(keys.secret, curve.Anyone()))
	endpoint := t.Bind(router)
	dealer := t.Connected(zmq.DEALER, endpoint, curve.Client(keys.Public, newKeys(t).secret), opt.RoutingID.To(id))
	t.Send(dealer, "hello")
	t.Expect(router, id, "hello")

	for _, size := range []int{255, 256, 512, 1024, 65535, 65536, mebi} {
		large := wire.Property{Name: "X-large", Value: strings.Repeat("x", size)}
		name := fmt.Sprintf("peer with %d bytes", size)
		c := wire.NewCurveClient(t, wire.Key(keys.Public), own)
		p := wire.Dial(t, endpoint)
		p.CurveClient(c, "DEALER", wire.Property{Name: "Identity", Value: name}, large)
		p.Seal(&c.CurveMessages)
		p.Send("hello")
		var m zmq.Msg
		t.OK(router.RecvMsg(soon(t), &m))
		if string(m.Frame(0)) != name || m.Property("X-large") != large.Value {
			t.Errorf("%s: received %q, and %d bytes of metadata", name, m.Frames(), len(m.Property("X-large")))
		}

		l := wire.Listen(t, "tcp")
		client := t.Connected(zmq.DEALER, l.Endpoint, curve.Client(curve.Public(own.Public), keys.secret))
		p = l.Accept()
		s := wire.NewCurveServer(t, own)
		p.CurveServer(s, "DEALER", large)
		p.Seal(&s.CurveMessages)
		p.Send("hello")
		t.OK(client.RecvMsg(soon(t), &m))
		if m.Property("X-large") != large.Value {
			t.Errorf("%s: the client has %d bytes of metadata", name, len(m.Property("X-large")))
		}
	}
}

func curveOverTransports(t *T) {
	transports := remote
	if t.Zctx().Has("WS") {
		transports = append(transports[:2:2], "ws")
	}
	for _, transport := range transports {
		server, client := newKeys(t), newKeys(t)
		s := t.Socket(zmq.DEALER, curve.Server(server.secret, curve.Allow(client.Public)))
		if transport == "ws" {
			t.OK(s.Bind("ws://127.0.0.1:*"))
		} else {
			(&T{T: t.T, Transport: transport}).Bind(s)
		}
		c := t.Connected(zmq.DEALER, s.LastEndpoint(), curve.Client(server.Public, client.secret))
		t.Send(c, "there", transport)
		t.Expect(s, "there", transport)
		t.Send(s, "back", transport)
		t.Expect(c, "back", transport)
	}
}

func sealedSubscriptions(t *T) {
	own, client := wire.NewCurveKeys(t), newKeys(t)
	for _, g := range []wire.Greeting{wire.V30("CURVE"), wire.V31("CURVE")} {
		subscribe, cancel := (*wire.Peer).Subscribe, (*wire.Peer).Cancel
		form := wire.Frame{Flags: wire.Command, Body: "\x09SUBSCRIBEtopic"}
		if g.Minor == 0 {
			subscribe, cancel = (*wire.Peer).Subscribe30, (*wire.Peer).Cancel30
			form = wire.Frame{Body: "\x01topic"}
		}
		xpub, endpoint := t.Bound(zmq.XPUB, curve.Server(secretOf(t, own), curve.Anyone()))
		c := wire.NewCurveClient(t, own.Public, wire.NewCurveKeys(t))
		p := wire.Dial(t, endpoint)
		p.Greet(g)
		p.CurveClientHandshake(c, "SUB")
		p.Seal(&c.CurveMessages)
		subscribe(p, "topic")
		t.Expect(xpub, "\x01topic")
		t.Send(xpub, "something else")
		t.Send(xpub, "topic and more")
		p.Expect("topic and more")
		cancel(p, "topic")
		t.Expect(xpub, "\x00topic")

		l := wire.Listen(t, t.Transport)
		t.Connected(zmq.SUB, l.Endpoint, curve.Client(curve.Public(own.Public), client.secret), opt.Subscribe.To([]byte("topic")))
		s := wire.NewCurveServer(t, own)
		p = l.Accept()
		p.Greet(g)
		p.CurveServerHandshake(s, "PUB")
		p.Seal(&s.CurveMessages)
		if got := p.Next(); got != form {
			t.Errorf("at ZMTP 3.%d it subscribes by %v, want %v", g.Minor, got, form)
		}
	}
}

func serversMustDecide(t *T) {
	server, alice := newKeys(t), newKeys(t)
	byHand := zmq.Settings(curveSecret(server.secret), opt.CurveServer.To(true))
	client := curve.Client(server.Public, alice.secret)
	t.Run("nobody decides", func(t *T) {
		for _, settings := range []zmq.Setting{byHand, zmq.Settings(byHand, opt.ZAPDomain.To("global"))} {
			s := t.Socket(zmq.DEALER, settings)
			for _, err := range []error{s.Bind("tcp://127.0.0.1:*"), s.Connect("tcp://127.0.0.1:9")} {
				t.Refused(err, zmq.ErrInvalid)
				if err != nil && !strings.Contains(err.Error(), "curve.Anyone") {
					t.Errorf("the error does not say what to do: %v", err)
				}
			}
			// What is no CURVE server any more needs nobody.
			t.OK(s.Set(opt.CurveServer.To(false)))
			t.Bind(s)
		}
	})
	t.Run("half a setting", func(t *T) {
		for name, set := range map[string]zmq.Setting{
			"nobody decides": curve.Server(server.secret, nil),
			"no secret":      curve.Server(curve.Secret{}, curve.Anyone()),
			"no server key":  curve.Client(curve.Public{}, alice.secret),
			"no own key":     curve.Client(server.Public, curve.Secret{}),
		} {
			if s, err := t.Zctx().NewSocket(zmq.DEALER, set); err == nil {
				t.Errorf("%s: no error", name)
				t.Drop(s)
			}
		}
	})
	t.Run("the context's handler decides", func(t *T) {
		handler, asked := always(zap.Allow("x"))
		srv := t.serve(t.Zctx(), handler)
		s, c := t.guarded(byHand, client)
		bounce(s, c)
		if r := <-asked; r.PublicKey != alice.Public || r.Mechanism != "CURVE" || r.Domain != "" {
			t.Errorf("the request is %v", r)
		}
		// Without it nobody gets in, here and on new sockets.
		t.OK(srv.Close())
		t.Refused(t.Socket(zmq.DEALER, byHand).Bind("tcp://127.0.0.1:*"), zmq.ErrInvalid)
		late := t.side(t.Socket(zmq.DEALER, client, retriesSoon, briefHandshake))
		t.Connect(late.Socket, s.LastEndpoint())
		s.refuses(zmq.AuthTemporary)
		t.serve(t.Zctx(), handler)
		late.eventually()
	})
	t.Run("a handler of the program's own decides", func(t *T) {
		stop := t.rawHandler(t.Zctx(), func(request []string) []string {
			return []string{"1.0", request[1], "200", "OK", "raw", ""}
		})
		defer stop()
		s, c := t.guarded(zmq.Settings(byHand, zap.Domain("own")), client)
		bounce(s, c)
		if _, err := zap.Serve(t.Zctx(), curve.Anyone()); err == nil || !strings.Contains(err.Error(), "another socket") {
			t.Errorf("Serve beside another handler: %v", err)
		}
	})
	t.Run("anyone", func(t *T) {
		s, c := t.guarded(curve.Server(server.secret, curve.Anyone()), client)
		bounce(s, c)
	})
}
