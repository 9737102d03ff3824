package zmqtest

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section R: SOCKS5.
//
// Proxies are made before the row's context, so that they end after it: an
// engine may not survive the end of a socket whose proxy has gone.
var socks = []row{
	{
		id: "R1", since: 40302,
		must: "with SOCKS_PROXY a connection is made by the proxy, which gets SOCKS_USERNAME and SOCKS_PASSWORD if there is a name",
		test: proxiedConnections,
	},
	{
		id:   "R2",
		must: "host names of up to 255 bytes reach the SOCKS proxy unresolved, and addresses as addresses, IPv6 with brackets and without",
		test: proxiedNames,
	},
	{
		id:   "R3",
		must: "a SOCKS proxy may start late, and answer in whatever pieces",
		test: isolated(slowProxy),
	},
	{
		id:   "R4",
		must: "SOCKS_PROXY may name the address to connect from, source:port;proxy:port",
		test: func(t *T) {
			l, err := net.Listen("tcp", "127.0.0.2:0")
			if err != nil {
				t.Skipf("this machine has no second address of its own: %v", err)
			}
			t.OK(l.Close())
			proxyFromAddress(t)
		},
	},
	{
		id: "R5", since: 40302,
		must: "empty text takes SOCKS_PROXY, SOCKS_USERNAME and SOCKS_PASSWORD back; the latter two hold 255 bytes at most",
		test: proxyOptions,
	},
	{
		id: "R6", since: 40302,
		must: "whatever a SOCKS proxy answers, or if it hangs up, the socket tries again and can be closed at any moment",
		test: isolated(maliciousProxies),
	},
}

// lets a client pass that needs no password.
func lets(c *wire.Peer) wire.SOCKSTarget {
	c.SOCKSMethods()
	c.Put(wire.SOCKSOpen...)
	target := c.SOCKSTarget()
	c.Put(wire.SOCKSAccepted...)
	return target
}

func proxiedConnections(t *T) {
	proxy := wire.Listen(t, "tcp")
	long := strings.Repeat("x", 255)
	for _, asks := range []struct{ user, password string }{
		{"", ""}, {"", "ignored"}, {"user", "secret"}, {"user", ""}, {long, long},
	} {
		pull, endpoint := t.Bound(zmq.PULL)
		push := t.Connected(zmq.PUSH, endpoint, opt.SOCKSProxy.To(proxy.Address()),
			opt.SOCKSUsername.To(asks.user), opt.SOCKSPassword.To(asks.password))
		c := proxy.Accept()
		switch methods := c.SOCKSMethods(); {
		case asks.user == "":
			if !bytes.Equal(methods, []byte{0}) {
				t.Errorf("without a name the client offers %v", methods)
			}
			c.Put(wire.SOCKSOpen...)
		case bytes.IndexByte(methods, 2) < 0:
			t.Fatalf("with a name the client offers %v", methods)
		default:
			c.Put(wire.SOCKSAsk...)
			if user, password := c.SOCKSPassword(); user != asks.user || password != asks.password {
				t.Errorf("the client is %q with %q, want %q with %q", user, password, asks.user, asks.password)
			}
			c.Put(wire.SOCKSWelcome...)
		}
		c.SOCKSTarget()
		c.Put(wire.SOCKSAccepted...)
		c.Relay(endpoint)
		for range 3 {
			t.Send(push, "through the proxy")
			t.Expect(pull, "through the proxy")
		}
	}
}

