package security

import (
	"net/netip"
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
	"gozmq/zap"
)

func TestNull(t *testing.T) {
	t.Run("O1 without a domain the handler is not asked", func(t *testing.T) {
		zctx := testlib.Context(t)
		handler, asked := always(zap.Deny("never"))
		serve(t, zctx, handler)
		s, c := pair(t, zctx, zmq.Setting{}, zmq.Setting{})
		bounce(t, s, c)
		if len(asked) != 0 {
			t.Errorf("the handler was asked %d times", len(asked))
		}
	})
	t.Run("O2 with a domain the handler decides: allow", func(t *testing.T) {
		zctx := testlib.Context(t)
		handler, asked := always(zap.Allow(""))
		serve(t, zctx, handler)
		s, c := pair(t, zctx, zap.Domain("global"), zmq.Setting{})
		bounce(t, s, c)
		r := <-asked
		if r.Domain != "global" || r.Mechanism != "NULL" || r.Version != "1.0" || r.ID == "" || len(r.Credentials()) != 0 {
			t.Errorf("the request is %v", r)
		}
	})
	t.Run("O2 with a domain the handler decides: deny", func(t *testing.T) {
		zctx := testlib.Context(t)
		handler, _ := always(zap.Deny("no"))
		serve(t, zctx, handler)
		s, c := pair(t, zctx, zap.Domain("global"), zmq.Setting{})
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		c.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
	})
	t.Run("O3 with opt.ZAPDomain alone and no handler everybody gets in", func(t *testing.T) {
		s, c := pair(t, testlib.Context(t), opt.ZAPDomain.To("global"), zmq.Setting{})
		bounce(t, s, c)
	})
	t.Run("O3 with zap.Domain and no handler nobody gets in", func(t *testing.T) {
		s, _ := pair(t, testlib.Context(t), zap.Domain("global"), zmq.Setting{})
		s.expect(t, zmq.EventHandshakeFailed, syscall.EFAULT)
	})
	t.Run("O24 a wrong socket type at the handlers' endpoint is an error", func(t *testing.T) {
		zctx := testlib.Context(t)
		for _, typ := range []zmq.SocketType{zmq.PAIR, zmq.DEALER, zmq.PULL, zmq.SUB, zmq.PUB, zmq.REQ} {
			testkit.WantError(t, testkit.Socket(t, zctx, typ).Bind(zap.Endpoint), zmq.ErrNotSupported)
		}
	})
}

func TestAddresses(t *testing.T) {
	local, elsewhere := netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.0.2.0/24")
	for name, c := range map[string]struct {
		handler zap.Handler
		in      bool
	}{
		"O23 allowed":     {zap.AllowFrom(elsewhere, local), true},
		"O23 not allowed": {zap.AllowFrom(elsewhere), false},
		"O23 denied":      {zap.DenyFrom(elsewhere, local), false},
		"O23 not denied":  {zap.DenyFrom(elsewhere), true},
	} {
		t.Run(name, func(t *testing.T) {
			s, client := pair(t, testlib.Context(t), zap.With(c.handler), zmq.Setting{})
			if c.in {
				bounce(t, s, client)
				return
			}
			client.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
		})
	}
	t.Run("O23 the handler learns the address", func(t *testing.T) {
		handler, asked := always(zap.Allow(""))
		s, c := pair(t, testlib.Context(t), zap.With(handler), zmq.Setting{})
		bounce(t, s, c)
		if r := <-asked; r.Address != "127.0.0.1" {
			t.Errorf("the address is %q", r.Address)
		}
	})
	t.Run("O23 peers of ipc have no IP address", func(t *testing.T) {
		handler, asked := always(zap.Allow(""))
		zctx := testlib.Context(t)
		s, endpoint := testkit.Bound(t, zctx, zmq.PULL, "ipc", zap.With(zap.All(zap.DenyFrom(local), handler)))
		c := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
		testkit.Send(t, c, "hello")
		testkit.Expect(t, s, "hello")
		if _, err := netip.ParseAddr((<-asked).Address); err == nil {
			t.Error("the address is one of IP")
		}
	})
}
