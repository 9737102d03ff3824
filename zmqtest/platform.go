package zmqtest

import (
	"errors"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section X: options of the platform.
var platform = []row{
	{
		id:   "X1",
		must: "TOS is the type of service of the system's sockets at both ends, with IPv4 and IPv6",
		test: typeOfService,
	},
	{
		id:   "X2",
		must: "PRIORITY, BUSY_POLL and BINDTODEVICE reach the system's sockets, where the system allows that",
		test: func(t *T) {
			t.Run("PRIORITY", priority)
			t.Run("BUSY_POLL", busyPoll)
			t.Run("BINDTODEVICE", bindToDevice)
		},
	},
	{
		id: "X3", over: remote,
		must: "Bind takes over a listener that USE_FD names; what does not listen there is ErrInvalid",
		test: func(t *T) {
			t.Run("a listener", takeOver)
			t.Run("no listener", takeOverNothing)
		},
	},
	{
		id:   "X4",
		must: "TCP_ACCEPT_FILTER lets only peers of the listed ranges in; what is no range is ErrInvalid, and an empty text lists none",
		test: acceptFilter,
	},
	{
		id:   "X5",
		must: "TCP_KEEPALIVE and its three times, and BACKLOG, reach the system's sockets; other values are ErrInvalid",
		test: func(t *T) {
			t.Run("the system", keepAlive)
			t.Run("other values", func(t *T) {
				s := t.Socket(zmq.PULL)
				for _, v := range []opt.KeepAlive{-2, 2} {
					t.Refused(s.Set(opt.TCPKeepAlive.To(v)), zmq.ErrInvalid)
				}
				t.Refused(s.Set(opt.TCPKeepAliveCount.To(-2)), zmq.ErrInvalid)
				t.Refused(s.Set(opt.TCPKeepAliveCount.To(0)), zmq.ErrInvalid)
				t.Refused(s.Set(opt.TCPKeepAliveIdle.To(0)), zmq.ErrInvalid)
				t.Refused(s.Set(opt.TCPKeepAliveInterval.To(0)), zmq.ErrInvalid)
				t.Refused(s.Set(opt.Backlog.To(-1)), zmq.ErrInvalid)
			})
		},
	},
	{
		id:   "X6",
		must: "TCP_MAXRT is TCP_USER_TIMEOUT of the system's sockets (Linux)",
		test: maxRetransmit,
	},
	{
		id:    "X7",
		must:  "AFFINITY says which I/O threads serve a socket's connections",
		proof: "opt.TestAffinity",
	},
}

// oneConnection connects two sockets with the same settings at a host, and
// sends a message. It skips the test where the engine lacks an option.
func (t *T) oneConnection(host string, settings ...zmq.Setting) (endpoint string) {
	t.Helper()
	pull, err := t.Zctx().NewSocket(zmq.PULL, settings...)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	t.OK(err)
	t.Cleanup(func() { t.Drop(pull) })
	t.OK(pull.Bind("tcp://" + host + ":*"))
	endpoint = pull.LastEndpoint()
	t.Send(t.Connected(zmq.PUSH, endpoint, settings...), "x")
	t.Expect(pull, "x")
	return endpoint
}

func acceptFilter(t *T) {
	s := t.Socket(zmq.PULL)
	for _, bad := range []string{
		"foo", "zzz:zzz::zzz::zzz", "127.0.0.1/", "127.0.0.1/x", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.256/8", "2001:db8::/129", "/8",
	} {
		t.Refused(s.Set(opt.TCPAcceptFilter.To(bad)), zmq.ErrInvalid)
	}
	for _, listed := range [][]string{
		nil, {"127.0.0.1"}, {"127.0.0.0/8"}, {"127.0.0.1/32"}, {"0.0.0.0/0"}, {"10.0.0.0/8", "127.0.0.0/8"}, {"10.0.0.0/8", ""},
	} {
		pull := t.Socket(zmq.PULL, filters(listed))
		t.Send(t.Connected(zmq.PUSH, t.Bind(pull)), "x")
		t.Expect(pull, "x")
	}
	for _, listed := range [][]string{{"10.0.0.0/8"}, {"127.0.0.2"}, {"10.0.0.0/8", "192.0.2.0/24"}, {"", "10.0.0.0/8"}} {
		pull := t.Socket(zmq.PULL, filters(listed))
		w := t.Watch(pull, zmq.EventAcceptFailed)
		if got := wire.Dial(t, t.Bind(pull)).Closed(); len(got) != 0 {
			t.Errorf("%q: who is kept out got %q", listed, got)
		}
		w.Expect(zmq.EventAcceptFailed)
	}
	if t.hasIPv6() {
		pull := t.Socket(zmq.PULL, opt.IPv6.To(true), opt.TCPAcceptFilter.To("::1/128"), opt.TCPAcceptFilter.To("2001:db8::/32"))
		t.OK(pull.Bind("tcp://[::1]:*"))
		t.Send(t.Connected(zmq.PUSH, pull.LastEndpoint(), opt.IPv6.To(true)), "x")
		t.Expect(pull, "x")
	}
}

func filters(listed []string) zmq.Setting {
	var all []zmq.Setting
	for _, f := range listed {
		all = append(all, opt.TCPAcceptFilter.To(f))
	}
	return zmq.Settings(all...)
}

func takeOver(t *T) {
	types := [][2]zmq.SocketType{{zmq.REP, zmq.REQ}, {zmq.PAIR, zmq.PAIR}, {zmq.PULL, zmq.PUSH}}
	if t.Zctx().Has("draft") {
		types = append(types, [2]zmq.SocketType{zmq.SERVER, zmq.CLIENT})
	}
	for _, pair := range types {
		fd, endpoint := t.listener()
		s := t.Socket(pair[0], opt.UseFD.To(fd))
		t.OK(s.Bind(endpoint))
		if got := s.LastEndpoint(); got != endpoint {
			t.Errorf("LastEndpoint is %q, want %q", got, endpoint)
		}
		other := testkit.Bind(t, s, "tcp") // the descriptor was for one Bind
		for _, e := range []string{endpoint, other} {
			if pair[0] == zmq.PAIR && e == other {
				continue // it has its peer
			}
			t.Send(t.Connected(pair[1], e), "x")
			t.Expect(s, "x")
			if pair[0] == zmq.REP {
				t.Send(s, "y")
			}
		}
	}
}
