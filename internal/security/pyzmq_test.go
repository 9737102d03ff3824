package security

import (
	"bufio"
	"encoding/json"
	"io"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/plain"
	"gozmq/zap"
)

// python is a process that runs peer.py.
type python struct {
	in  io.Closer
	out *json.Decoder
}

func startPython(t *testing.T, config map[string]any) python {
	t.Helper()
	arg, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	cmd := testkit.PythonCommand(t, "peer.py", string(arg))
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		end := time.AfterFunc(2*testkit.Hang, func() { _ = cmd.Process.Kill() })
		defer end.Stop()
		_, _ = io.Copy(io.Discard, out)
		if err := cmd.Wait(); err != nil {
			t.Errorf("peer.py: %v", err)
		}
	})
	return python{in, json.NewDecoder(bufio.NewReader(out))}
}

func read[T any](t *testing.T, p python) (v T) {
	t.Helper()
	if err := p.out.Decode(&v); err != nil {
		t.Fatalf("peer.py says nothing: %v", err)
	}
	return v
}

type options = map[string]any

// The mechanisms, with a client that is let in and one that is not, in the
// terms of both.
func TestPyzmq(t *testing.T) {
	server, alice, eve := newKeys(t), newKeys(t), newKeys(t)
	local, elsewhere := netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.0.2.0/24")
	folder := t.TempDir()
	if err := curve.SavePublic(filepath.Join(folder, "alice.key"), alice.Public, nil); err != nil {
		t.Fatal(err)
	}
	py := func(k keys) options {
		return options{"CURVE_SERVERKEY": server.String(), "CURVE_PUBLICKEY": k.String(), "CURVE_SECRETKEY": k.secret.Reveal()}
	}
	for _, c := range []struct {
		name string

		goServer zmq.Setting
		in, out  options // clients on pyzmq; nil is the same for both
		user     string  // who the one that is let in is

		pyServer, allow options
		goIn, goOut     zmq.Setting
		pyUser          string
	}{
		{
			name: "NULL", goServer: zap.With(zap.AllowFrom(local)), in: options{},
			pyServer: options{"ZAP_DOMAIN": "global"}, allow: options{"addresses": []string{"127.0.0.1"}},
		},
		{
			name: "NULL from elsewhere", goServer: zap.With(zap.AllowFrom(elsewhere)), out: options{},
			pyServer: options{"ZAP_DOMAIN": "global"}, allow: options{"addresses": []string{"192.0.2.1"}},
		},
		{
			name: "PLAIN", goServer: plain.Server(plain.Passwords(map[string]string{"alice": "secret"})),
			in:   options{"PLAIN_USERNAME": "alice", "PLAIN_PASSWORD": "secret"},
			out:  options{"PLAIN_USERNAME": "alice", "PLAIN_PASSWORD": "wrong"},
			user: "alice", pyUser: "alice",
			pyServer: options{"PLAIN_SERVER": 1}, allow: options{"passwords": map[string]string{"alice": "secret"}},
			goIn: plain.Client("alice", "secret"), goOut: plain.Client("alice", "wrong"),
		},
		{
			name: "CURVE", goServer: curve.Server(server.secret, curve.Allow(alice.Public)),
			in: py(alice), out: py(eve), user: alice.String(), pyUser: alice.String(),
			pyServer: options{"CURVE_SERVER": 1, "CURVE_SECRETKEY": server.secret.Reveal()},
			allow:    options{"folder": folder},
			goIn:     curve.Client(server.Public, alice.secret), goOut: curve.Client(server.Public, eve.secret),
		},
	} {
		t.Run(c.name+"/pyzmq connects", func(t *testing.T) {
			s, endpoint := testkit.Bound(t, testlib.Context(t), zmq.DEALER, "tcp", c.goServer)
			if c.in != nil {
				p := startPython(t, options{"role": "client", "options": c.in, "endpoint": endpoint})
				if got := read[string](t, p); got != "in" {
					t.Fatal(got)
				}
				var m zmq.Msg
				if err := s.RecvMsg(testkit.Soon(t), &m); err != nil {
					t.Fatal(err)
				}
				if string(m.Frame(0)) != "hello" || m.Property("User-Id") != c.user {
					t.Errorf("%q from %q, want %q", m.Frames(), m.Property("User-Id"), c.user)
				}
				testkit.Send(t, s, "hello yourself")
				if got := read[[]string](t, p); len(got) != 1 || got[0] != "hello yourself" {
					t.Errorf("pyzmq received %q", got)
				}
			}
			if c.out != nil {
				p := startPython(t, options{"role": "client", "options": c.out, "endpoint": endpoint})
				if got := read[string](t, p); got != "refused 400" {
					t.Error(got)
				}
			}
		})
		t.Run(c.name+"/pyzmq is the server", func(t *testing.T) {
			endpoint := read[string](t, startPython(t, options{"role": "server", "options": c.pyServer, "allow": c.allow}))
			zctx := testlib.Context(t)
			if c.in != nil {
				s := testkit.Connected(t, zctx, zmq.DEALER, endpoint, c.goIn)
				testkit.Send(t, s, "hello")
				if got := testkit.Recv(t, s); len(got) != 2 || got[1] != "hello" || c.pyUser != "" && got[0] != c.pyUser {
					t.Errorf("pyzmq sent back %q, want the user %q", got, c.pyUser)
				}
			}
			if c.out != nil {
				s := watched(t, testkit.Socket(t, zctx, zmq.DEALER, c.goOut))
				if err := s.Connect(endpoint); err != nil {
					t.Fatal(err)
				}
				s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
			}
		})
	}
}
