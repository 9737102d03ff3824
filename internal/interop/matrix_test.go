package interop

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// Y24: the matrix of socket pairs, mechanisms, transports, who binds, and who
// is Go.
func TestY24_GoAndPython(t *testing.T) {
	zctx := testlib.Context(t)
	py := startPython(t)
	var theirs string
	py.do(t, command{Do: "version"}, &theirs)
	t.Logf("libzmq %d here, %s there", zctx.Version(), theirs)
	mechanisms := newMechanisms(t)
	for _, c := range conversations {
		for _, m := range mechanisms {
			for _, transport := range []string{"tcp", "ipc"} {
				for _, binder := range []string{"a", "b"} {
					for _, gopher := range []string{"a", "b"} {
						name := c.name + "/" + m.name + "/" + transport + "/" + binder + " binds/" + gopher + " is Go"
						if c.a == zmq.REQ && binder == "a" && gopher == "b" && len(m.server) > 0 {
							// libzmq's REQ cannot let users in: the user id that pyzmq's
							// authenticator gives ends the connection. zap.With has a way round.
							continue
						}
						t.Run(name, func(t *testing.T) {
							aOptions, bOptions := c.aOptions, c.bOptions
							if binder == "a" {
								aOptions, bOptions = join(aOptions, m.server), join(bOptions, m.client)
							} else {
								aOptions, bOptions = join(aOptions, m.client), join(bOptions, m.server)
							}
							var a, b peer
							if gopher == "a" {
								a, b = newGoPeer(t, zctx, c.a, aOptions), newPythonPeer(t, py, c.b, bOptions)
							} else {
								a, b = newPythonPeer(t, py, c.a, aOptions), newGoPeer(t, zctx, c.b, bOptions)
							}
							meet(t, a, b, transport, binder)
							c.talk(t, a, b)
							a.close(t)
							b.close(t)
						})
					}
				}
			}
		}
	}
}

// The same conversations between Go's own sockets.
func TestY24_GoAndGo(t *testing.T) {
	zctx := testlib.Context(t)
	for _, c := range conversations {
		for _, transport := range testkit.Transports {
			for _, binder := range []string{"a", "b"} {
				t.Run(c.name+"/"+transport+"/"+binder+" binds", func(t *testing.T) {
					a, b := newGoPeer(t, zctx, c.a, c.aOptions), newGoPeer(t, zctx, c.b, c.bOptions)
					meet(t, a, b, transport, binder)
					c.talk(t, a, b)
				})
			}
		}
	}
}

func meet(t *testing.T, a, b peer, transport, binder string) {
	t.Helper()
	if binder == "b" {
		a, b = b, a
	}
	b.connect(t, a.bind(t, testkit.Endpoint(t, transport)))
}

func join(a, b []option) []option { return append(append([]option(nil), a...), b...) }
