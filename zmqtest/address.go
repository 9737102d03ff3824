package zmqtest

import (
	"errors"
	"net"
	"slices"
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section K: addresses, IPv6, wildcards, LastEndpoint, Unbind.
var address = slices.Concat(binding, unbinding)

var binding = []row{
	{
		id:   "K1",
		must: "tcp://*:* is every interface and any free port, with IPV6 for both kinds of addresses; LastEndpoint says which",
		test: func(t *T) {
			t.reachable("tcp://*:*", "tcp://0.0.0.0:", false, "127.0.0.1")
			if t.hasIPv6() {
				t.reachable("tcp://*:*", "tcp://[::]:", true, "127.0.0.1", "[::1]")
			}
		},
	},
	{
		id:   "K2",
		must: "port * or 0 of one address is a free port there",
		test: func(t *T) {
			for _, port := range []string{"*", "0"} {
				t.reachable("tcp://127.0.0.1:"+port, "tcp://127.0.0.1:", false, "127.0.0.1")
				if t.hasIPv6() {
					t.reachable("tcp://[::1]:"+port, "tcp://[::1]:", true, "[::1]")
					t.reachable("tcp://127.0.0.1:"+port, "tcp://[::ffff:127.0.0.1]:", true, "127.0.0.1")
				}
			}
		},
	},
	{
		id: "K3", over: all,
		must: "LastEndpoint is what was bound or connected last, as it was given; empty before that",
		test: lastEndpoint,
	},
}

// reachable binds to endpoint, which must become one with this prefix, and
// sends through every one of the hosts.
func (t *T) reachable(endpoint, prefix string, ipv6 bool, hosts ...string) {
	t.Helper()
	pull := t.Socket(zmq.PULL, opt.IPv6.To(ipv6))
	t.OK(pull.Bind(endpoint))
	bound := pull.LastEndpoint()
	port, ok := strings.CutPrefix(bound, prefix)
	if !ok || port == "0" {
		t.Errorf("Bind(%q) became %q, want %sPORT", endpoint, bound, prefix)
	}
	for _, host := range hosts {
		push := t.Socket(zmq.PUSH, opt.IPv6.To(ipv6))
		t.Connect(push, "tcp://"+host+":"+port)
		t.Send(push, "through "+host)
		t.Expect(pull, "through "+host)
	}
}

func lastEndpoint(t *T) {
	s := t.Socket(zmq.DEALER)
	if got := s.LastEndpoint(); got != "" {
		t.Errorf("it is %q before the first", got)
	}
	for _, use := range []func(string) error{s.Bind, s.Bind, s.Connect, s.Bind} {
		endpoint := t.Free()
		t.OK(use(endpoint))
		if got := s.LastEndpoint(); got != endpoint {
			t.Errorf("it is %q, want %q", got, endpoint)
		}
	}
	last := s.LastEndpoint()
	if err := s.Bind("tcp://nobody"); err == nil || s.LastEndpoint() != last {
		t.Errorf("after %v it is %q, want still %q", err, s.LastEndpoint(), last)
	}
}

var unbinding = []row{
	{
		id: "K4", over: all,
		must: "Unbind by LastEndpoint frees the address; by the wildcard that was bound it is ENOENT",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.PULL)
			if t.Transport != "inproc" {
				wildcard := map[string]string{"tcp": "tcp://127.0.0.1:*", "ipc": "ipc://*"}[t.Transport]
				t.OK(s.Bind(wildcard))
				t.Refused(s.Unbind(wildcard), syscall.ENOENT)
			}
			t.OK(s.Unbind(endpoint))
			t.Refused(s.Unbind(endpoint), syscall.ENOENT)
			next := t.Socket(zmq.PULL)
			t.BindAt(next, endpoint)
			t.Send(t.Connected(zmq.PUSH, endpoint), "to the next")
			t.Expect(next, "to the next")
		},
	},
	{
		id: "K5", over: all,
		must: "Unbind and Disconnect of what was not bound or connected are ENOENT; after Disconnect one may connect again",
		test: disconnectAndAgain,
	},
	{
		id:   "K6",
		must: "an IPv4 address that was bound with IPV6 is unbound by either of its forms",
		test: func(t *T) {
			if !t.hasIPv6() {
				t.Skip("no IPv6 here")
			}
			for _, prefix := range []string{"tcp://127.0.0.1:", "tcp://[::ffff:127.0.0.1]:"} {
				s := t.Socket(zmq.PULL, opt.IPv6.To(true))
				t.OK(s.Bind("tcp://127.0.0.1:*"))
				endpoint := s.LastEndpoint()
				t.OK(s.Unbind(prefix + endpoint[strings.LastIndexByte(endpoint, ':')+1:]))
				t.Refused(s.Unbind(endpoint), syscall.ENOENT)
			}
		},
	},
	{
		id:   "K7",
		must: "an interface's name, and a link-local address with its zone, are addresses to bind and connect",
		test: func(t *T) {
			t.reachable("tcp://"+loopback(t)+":*", "tcp://127.0.0.1:", false, "127.0.0.1")
			if zoned := linkLocal(); zoned != "" {
				t.reachable("tcp://["+zoned+"]:*", "tcp://["+zoned+"]:", true, "["+zoned+"]")
			}
		},
	},
	{
		id:   "K8",
		must: "Bind of a taken address is EADDRINUSE, of another machine's EADDRNOTAVAIL, of no address ENODEV; each is BIND_FAILED",
		test: func(t *T) {
			_, taken := t.Bound(zmq.PULL)
			for endpoint, want := range map[string]syscall.Errno{
				taken:                    syscall.EADDRINUSE,
				"tcp://203.0.113.1:5555": syscall.EADDRNOTAVAIL, // for documentation (RFC 5737)
				"tcp://" + strings.Repeat("x", 100) + ":5555": syscall.ENODEV, // too long for a name
			} {
				s := t.Socket(zmq.PULL)
				w := t.Watch(s, zmq.EventBindFailed)
				t.Refused(s.Bind(endpoint), want)
				if want != syscall.ENODEV { // found before there is a socket of the system
					t.Refused(w.Expect(zmq.EventBindFailed)[0].Err, want)
				}
			}
		},
	},
	{
		id:   "K9",
		must: "Bind takes addresses with or without brackets, * and interfaces, and names that resolve to an own address; no services as ports",
		test: func(t *T) {
			t.Run("addresses", hosts)
			t.Run("names", func(t *T) {
				t.reachable("tcp://localhost:*", "tcp://127.0.0.1:", false, "127.0.0.1")
			})
		},
	},
	{
		id:   "K10",
		must: "sockets that ask for any port get ports of their own",
		test: func(t *T) {
			seen := map[string]bool{}
			for range 50 {
				if _, endpoint := t.Bound(zmq.PULL); seen[endpoint] {
					t.Errorf("%s was given away twice", endpoint)
				} else {
					seen[endpoint] = true
				}
			}
		},
	},
	{
		id:   "K11",
		must: "with IPV6 a socket connects to IPv4 addresses and names too",
		test: func(t *T) {
			if !t.hasIPv6() {
				t.Skip("no IPv6 here")
			}
			pull, endpoint := t.Bound(zmq.PULL)
			for _, host := range []string{"127.0.0.1", "[::ffff:127.0.0.1]", "localhost"} {
				push := t.Socket(zmq.PUSH, opt.IPv6.To(true))
				t.Connect(push, strings.Replace(endpoint, "127.0.0.1", host, 1))
				t.Send(push, "to "+host)
				t.Expect(pull, "to "+host)
			}
		},
	},
}