func proxiedNames(t *T) {
	proxy := wire.Listen(t, "tcp")
	long := strings.Repeat("a.", 127) + "a"
	for host, want := range map[string]wire.SOCKSTarget{
		"no.such-name.example": {Kind: 3, Host: "no.such-name.example"},
		long:                   {Kind: 3, Host: long},
		"192.0.2.1":            {Kind: 1, Host: "192.0.2.1"},
		"[2001:db8::1]":        {Kind: 4, Host: "2001:db8::1"},
		"2001:db8::1":          {Kind: 4, Host: "2001:db8::1"},
		"[::1]":                {Kind: 4, Host: "::1"},
	} {
		pull, endpoint := t.Bound(zmq.PULL)
		port := endpoint[strings.LastIndexByte(endpoint, ':')+1:]
		push := t.Connected(zmq.PUSH, "tcp://"+host+":"+port, opt.SOCKSProxy.To(proxy.Address()))
		c := proxy.Accept()
		got := lets(c)
		if got.Kind != want.Kind || got.Host != want.Host || fmt.Sprint(got.Port) != port {
			t.Errorf("%s: the proxy is asked for %v, want %v and port %s", host, got, want, port)
		}
		c.Relay(endpoint)
		t.Send(push, "through the proxy")
		t.Expect(pull, "through the proxy")
	}
	push := t.Socket(zmq.PUSH, opt.SOCKSProxy.To(proxy.Address()))
	t.Refused(push.Connect("tcp://"+long+"a:80"), zmq.ErrInvalid)
}

func proxyFromAddress(t *T) {
	proxy := wire.Listen(t, "tcp")
	pull, endpoint := t.Bound(zmq.PULL)
	push := t.Connected(zmq.PUSH, endpoint, opt.SOCKSProxy.To("127.0.0.2:0;"+proxy.Address()))
	c := proxy.Accept()
	if from, _, err := net.SplitHostPort(c.RemoteAddr().String()); err != nil || from != "127.0.0.2" {
		t.Errorf("the connection comes from %s, %v", from, err)
	}
	lets(c)
	c.Relay(endpoint)
	t.Send(push, "through the proxy")
	t.Expect(pull, "through the proxy")
}

func slowProxy(t *T) {
	at := testkit.FreeEndpoint(t, "tcp")
	s := t.Socket(zmq.DEALER, opt.SOCKSProxy.To(strings.TrimPrefix(at, "tcp://")), opt.ReconnectInterval.To(time.Millisecond))
	w := t.Watch(s)
	t.Connect(s, "tcp://192.0.2.1:80")
	w.Expect(zmq.EventConnectRetried, zmq.EventConnectRetried)
	proxy := wire.ListenAt(t, at)

	c := proxy.Accept()
	c.SOCKSMethods()
	c.Drip(wire.SOCKSOpen)
	c.SOCKSTarget()
	c.Drip(wire.SOCKSAccepted)
	signature := c.Get(10) // who is behind the proxy waits for the client
	c.Drip(wire.V31("NULL").Bytes())
	c.Get(64 - len(signature))
	c.Ready("ROUTER")
	c.Send("byte by byte")
	t.Expect(s, "byte by byte")

	// Who is behind the proxy does not wait: its first bytes come with the
	// proxy's last ones.
	all := append(bytes.Clone(wire.SOCKSAccepted), wire.V31("NULL").Bytes()...)
	for cut := 1; cut < len(wire.SOCKSAccepted); cut++ {
		_ = c.Close()
		c = proxy.Accept()
		c.SOCKSMethods()
		c.Put(wire.SOCKSOpen...)
		c.SOCKSTarget()
		c.Put(all[:cut]...)
		time.Sleep(time.Millisecond) // for the client to read it alone
		c.Put(all[cut:]...)
		c.Greeting()
		c.Ready("ROUTER")
		c.Send("in two pieces")
		t.Expect(s, "in two pieces")
	}
}

func proxyOptions(t *T) {
	nobody := strings.TrimPrefix(testkit.DeadEndpoint(t), "tcp://")
	s := t.Socket(zmq.PUSH)
	for _, o := range []zmq.Option[string]{opt.SOCKSProxy, opt.SOCKSUsername, opt.SOCKSPassword} {
		for _, value := range []string{"", nobody, strings.Repeat("x", 255), ""} {
			t.OK(s.Set(o.To(value)))
			if got, err := o.Get(s); err != nil || got != value {
				t.Errorf("%q, %v, want %q", got, err, value)
			}
		}
	}
	for _, o := range []zmq.Option[string]{opt.SOCKSUsername, opt.SOCKSPassword} {
		t.OK(s.Set(o.To("before")))
		t.Refused(s.Set(o.To(strings.Repeat("x", 256))), zmq.ErrInvalid)
		if got, err := o.Get(s); err != nil || got != "before" {
			t.Errorf("what was refused made %q, %v of it", got, err)
		}
	}
	t.OK(s.Set(opt.SOCKSProxy.To(nobody), opt.SOCKSProxy.To("")))
	pull, endpoint := t.Bound(zmq.PULL)
	t.Connect(s, endpoint)
	t.Send(s, "without a proxy")
	t.Expect(pull, "without a proxy")
}

