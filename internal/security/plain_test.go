package security

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/plain"
	"gozmq/zap"
)

func TestPlain(t *testing.T) {
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
