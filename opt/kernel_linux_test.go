package opt_test

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Options of the system's sockets, which syscall has no names for.
const (
	tcpUserTimeout = 18
	soPriority     = 12
	soBusyPoll     = 46
)

// sockets are the descriptors of this process that belong to a TCP endpoint:
// connected to it, accepted there, or listening.
func sockets(t testing.TB, endpoint string) (connected, listening []int) {
	t.Helper()
	port, err := strconv.Atoi(endpoint[strings.LastIndexByte(endpoint, ':')+1:])
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	at := func(sa syscall.Sockaddr, err error) bool {
		in4, ok := sa.(*syscall.SockaddrInet4)
		return err == nil && ok && in4.Port == port
	}
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		peer, peerErr := syscall.Getpeername(fd)
		local := at(syscall.Getsockname(fd))
		switch {
		case peerErr == nil && (local || at(peer, nil)):
			connected = append(connected, fd)
		case local:
			listening = append(listening, fd)
		}
	}
	return connected, listening
}

// What an option does to the system's sockets, at both ends of a connection.
func TestSystemSockets(t *testing.T) {
	const tcp, sol = syscall.IPPROTO_TCP, syscall.SOL_SOCKET
	for _, c := range []struct {
		name       string
		num        int
		setting    zmq.Setting
		level, opt int
		want       int
	}{
		{"TCPKeepAlive", int(opt.TCPKeepAlive), opt.TCPKeepAlive.To(opt.KeepAliveOn), sol, syscall.SO_KEEPALIVE, 1},
		{"TCPKeepAlive off", int(opt.TCPKeepAlive), opt.TCPKeepAlive.To(opt.KeepAliveOff), sol, syscall.SO_KEEPALIVE, 0},
		{"TCPKeepAliveCount", int(opt.TCPKeepAliveCount), zmq.Settings(opt.TCPKeepAlive.To(opt.KeepAliveOn), opt.TCPKeepAliveCount.To(7)), tcp, syscall.TCP_KEEPCNT, 7},
		{"TCPKeepAliveIdle", int(opt.TCPKeepAliveIdle), zmq.Settings(opt.TCPKeepAlive.To(opt.KeepAliveOn), opt.TCPKeepAliveIdle.To(77*sec)), tcp, syscall.TCP_KEEPIDLE, 77},
		{"TCPKeepAliveInterval", int(opt.TCPKeepAliveInterval), zmq.Settings(opt.TCPKeepAlive.To(opt.KeepAliveOn), opt.TCPKeepAliveInterval.To(17*sec)), tcp, syscall.TCP_KEEPINTVL, 17},
		{"TCPMaxRetransmit", int(opt.TCPMaxRetransmit), opt.TCPMaxRetransmit.To(1234 * ms), tcp, tcpUserTimeout, 1234},
		{"TypeOfService", int(opt.TypeOfService), opt.TypeOfService.To(0x28), syscall.IPPROTO_IP, syscall.IP_TOS, 0x28},
		{"Priority", int(opt.Priority), opt.Priority.To(5), sol, soPriority, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			zctx := testlib.Context(t)
			pull := supported(t, zctx, zmq.PULL, c.num, c.setting)
			if pull == nil {
				return
			}
			endpoint := testkit.Bind(t, pull, "tcp")
			testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint, c.setting), "x")
			testkit.Expect(t, pull, "x")
			ends, _ := sockets(t, endpoint)
			if len(ends) != 2 {
				t.Fatalf("%d descriptors, want 2", len(ends))
			}
			if got, _ := syscall.GetsockoptInt(ends[0], c.level, c.opt); c.num == int(opt.Priority) && got == 0 {
				t.Skip("this libzmq was built without SO_PRIORITY: it takes the option and does nothing")
			}
			for _, fd := range ends {
				if got, err := syscall.GetsockoptInt(fd, c.level, c.opt); err != nil || got != c.want {
					t.Errorf("the system says %d, %v, want %d", got, err, c.want)
				}
			}
		})
	}
}

// How many connections may wait to be accepted is in TCP_INFO.
func TestBacklog(t *testing.T) {
	_, endpoint := testkit.Bound(t, testlib.Context(t), zmq.PULL, "tcp", opt.Backlog.To(23))
	_, listening := sockets(t, endpoint)
	if len(listening) != 1 {
		t.Fatalf("%d listening descriptors", len(listening))
	}
	// The first 32 bytes of struct tcp_info; any call that copies as many will do.
	info, err := syscall.GetsockoptICMPv6Filter(listening[0], syscall.IPPROTO_TCP, syscall.TCP_INFO)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Data[7]; got != 23 { // tcpi_sacked
		t.Errorf("the backlog is %d, want 23", got)
	}
}

// BusyPoll needs privileges; without, no connection comes about.
func TestBusyPoll(t *testing.T) {
	zctx := testlib.Context(t)
	pull := supported(t, zctx, zmq.PULL, int(opt.BusyPoll), opt.BusyPoll.To(10))
	if pull == nil {
		return
	}
	probe, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = syscall.SetsockoptInt(probe, syscall.SOL_SOCKET, soBusyPoll, 10)
	_ = syscall.Close(probe)
	if err != nil {
		t.Skipf("the system does not allow SO_BUSY_POLL here: %v", err)
	}
	endpoint := testkit.Bind(t, pull, "tcp")
	testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), "x")
	testkit.Expect(t, pull, "x")
	ends, listening := sockets(t, endpoint)
	found := false
	for _, fd := range append(ends, listening...) {
		got, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, soBusyPoll)
		found = found || err == nil && got == 10
	}
	if !found {
		t.Error("no socket of the system polls")
	}
}

func TestBindToDevice(t *testing.T) {
	zctx := testlib.Context(t)
	pull := testkit.Socket(t, zctx, zmq.PULL, opt.BindToDevice.To("lo"))
	if err := pull.Bind("tcp://127.0.0.1:*"); err != nil {
		t.Skipf("the system does not allow SO_BINDTODEVICE here: %v", err)
	}
	endpoint := pull.LastEndpoint()
	_, listening := sockets(t, endpoint)
	if len(listening) != 1 {
		t.Fatalf("%d listening descriptors", len(listening))
	}
	// Any call that copies 16 bytes or more gets the name.
	got, err := syscall.GetsockoptIPv6Mreq(listening[0], syscall.SOL_SOCKET, syscall.SO_BINDTODEVICE)
	if err != nil || string(got.Multiaddr[:3]) != "lo\x00" {
		t.Errorf("the device is %v, %v", got, err)
	}
	testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), "x")
	testkit.Expect(t, pull, "x")
}
