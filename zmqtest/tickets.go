package zmqtest

import (
	zmq "gozmq"
	"gozmq/gssapi"
	"gozmq/internal/wire"
	"gozmq/zap"
)

// gssapiWithoutTickets is what can be seen without a Kerberos server.
func gssapiWithoutTickets(t *T) {
	if !t.Isolated() {
		return
	}
	handler, asked := always(zap.Allow(""))
	s := t.side(t.Socket(zmq.DEALER, gssapi.Server(gssapi.Principal("zmq@localhost"), handler)))
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
	c := t.Connected(zmq.DEALER, endpoint, briefHandshake, gssapi.Client(gssapi.Principal("zmq@localhost"), gssapi.Principal("nobody")))
	_ = s.failure()
	t.ExpectNone(c)
	if len(asked) != 0 {
		t.Errorf("the handler was asked about %v", <-asked)
	}
}
