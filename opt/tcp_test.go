//go:build unix

package opt_test

import (
	"encoding/binary"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A socket takes over a listener that somebody else has opened.
func TestUseFD(t *testing.T) {
	l, endpoint := listen(t)
	f, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Dup(int(f.Fd())) // libzmq will close it
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	_ = l.Close()
	zctx := testlib.Context(t)
	pull := testkit.Socket(t, zctx, zmq.PULL, opt.UseFD.To(fd))
	if err := pull.Bind(endpoint); err != nil {
		t.Fatal(err)
	}
	testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), "x")
	testkit.Expect(t, pull, "x")
}

func TestIPv6(t *testing.T) {
	probe, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	}
	_ = probe.Close()
	for _, on := range []zmq.Setting{opt.IPv6.To(true), opt.IPv4Only.To(false)} {
		zctx := testlib.Context(t)
		if err := testkit.Socket(t, zctx, zmq.PULL).Bind("tcp://[::1]:*"); err == nil {
			t.Error("an IPv6 address is bound without IPv6")
		}
		pull := testkit.Socket(t, zctx, zmq.PULL, on)
		if err := pull.Bind("tcp://[::1]:*"); err != nil {
			t.Fatal(err)
		}
		testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, pull.LastEndpoint(), on), "x")
		testkit.Expect(t, pull, "x")
	}
	// As the default of new sockets.
	zctx := testlib.Context(t, opt.ContextIPv6.To(true))
	s := testkit.Socket(t, zctx, zmq.PULL)
	if on, err := opt.IPv6.Get(s); err != nil || !on {
		t.Errorf("IPv6 is %v, %v", on, err)
	}
	if only4, err := opt.IPv4Only.Get(s); err != nil || only4 {
		t.Errorf("IPv4Only is %v, %v", only4, err)
	}
}

func TestTCPAcceptFilter(t *testing.T) {
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp", opt.TCPAcceptFilter.To("10.0.0.0/8"), opt.TCPAcceptFilter.To("127.0.0.0/8"))
	testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), "x")
	testkit.Expect(t, pull, "x")
	_, endpoint = testkit.Bound(t, zctx, zmq.PULL, "tcp", opt.TCPAcceptFilter.To("10.0.0.0/8"))
	dial(t, endpoint).wantCut()
	testkit.WantError(t, pull.Set(opt.TCPAcceptFilter.To("no address")), zmq.ErrInvalid)
}

// A connection goes through a SOCKS5 proxy, with the user's name and password
// where the library has them.
func TestSOCKSProxy(t *testing.T) {
	t.Run("open", func(t *testing.T) {
		proxy, via := listen(t)
		throughProxy(t, proxy, 0, opt.SOCKSProxy.To(strings.TrimPrefix(via, "tcp://")))
	})
	t.Run("password", func(t *testing.T) {
		if spec, _ := options.Socket(int(opt.SOCKSUsername)); lacks(t, spec) {
			t.Skipf("needs libzmq %d", spec.Since) // its error is tested by TestRoundTrip
		}
		proxy, via := listen(t)
		throughProxy(t, proxy, 2, opt.SOCKSProxy.To(strings.TrimPrefix(via, "tcp://")),
			opt.SOCKSUsername.To("user"), opt.SOCKSPassword.To("secret"))
	})
}

func throughProxy(t *testing.T, proxy net.Listener, method byte, settings ...zmq.Setting) {
	t.Helper()
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, settings...)
	client := accept(t, proxy)
	methods := client.read(int(client.read(2)[1]))
	if !strings.Contains(string(methods), string(method)) {
		t.Fatalf("the client offers %x, want %d among them", methods, method)
	}
	client.write([]byte{5, method})
	if method == 2 {
		name := client.read(int(client.read(2)[1]))
		password := client.read(int(client.read(1)[0]))
		if string(name) != "user" || string(password) != "secret" {
			t.Errorf("the client is %q with %q", name, password)
		}
		client.write([]byte{1, 0})
	}
	head := client.read(4) // version, CONNECT, reserved, kind of address
	var host string
	switch head[3] {
	case 1:
		host = net.IP(client.read(4)).String()
	case 3:
		host = string(client.read(int(client.read(1)[0])))
	default:
		t.Fatalf("the request begins with %x", head)
	}
	port := binary.BigEndian.Uint16(client.read(2))
	target := dial(t, "tcp://"+net.JoinHostPort(host, strconv.Itoa(int(port))))
	client.write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})

	g := testkit.NewGroup(t)
	pipe := func(to, from net.Conn) func() error {
		return func() error {
			_, _ = io.Copy(to, from) // ends with the test's connections
			return nil
		}
	}
	g.Go(pipe(target.Conn, client.Conn))
	g.Go(pipe(client.Conn, target.Conn))
	testkit.Send(t, push, "through the proxy")
	testkit.Expect(t, pull, "through the proxy")
	_ = client.Close()
	_ = target.Close()
	g.Wait()
}
