package gssapi_test

import (
	"errors"
	"fmt"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/gssapi"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// What the settings set. Tickets would need a Kerberos server.
func TestSettings(t *testing.T) {
	if !libzmq.Has("gssapi") {
		s, err := testlib.Context(t).NewSocket(zmq.DEALER, gssapi.Client(gssapi.Principal("zmq@host"), gssapi.Name{}))
		if s != nil {
			t.Error("a socket without GSSAPI")
		}
		testkit.WantError(t, err, errors.ErrUnsupported)
		return
	}
	zctx := testlib.Context(t)
	t.Run("client", func(t *testing.T) {
		s := testkit.Socket(t, zctx, zmq.DEALER, gssapi.Plaintext(),
			gssapi.Client(gssapi.KerberosPrincipal("zmq/host@REALM"), gssapi.UserName("alice")))
		want(t, s, opt.Mechanism.Get, opt.MechanismGSSAPI)
		want(t, s, opt.GSSAPIServer.Get, false)
		want(t, s, opt.GSSAPIPlaintext.Get, true)
		want(t, s, opt.GSSAPIServicePrincipal.Get, "zmq/host@REALM")
		want(t, s, opt.GSSAPIServicePrincipalNameType.Get, opt.NameKRB5Principal)
		want(t, s, opt.GSSAPIPrincipal.Get, "alice")
		want(t, s, opt.GSSAPIPrincipalNameType.Get, opt.NameUserName)
	})
	t.Run("server", func(t *testing.T) {
		s := testkit.Socket(t, zctx, zmq.DEALER, gssapi.Server(gssapi.Principal("zmq@host"), curve.Anyone()))
		want(t, s, opt.Mechanism.Get, opt.MechanismGSSAPI)
		want(t, s, opt.GSSAPIServer.Get, true)
		want(t, s, opt.GSSAPIPlaintext.Get, false)
		want(t, s, opt.GSSAPIPrincipal.Get, "zmq@host")
		want(t, s, opt.ZAPEnforceDomain.Get, true)
	})
	t.Run("half a setting is refused", func(t *testing.T) {
		for name, set := range map[string]zmq.Setting{
			"no server":      gssapi.Client(gssapi.Name{}, gssapi.Principal("alice")),
			"nobody decides": gssapi.Server(gssapi.Principal("zmq@host"), nil),
		} {
			if s, err := zctx.NewSocket(zmq.DEALER, set); err == nil {
				t.Errorf("%s: no error", name)
				testkit.Drop(s)
			}
		}
	})
}

func want[T comparable](t *testing.T, s *zmq.Socket, get func(*zmq.Socket) (T, error), want T) {
	t.Helper()
	if got, err := get(s); err != nil || got != want {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

func ExampleName() {
	fmt.Println(gssapi.Principal("zmq@host"), gssapi.KerberosPrincipal("alice@REALM"))
	// Output: zmq@host alice@REALM
}