func disconnectAndAgain(t *T) {
	pull, endpoint := t.Bound(zmq.PULL)
	for _, unknown := range []string{"tcp://127.0.0.1:1", "inproc://unknown", "ipc:///tmp/unknown"} {
		t.Refused(pull.Unbind(unknown), syscall.ENOENT)
		t.Refused(pull.Disconnect(unknown), syscall.ENOENT)
	}
	push := t.Socket(zmq.PUSH)
	for i := range 5 {
		t.Connect(push, endpoint)
		t.Send(push, testkit.Numbered(i))
		t.Expect(pull, testkit.Numbered(i))
		t.OK(push.Disconnect(endpoint))
		t.Refused(push.Disconnect(endpoint), syscall.ENOENT)
		t.Refused(t.TrySend(push, "to nobody"), zmq.ErrAgain)
	}
}

// linkLocal is a link-local address of this machine with its zone,
// "fe80::1%eth0", or empty.
func linkLocal() string {
	interfaces, err := net.Interfaces()
	if err != nil {
		return ""
	}
	for _, i := range interfaces {
		addresses, err := i.Addrs()
		if err != nil || i.Flags&net.FlagUp == 0 {
			continue
		}
		for _, a := range addresses {
			if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() == nil && ip.IP.IsLinkLocalUnicast() {
				return ip.IP.String() + "%" + i.Name
			}
		}
	}
	return ""
}

func hosts(t *T) {
	lo := loopback(t)
	for _, c := range []struct {
		host      string
		four, six string // what it becomes, without and with IPV6; an empty one is ENODEV
	}{
		{"*", "0.0.0.0", "[::]"},
		{"0.0.0.0", "0.0.0.0", "[::ffff:0.0.0.0]"},
		{"127.0.0.1", "127.0.0.1", "[::ffff:127.0.0.1]"},
		{"[127.0.0.1]", "127.0.0.1", "[::ffff:127.0.0.1]"},
		{"[::ffff:127.0.0.1]", "127.0.0.1", "[::ffff:127.0.0.1]"},
		{"[::]", "", "[::]"},
		{"[::1]", "", "[::1]"},
		{"::1", "", "[::1]"},
		{"[::1", "", ""},
		{"::1]", "", ""},
		{"[]", "", ""},
		{"127.0.0.256", "", ""},
		{lo, "127.0.0.1", "[::1]"},
	} {
		for ipv6, want := range map[bool]string{false: c.four, true: c.six} {
			if ipv6 && !t.hasIPv6() {
				continue
			}
			for _, port := range []string{"*", "0"} {
				s := t.Socket(zmq.PULL, opt.IPv6.To(ipv6))
				err := s.Bind("tcp://" + c.host + ":" + port)
				got := strings.TrimPrefix(s.LastEndpoint(), "tcp://")
				got = got[:max(strings.LastIndexByte(got, ':'), 0)]
				if got != want || want == "" && !errors.Is(err, syscall.ENODEV) {
					t.Errorf("%s with IPV6 %v is %q, %v; want %q", c.host, ipv6, got, err, want)
				}
				t.Drop(s)
			}
			for _, port := range []string{"http", "5555tcp", "0x50", ""} {
				t.Refused(t.Socket(zmq.PULL, opt.IPv6.To(ipv6)).Bind("tcp://"+c.host+":"+port), zmq.ErrInvalid)
			}
		}
	}
}
