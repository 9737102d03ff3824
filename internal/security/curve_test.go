package security

import (
	"errors"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

func TestCurve(t *testing.T) {
	server, alice, eve := newKeys(t), newKeys(t), newKeys(t)
	clients := curve.Allow(alice.Public)

	t.Run("O8 a client that is let in: one event on each side", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), curve.Server(server.secret, clients), curve.Client(server.Public, alice.secret))
		bounce(t, s, c)
		s.quiet(t)
		c.quiet(t)
	})
	t.Run("O9 an unknown client", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), curve.Server(server.secret, clients), curve.Client(server.Public, eve.secret))
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		c.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
	})
	var null [32]byte
	t.Run("O10 no server key", func(t *testing.T) {
		// libsodium refuses to encrypt with it: the client never speaks.
		s, _ := pair(t, testlib.Context(t), zmq.Settings(curve.Server(server.secret, clients), impatient),
			zmq.Settings(opt.CurveServerKey.To(null), opt.CurvePublicKey.To(alice.Public), curveSecret(t, alice.secret)))
		_ = s.failure(t)
	})
	for name, set := range map[string]zmq.Setting{
		"public key": zmq.Settings(opt.CurveServerKey.To(server.Public), opt.CurvePublicKey.To(null),
			curveSecret(t, alice.secret)),
		"secret key": zmq.Settings(opt.CurveServerKey.To(server.Public), opt.CurvePublicKey.To(alice.Public),
			opt.CurveSecretKey.To(null)),
		"right server key": curve.Client(eve.Public, alice.secret),
	} {
		t.Run("O10 no "+name, func(t *testing.T) {
			s, _ := pair(t, testlib.Context(t), curve.Server(server.secret, clients), set)
			s.expect(t, zmq.EventHandshakeProtocol, zmq.ProtocolCryptographic)
		})
	}
	for name, set := range map[string]zmq.Setting{
		"NULL": {}, "PLAIN": plain.Client("alice", "secret"),
	} {
		t.Run("O11 a client of "+name, func(t *testing.T) {
			handler, asked := always(zap.Allow(""))
			s, c := pair(t, testlib.Context(t), curve.Server(server.secret, handler), set)
			// The side that looks first sees it, and the other only that its
			// peer has gone.
			here, there := s.failure(t), c.failure(t)
			if !errors.Is(here, zmq.ProtocolMechanismMismatch) && !errors.Is(there, zmq.ProtocolMechanismMismatch) {
				t.Errorf("the server says %v, the client %v", here, there)
			}
			if len(asked) != 0 {
				t.Error("the handler was asked")
			}
		})
	}
	t.Run("O15 sizes of keys", func(t *testing.T) {
		s := testkit.Socket(t, testlib.Context(t), zmq.DEALER)
		key := zmq.Option[[]byte](opt.CurveServerKey)
		for _, good := range [][]byte{server.Public[:], []byte(server.String())} {
			if err := s.Set(key.To(good)); err != nil {
				t.Errorf("%d bytes: %v", len(good), err)
			}
			if got, err := opt.CurveServerKey.Get(s); err != nil || got != server.Public {
				t.Errorf("after %d bytes the key is %v, %v", len(good), got, err)
			}
		}
		for _, n := range []int{0, 31, 33, 39, 123} {
			testkit.WantError(t, s.Set(key.To(make([]byte, n))), zmq.ErrInvalid)
		}
	})
	t.Run("O25 libzmq and Go agree about keys", func(t *testing.T) {
		for range 20 {
			k := newKeys(t)
			if p, err := capi.CurvePublic(k.secret.Reveal()); err != nil || p != k.Public.String() {
				t.Errorf("libzmq has %s, %v for the public key, Go %v", p, err, k.Public)
			}
			public, secret, err := capi.CurveKeypair()
			if err != nil {
				t.Fatal(err)
			}
			if s, err := curve.ParseSecret(secret); err != nil || s.Public().String() != public {
				t.Errorf("Go has %v, %v for the public key, libzmq %s", s.Public(), err, public)
			}
		}
	})
	t.Run("O23 anyone may come, and is known by the key", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), curve.Server(server.secret, curve.Anyone()), curve.Client(server.Public, eve.secret))
		testkit.Send(t, c.Socket, "hello")
		var m zmq.Msg
		if err := s.RecvMsg(testkit.Soon(t), &m); err != nil {
			t.Fatal(err)
		}
		if m.Property("User-Id") != eve.String() || m.Property("Peer-Address") != "127.0.0.1" {
			t.Errorf("the client is %q at %q", m.Property("User-Id"), m.Property("Peer-Address"))
		}
	})
	t.Run("O28 a socket changes its key for the next Bind", func(t *testing.T) {
		zctx, second := testlib.Context(t), newKeys(t)
		s := testkit.Socket(t, zctx, zmq.PULL, curve.Server(server.secret, clients))
		first := testkit.Bind(t, s, "tcp")
		if err := s.Set(curve.Server(second.secret, curve.Allow(eve.Public))); err != nil {
			t.Fatal(err)
		}
		other := testkit.Bind(t, s, "tcp")
		a := testkit.Connected(t, zctx, zmq.PUSH, first, curve.Client(server.Public, alice.secret))
		b := testkit.Connected(t, zctx, zmq.PUSH, other, curve.Client(second.Public, eve.secret))
		testkit.Send(t, a, "to the first key")
		testkit.Expect(t, s, "to the first key")
		testkit.Send(t, b, "to the second key")
		testkit.Expect(t, s, "to the second key")
		// And nobody gets in by the other's door.
		wrong := watched(t, testkit.Socket(t, zctx, zmq.PUSH, curve.Client(server.Public, eve.secret)))
		if err := wrong.Connect(first); err != nil {
			t.Fatal(err)
		}
		wrong.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
	})
	t.Run("a removed key is refused at its next connection", func(t *testing.T) {
		clients := curve.Allow(alice.Public)
		s, c := pair(t, testlib.Context(t), curve.Server(server.secret, clients), curve.Client(server.Public, alice.secret))
		bounce(t, s, c)
		clients.Remove(alice.Public)
		testkit.Send(t, c.Socket, "established connections stay")
		testkit.Expect(t, s.Socket, "established connections stay")
		again(t, s, c)
		c.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		clients.Add(alice.Public)
		again(t, s, c)
		bounce(t, s, c)
	})
}

