package interop

import (
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// mechanisms are what protects the connections. Each gives the options of the
// side that binds and of the one that connects.
var mechanisms = []struct {
	name           string
	server, client []option
}{
	{name: "NULL"},
}

// Y24: the matrix of socket pairs, mechanisms, transports, and who binds.
func TestY24_GoAndPython(t *testing.T) {
	zctx := testlib.Context(t)
	py := startPython(t)
	for _, c := range conversations {
		for _, m := range mechanisms {
			for _, transport := range []string{"tcp", "ipc"} {
				for _, binder := range []string{"a", "b"} {
					for _, gopher := range []string{"a", "b"} {
						name := c.name + "/" + m.name + "/" + transport + "/" + binder + " binds/" + gopher + " is Go"
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
