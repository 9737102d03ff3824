package security

import (
	"errors"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
)

func TestCurve(t *testing.T) {
	server, alice := newKeys(t), newKeys(t)

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
	t.Run("a library without CURVE says so", func(t *testing.T) {
		zctx := testlib.Context(t)
		if zctx.Has("curve") {
			t.Skip("this one has it")
		}
		_, err := zctx.NewSocket(zmq.DEALER, curve.Client(server.Public, alice.secret))
		testkit.WantError(t, err, errors.ErrUnsupported)
	})
}

// O25: libzmq and Go agree about keys.
func TestKeys(t *testing.T) {
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
}