// curveSecret is the secret key alone, for clients that are made wrong.
func curveSecret(t testing.TB, s curve.Secret) zmq.Setting {
	t.Helper()
	return zmq.Option[string](opt.CurveSecretKey).To(s.Reveal())
}

func TestCurveServerMustDecide(t *testing.T) {
	server, alice := newKeys(t), newKeys(t)
	byHand := zmq.Settings(curveSecret(t, server.secret), opt.CurveServer.To(true))

	t.Run("O18 nobody decides", func(t *testing.T) {
		s := testkit.Socket(t, testlib.Context(t), zmq.DEALER, byHand)
		for _, err := range []error{s.Bind("tcp://127.0.0.1:*"), s.Connect("tcp://127.0.0.1:9")} {
			testkit.WantError(t, err, zmq.ErrInvalid)
			if err != nil && !strings.Contains(err.Error(), "curve.Anyone") {
				t.Errorf("the error does not say what to do: %v", err)
			}
		}
		// What is no CURVE server any more needs nobody.
		if err := s.Set(opt.CurveServer.To(false)); err != nil {
			t.Fatal(err)
		}
		testkit.Bind(t, s, "tcp")
	})
	t.Run("O18 a domain alone decides nothing", func(t *testing.T) {
		s := testkit.Socket(t, testlib.Context(t), zmq.DEALER, byHand, opt.ZAPDomain.To("global"))
		testkit.WantError(t, s.Bind("tcp://127.0.0.1:*"), zmq.ErrInvalid)
	})
	t.Run("O18 Server without clients or keys", func(t *testing.T) {
		zctx := testlib.Context(t)
		for name, set := range map[string]zmq.Setting{
			"nobody decides": curve.Server(server.secret, nil),
			"no secret":      curve.Server(curve.Secret{}, curve.Anyone()),
			"no server key":  curve.Client(curve.Public{}, alice.secret),
			"no own key":     curve.Client(server.Public, curve.Secret{}),
		} {
			if s, err := zctx.NewSocket(zmq.DEALER, set); err == nil {
				t.Errorf("%s: no error", name)
				testkit.Drop(s)
			}
		}
	})
	t.Run("O18 the context's handler decides", func(t *testing.T) {
		zctx := testlib.Context(t)
		handler, asked := always(zap.Allow("x"))
		srv := serve(t, zctx, handler)
		s, c := pair(t, zctx, byHand, curve.Client(server.Public, alice.secret))
		bounce(t, s, c)
		if r := <-asked; r.PublicKey != alice.Public || r.Mechanism != "CURVE" || r.Domain != "" {
			t.Errorf("the request is %v", r)
		}
		// Without it nobody gets in, here and on new sockets.
		if err := srv.Close(); err != nil {
			t.Fatal(err)
		}
		testkit.WantError(t, testkit.Socket(t, zctx, zmq.DEALER, byHand).Bind("tcp://127.0.0.1:*"), zmq.ErrInvalid)
		late := watched(t, testkit.Socket(t, zctx, zmq.DEALER, curve.Client(server.Public, alice.secret), soon, impatient))
		if err := late.Connect(s.LastEndpoint()); err != nil {
			t.Fatal(err)
		}
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthTemporary)
		serve(t, zctx, handler)
		late.eventually(t)
	})
	t.Run("O18 a handler of the program's own decides", func(t *testing.T) {
		zctx := testlib.Context(t)
		raw := rawHandler(t, zctx, func(request [][]byte) [][]byte {
			return testkit.Bytes("1.0", string(request[1]), "200", "OK", "raw", "")
		})
		defer raw()
		s, c := pair(t, zctx, zmq.Settings(byHand, zap.Domain("own")), curve.Client(server.Public, alice.secret))
		bounce(t, s, c)
		if _, err := zap.Serve(zctx, curve.Anyone()); err == nil || !strings.Contains(err.Error(), "another socket") {
			t.Errorf("Serve beside another handler: %v", err)
		}
	})
	t.Run("a library without CURVE says so", func(t *testing.T) {
		zctx := testlib.Context(t)
		if zctx.Has("curve") {
			t.Skip("this one has it")
		}
		_, err := zctx.NewSocket(zmq.DEALER, curve.Client(server.Public, alice.secret))
		testkit.WantError(t, err, errors.ErrUnsupported)
	})
}
