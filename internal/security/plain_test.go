package security

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

func TestPlain(t *testing.T) {
	users := plain.Passwords(map[string]string{"alice": "secret", "bob": "other"})

	t.Run("O5 right", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), plain.Server(users), plain.Client("alice", "secret"))
		bounce(t, s, c)
	})
	for name, client := range map[string]zmq.Setting{
		"wrong password":           plain.Client("alice", "other"),
		"password of another user": plain.Client("bob", "secret"),
		"unknown user":             plain.Client("eve", "secret"),
	} {
		t.Run("O5 "+name, func(t *testing.T) {
			s, c := pair(t, testlib.Context(t), plain.Server(users), client)
			s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
			c.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		})
	}
	t.Run("O5 the client is a server too", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), zmq.Settings(plain.Server(users), impatient),
			zmq.Settings(plain.Server(users), impatient))
		_ = s.failure(t)
		testkit.ExpectNone(t, c.Socket)
	})
	t.Run("O6 without a handler nobody gets in", func(t *testing.T) {
		s, _ := pair(t, testlib.Context(t), opt.PlainServer.To(true), plain.Client("alice", "secret"))
		_ = s.failure(t)
	})
	t.Run("O7 the handler learns who asks and who is asked", func(t *testing.T) {
		zctx := testlib.Context(t)
		handler, asked := always(zap.Allow("someone"))
		serve(t, zctx, handler)
		s, c := pair(t, zctx, zmq.Settings(opt.RoutingID.To("IDENT"), opt.PlainServer.To(true), zap.Domain("here")),
			plain.Client("alice", "secret"))
		bounce(t, s, c)
		r := <-asked
		if string(r.Identity) != "IDENT" || r.Mechanism != "PLAIN" || r.Username != "alice" ||
			!r.Password.Equal("secret") || r.Password.Equal("other") || r.Domain != "here" || len(r.Credentials()) != 2 {
			t.Errorf("the request is %v", r)
		}
	})
	t.Run("users change while the server runs", func(t *testing.T) {
		users := plain.Passwords(nil)
		zctx := testlib.Context(t)
		s, c := pair(t, zctx, plain.Server(users), plain.Client("carol", "pw"))
		c.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		users.Set("carol", "pw")
		again(t, s, c)
		bounce(t, s, c)
	})
	t.Run("half a setting is refused", func(t *testing.T) {
		zctx := testlib.Context(t)
		for name, set := range map[string]zmq.Setting{
			"no user": plain.Client("", "pw"), "no password": plain.Client("alice", ""),
			"nobody decides": plain.Server(nil), "a nil handler": zap.With(nil),
		} {
			if s, err := zctx.NewSocket(zmq.DEALER, set); err == nil {
				t.Errorf("%s: no error", name)
				testkit.Drop(s)
			}
		}
	})
}

// again makes the client connect anew.
func again(t testing.TB, s, c side) {
	t.Helper()
	endpoint := s.LastEndpoint()
	if err := c.Disconnect(endpoint); err != nil {
		t.Fatal(err)
	}
	if err := c.Connect(endpoint); err != nil {
		t.Fatal(err)
	}
}
