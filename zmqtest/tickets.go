package zmqtest

import (
	"os"
	"strings"

	zmq "gozmq"
	"gozmq/gssapi"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/zap"
)

var (
	gssapiService = gssapi.Principal("zmq@localhost")
	gssapiClient  = gssapi.Client(gssapiService, gssapi.KerberosPrincipal("alice@TEST"))
)

func tickets(t *T) {
	t.Run("without a ticket", func(t *T) {
		if t.Isolated() {
			gssapiWithoutTickets(t)
		}
	})
	var environment []string
	if os.Getenv("KRB5_CLIENT_KTNAME") == "" { // else this is the process of a part
		if r := newRealm(t); r != nil {
			environment = r.environment
		}
	}
	for name, part := range map[string]func(*T){
		"alice is let in":               gssapiLetsIn,
		"alice is refused":              gssapiRefuses,
		"subscriptions after a restart": gssapiSubscriptions,
	} {
		t.Run(name, func(t *T) {
			if environment == nil && os.Getenv("KRB5_CLIENT_KTNAME") == "" {
				t.Skip("no Kerberos server is found; Debian's packages are krb5-kdc and krb5-admin-server")
			}
			if t.Isolated(environment...) {
				part(t)
			}
		})
	}
}

// gssapiWithoutTickets is what can be seen without a key server.
func gssapiWithoutTickets(t *T) {
	handler, asked := always(zap.Allow(""))
	s := t.side(t.Socket(zmq.DEALER, gssapi.Server(gssapiService, handler)))
	endpoint := t.Bind(s.Socket)
	for _, bytes := range old("DEALER") {
		p := wire.Dial(t, endpoint)
		p.Put(bytes...)
		p.Closed()
	}
	for _, mechanism := range []string{"NULL", "PLAIN", "CURVE"} {
		p := wire.Dial(t, endpoint)
		p.Put(wire.V31(mechanism).Bytes()...)
		p.Closed()
		s.expect(zmq.EventHandshakeProtocol, zmq.ProtocolMechanismMismatch)
	}
	c := t.Connected(zmq.DEALER, endpoint, briefHandshake, gssapi.Client(gssapiService, gssapi.Principal("nobody")))
	_ = s.failure()
	t.ExpectNone(c)
	if len(asked) != 0 {
		t.Errorf("the handler was asked about %v", <-asked)
	}
}

func gssapiLetsIn(t *T) {
	for name, also := range map[string]zmq.Setting{"encrypted": {}, "in plain text": gssapi.Plaintext()} {
		t.Run(name, func(t *T) {
			handler, asked := always(zap.Allow("alice"))
			s, c := t.guarded(zmq.Settings(gssapi.Server(gssapiService, handler), also), zmq.Settings(gssapiClient, also))
			bounce(s, c)
			if r := <-asked; r.Mechanism != "GSSAPI" || r.Principal != "alice@TEST" {
				t.Errorf("the request is %v", r)
			}
			large := strings.Repeat("x", mebi)
			t.Send(c.Socket, large)
			var m zmq.Msg
			t.OK(s.RecvMsg(soon(t), &m))
			if string(m.Frame(0)) != large || m.Property("User-Id") != "alice" {
				t.Errorf("received %d bytes of %q", len(m.Frame(0)), m.Property("User-Id"))
			}
		})
	}
}

func gssapiRefuses(t *T) {
	handler, _ := always(zap.Deny("no"))
	s, c := t.guarded(gssapi.Server(gssapiService, handler), gssapiClient)
	s.expect(zmq.EventHandshakeAuth, zmq.AuthDenied)
	t.ExpectNone(c.Socket)
}

func gssapiSubscriptions(t *T) {
	handler, _ := always(zap.Allow(""))
	xpub, endpoint := t.Bound(zmq.XPUB, gssapi.Server(gssapiService, handler))
	t.Connected(zmq.SUB, endpoint, gssapiClient, opt.Subscribe.To([]byte("topic")), retriesSoon)
	t.Expect(xpub, "\x01topic")
	t.OK(xpub.Unbind(endpoint))
	t.Expect(xpub, "\x00topic")
	t.Eventually("the endpoint is free", func() bool { return xpub.Bind(endpoint) == nil })
	t.Expect(xpub, "\x01topic")
}
