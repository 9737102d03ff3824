package zmqtest

import (
	"errors"
	"net"
	"runtime"
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
)

// What Connect and Bind are told to go to.
var endpoints = []row{
	{
		id:   "H12",
		must: "Connect takes a source: an address, an interface or a port, which several connections may share",
		test: connectFrom,
	},
	{
		id:   "H13",
		must: "Connect takes names, resolves them later, and again at every try: a name that nobody knows is no error",
		test: connectToNames,
	},
	{
		id:   "H14",
		must: "a name server that does not answer holds up nobody else's connections",
		test: slowNameServer,
	},
	{
		id:   "H15",
		must: "an endpoint without transport, host or port is ErrInvalid, an unknown transport is ErrProtocol; nothing panics",
		test: badEndpoints,
	},
	{
		id:   "H16",
		must: "a port over 65535 is ErrInvalid",
		test: func(t *T) {
			for _, port := range []string{"65536", "99999", "4294967297", "99999999999999999999"} {
				for _, host := range []string{"127.0.0.1", "localhost", "[::1]"} {
					endpoint := "tcp://" + host + ":" + port
					t.Refused(t.Socket(zmq.PULL).Bind(endpoint), zmq.ErrInvalid)
					t.Refused(t.Socket(zmq.PULL).Connect(endpoint), zmq.ErrInvalid)
				}
			}
		},
	},
	{
		id:   "H17",
		must: "a tcp connection that meets itself is given up, and the server is reached as soon as it is there",
		test: selfConnect,
	},
}

func connectFrom(t *T) {
	listener := wire.Listen(t, "tcp")
	target := strings.TrimPrefix(listener.Endpoint, "tcp://")
	sources := map[string]string{"127.0.0.1": "127.0.0.1", loopback(t): "127.0.0.1"}
	if runtime.GOOS == "linux" { // which has all of 127.0.0.0/8
		sources["127.0.0.2"] = "127.0.0.2"
	}
	for source, want := range sources {
		t.Connect(t.Socket(zmq.PUSH), "tcp://"+source+":0;"+target)
		from := listener.Accept().RemoteAddr().(*net.TCPAddr)
		if from.IP.String() != want {
			t.Errorf("from %s it comes from %v, want %s", source, from, want)
		}
	}

	own := testkit.FreeEndpoint(t, "tcp")
	other := wire.Listen(t, "tcp")
	push := t.Socket(zmq.PUSH)
	for _, l := range []*wire.Listener{listener, other} {
		t.Connect(push, own+";"+strings.TrimPrefix(l.Endpoint, "tcp://"))
		p := l.Accept()
		if from := "tcp://" + p.RemoteAddr().String(); from != own {
			t.Errorf("it comes from %s, want %s", from, own)
		}
		p.Null("PULL")
	}
}

// loopback is the name of the interface with 127.0.0.1.
func loopback(t *T) string {
	t.Helper()
	all, err := net.Interfaces()
	t.OK(err)
	for _, i := range all {
		if i.Flags&net.FlagLoopback != 0 {
			return i.Name
		}
	}
	t.Fatal("this machine has no loopback interface")
	return ""
}

func badEndpoints(t *T) {
	for _, c := range []struct {
		endpoint      string
		bind, connect error // nil: it is good
	}{
		{"", zmq.ErrInvalid, zmq.ErrInvalid},
		{"://", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp:", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp:/127.0.0.1:1", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://", zmq.ErrInvalid, zmq.ErrInvalid},
		{"127.0.0.1:1", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://:", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://:5555", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:0;:5555", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:port", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:http", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:-1", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:1x", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1: 1", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:1 ", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://127.0.0.1:*", nil, zmq.ErrInvalid},
		{"tcp://127.0.0.1:0", nil, zmq.ErrInvalid},
		{"tcp://127.0.0.1:1\x00", zmq.ErrInvalid, zmq.ErrInvalid},
		{"tcp://a " + strings.Repeat("x", 100) + ":5555", syscall.ENODEV, zmq.ErrInvalid},
		{"ipc://", zmq.ErrInvalid, zmq.ErrInvalid},
		{"ipc://a\x00b", zmq.ErrInvalid, zmq.ErrInvalid},
		{"inproc://", zmq.ErrInvalid, zmq.ErrInvalid},
		{"inproc://a\x00b", zmq.ErrInvalid, zmq.ErrInvalid},
		{"foo://127.0.0.1:1", zmq.ErrProtocol, zmq.ErrProtocol},
		{"TCP://127.0.0.1:1", zmq.ErrProtocol, zmq.ErrProtocol},
		{" tcp://127.0.0.1:1", zmq.ErrProtocol, zmq.ErrProtocol},
		{"udp://127.0.0.1:5555", zmq.ErrIncompatible, zmq.ErrIncompatible},
		{strings.Repeat("x", 10_000), zmq.ErrInvalid, zmq.ErrInvalid},
		{strings.Repeat("x", 10_000) + "://x", zmq.ErrProtocol, zmq.ErrProtocol},
		{"tcp://" + strings.Repeat("x", 10_000) + ":5555", zmq.ErrInvalid, zmq.ErrInvalid},
	} {
		s := t.Socket(zmq.DEALER)
		for op, try := range map[string]struct {
			call func(string) error
			want error
		}{"Bind": {s.Bind, c.bind}, "Connect": {s.Connect, c.connect}} {
			err := try.call(c.endpoint)
			if !errors.Is(err, try.want) {
				t.Errorf("%s(%.40q): %v, want %v", op, c.endpoint, err, try.want)
			}
			var e *zmq.Error
			if err != nil && (!errors.As(err, &e) || e.Endpoint != c.endpoint || e.Socket != "DEALER") {
				t.Errorf("%s(%.40q): %v does not say what was tried", op, c.endpoint, err)
			}
		}
		t.Drop(s)
	}
}
