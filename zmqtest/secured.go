package zmqtest

import (
	"context"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
)

// A secured is a security mechanism, for rows that hold with and without: what
// makes the two ends of a connection speak it, and how a raw peer does its
// handshake with either.
type secured struct {
	name           string
	server, client zmq.Setting
	key            wire.Key                              // the server's public one
	visit          func(p *wire.Peer, socketType string) // as a client
	receive        func(p *wire.Peer, socketType string) // as a server
}

// mechanisms are NULL and, where the engine has it, CURVE.
func mechanisms(t *T) []secured {
	t.Helper()
	found := []secured{{
		name:    "NULL",
		visit:   func(p *wire.Peer, socketType string) { p.Null(socketType) },
		receive: func(p *wire.Peer, socketType string) { p.Null(socketType) },
	}}
	if !t.Zctx().Has("curve") {
		return found
	}
	server, client := wire.NewCurveKeys(t), wire.NewCurveKeys(t)
	return append(found, secured{
		name:   "CURVE",
		key:    server.Public,
		server: curve.Server(secretOf(t, server), curve.Anyone()),
		client: curve.Client(server.Public, secretOf(t, client)),
		visit: func(p *wire.Peer, socketType string) {
			c := wire.NewCurveClient(t, server.Public, client)
			p.CurveClient(c, socketType)
			p.Seal(&c.CurveMessages)
		},
		receive: func(p *wire.Peer, socketType string) {
			s := wire.NewCurveServer(t, server)
			p.CurveServer(s, socketType)
			p.Seal(&s.CurveMessages)
		},
	})
}

func secretOf(t *T, keys wire.CurveKeys) curve.Secret {
	t.Helper()
	s, err := curve.ParseSecret(keys.Secret[:])
	t.OK(err)
	return s
}

func soon(t *T) context.Context { return testkit.Soon(t) }