func maliciousProxies(t *T) {
	proxy := wire.Listen(t, "tcp")
	pull, endpoint := t.Bound(zmq.PULL)
	user := []zmq.Setting{opt.SOCKSUsername.To("user"), opt.SOCKSPassword.To("secret")}
	name := func(n int, bytes string) string { return "\x05\x00\x00\x03" + string([]byte{byte(n)}) + bytes }

	// What a proxy that is going to hang up says in answer to the methods, to
	// name and password, and to the request.
	for stage, answers := range [][]string{
		{"", "\x05", "\x04\x00", "\x00\x00", "\x05\xff", "\x05\x01", varied(10_000)},
		{"", "\x01", "\x01\x01", "\x01\xff", "\x00\x00", "\x05\x00", varied(10_000)},
		{"", "\x05", "\x05\x00\x00", "\x04\x00\x00\x01", "\x05\x01\x00\x01\x00\x00\x00\x00\x00\x00", "\x05\x09\x00\x01", "\x05\xff\x00\x01",
			"\x05\x00\x01\x01", "\x05\x00\x00\x02", "\x05\x00\x00\xff\xff", "\x05\x00\x00\x01\x00", "\x05\x00\x00\x04\x00", name(5, "x"),
			name(127, varied(128)), name(128, varied(100_000)), name(255, varied(256)), varied(10_000)},
	} {
		settings := []zmq.Setting{opt.SOCKSProxy.To(proxy.Address()), opt.ReconnectInterval.To(time.Millisecond)}
		if stage == 1 {
			settings = append(settings, user...)
		}
		push := t.Connected(zmq.PUSH, endpoint, settings...)
		for _, answer := range answers {
			c := proxy.Accept()
			c.SOCKSMethods()
			switch stage {
			case 1:
				c.Put(wire.SOCKSAsk...)
				c.SOCKSPassword()
			case 2:
				c.Put(wire.SOCKSOpen...)
				c.SOCKSTarget()
			}
			c.Say(answer)
			t.OK(c.Close())
		}
		c := proxy.Accept()
		lets(c)
		c.Relay(endpoint)
		t.Send(push, "in the end")
		t.Expect(pull, "in the end")
	}

	// A bound address in the answer of each kind and length is of no interest.
	for _, address := range []string{
		"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", "\x05\x00\x00\x04" + varied(16) + "\x00\x00",
		name(0, "\x00\x00"), name(1, "x\x00\x00"), name(127, varied(127)+"\x00\x00"),
		name(128, varied(128)+"\x00\x00"), name(255, varied(255)+"\x00\x00"),
	} {
		push := t.Connected(zmq.PUSH, endpoint, opt.SOCKSProxy.To(proxy.Address()))
		c := proxy.Accept()
		c.SOCKSMethods()
		c.Put(wire.SOCKSOpen...)
		c.SOCKSTarget()
		c.Say(address)
		c.Relay(endpoint)
		t.Send(push, "accepted")
		t.Expect(pull, "accepted")
	}

	// Closed while it waits to try again.
	s := t.Socket(zmq.PUSH, opt.SOCKSProxy.To(proxy.Address()), opt.ReconnectInterval.To(time.Hour))
	w := t.Watch(s)
	t.Connect(s, endpoint)
	t.OK(proxy.Accept().Close())
	w.Expect(zmq.EventConnectRetried)
	t.Drop(s)
	t.OK(t.Zctx().Close())
}
