// Package zap decides which peers may connect. It answers ZAP, the protocol
// in which a ZeroMQ server asks for each connection whether the peer that
// presents itself there is welcome, with handlers in the manner of net/http.
//
// Most programs meet it through curve.Server and plain.Server, which take a
// handler for one socket. With is the same for sockets without security, to
// let in only some addresses. Serve sets a handler for all sockets of a
// context whose peers nobody else judges, told apart by their domain.
//
//	srv, err := zap.Serve(zctx, zap.HandlerFunc(func(ctx context.Context, r *zap.Request) zap.Response {
//		password, known := lookUp(ctx, r.Username)
//		if r.Mechanism != "PLAIN" || !known || !r.Password.Equal(password) {
//			return zap.Deny("who are you?")
//		}
//		return zap.Allow(r.Username)
//	}))
//
// A context has one ZAP server, which starts with the first use and ends with
// the context. It fails closed: whoever no handler speaks for does not get in.
// Connections that are established stay when a handler changes its mind; it
// counts from the next one on. Nothing of this works over inproc, where libzmq
// knows no security.
//
// The protocol is ZeroMQ's RFC 27.
package zap
