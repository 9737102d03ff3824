// Package curve encrypts connections and proves who is at both ends, with
// CURVE: keys of Curve25519, as in CurveCP.
//
// Both sides have a key pair. A client knows the server's public key, and so
// talks to that server only. A server says whom it lets in:
//
//	public, secret, err := curve.NewKeys()
//	clients := curve.Allow(alice, bob)
//	server, err := zctx.NewSocket(zmq.ROUTER, curve.Server(secret, clients))
//	client, err := zctx.NewSocket(zmq.DEALER, curve.Client(public, aliceSecret))
//
// Who is the server of CURVE has nothing to do with who binds.
//
// Keys are 32 bytes; as text they are 40 characters of Z85. Files of keys are
// those of CZMQ and pyzmq.
//
// The mechanism is ZeroMQ's RFC 25 and 26; the library must have been built
// with it: Context.Has("curve").
package curve
