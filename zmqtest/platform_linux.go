package zmqtest

import (
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// Options of the system's sockets, which syscall has no names for.
const (
	ipv6TrafficClass = 67
	tcpUserTimeout   = 18
	soPriority       = 12
	soBusyPoll       = 46
)

// kernelOption wants a value of an option at both ends of the connections to
// an endpoint.
func (t *T) kernelOption(endpoint string, level, option, want int) {
	t.Helper()
	for _, fd := range t.kernelSockets(endpoint) {
		if got, err := syscall.GetsockoptInt(fd, level, option); err != nil || got != want {
			t.Errorf("option %d of level %d is %d, %v; want %d", option, level, got, err, want)
		}
	}
}

func typeOfService(t *T) {
	for _, tos := range []int{0, 0x28, 0x58} {
		t.kernelOption(t.oneConnection("127.0.0.1", opt.TypeOfService.To(tos)), syscall.IPPROTO_IP, syscall.IP_TOS, tos)
		if t.hasIPv6() {
			endpoint := t.oneConnection("[::1]", opt.IPv6.To(true), opt.TypeOfService.To(tos))
			t.kernelOption(endpoint, syscall.IPPROTO_IPV6, ipv6TrafficClass, tos)
		}
	}
}

func keepAlive(t *T) {
	on := opt.TCPKeepAlive.To(opt.KeepAliveOn)
	for _, o := range []struct {
		setting             zmq.Setting
		level, option, want int
	}{
		{on, syscall.SOL_SOCKET, syscall.SO_KEEPALIVE, 1},
		{opt.TCPKeepAlive.To(opt.KeepAliveOff), syscall.SOL_SOCKET, syscall.SO_KEEPALIVE, 0},
		{opt.TCPKeepAliveCount.To(7), syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT, 7},
		{opt.TCPKeepAliveIdle.To(77 * time.Second), syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE, 77},
		{opt.TCPKeepAliveInterval.To(17 * time.Second), syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL, 17},
	} {
		t.kernelOption(t.oneConnection("127.0.0.1", on, o.setting), o.level, o.option, o.want)
	}

	_, endpoint := t.Bound(zmq.PULL, opt.Backlog.To(23))
	// The first 32 bytes of struct tcp_info; any call that copies as many will do.
	info, err := syscall.GetsockoptICMPv6Filter(t.kernelListener(endpoint), syscall.IPPROTO_TCP, syscall.TCP_INFO)
	t.OK(err)
	if got := info.Data[7]; got != 23 { // tcpi_sacked, which is the backlog here
		t.Errorf("the backlog is %d, want 23", got)
	}
}

func maxRetransmit(t *T) {
	endpoint := t.oneConnection("127.0.0.1", opt.TCPMaxRetransmit.To(1234*time.Millisecond))
	t.kernelOption(endpoint, syscall.IPPROTO_TCP, tcpUserTimeout, 1234)
}

func priority(t *T) {
	endpoint := t.oneConnection("127.0.0.1", opt.Priority.To(5))
	if got, err := syscall.GetsockoptInt(t.kernelSockets(endpoint)[0], syscall.SOL_SOCKET, soPriority); err == nil && got == 0 {
		t.Skip("this libzmq was built without SO_PRIORITY: it takes the option and does nothing")
	}
	t.kernelOption(endpoint, syscall.SOL_SOCKET, soPriority, 5)
}

func busyPoll(t *T) {
	probe, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	t.OK(err)
	err = syscall.SetsockoptInt(probe, syscall.SOL_SOCKET, soBusyPoll, 10)
	_ = syscall.Close(probe)
	t.allowed(err)
	endpoint := t.oneConnection("127.0.0.1", opt.BusyPoll.To(10))
	found := false
	for _, fd := range append(t.kernelSockets(endpoint), t.kernelListener(endpoint)) {
		got, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, soBusyPoll)
		found = found || err == nil && got == 10
	}
	if !found {
		t.Error("no socket of the system polls")
	}
}

func bindToDevice(t *T) {
	pull := t.Socket(zmq.PULL, opt.BindToDevice.To("lo"))
	t.allowed(pull.Bind("tcp://127.0.0.1:*"))
	endpoint := pull.LastEndpoint()
	// Any call that copies 16 bytes or more gets the name.
	got, err := syscall.GetsockoptIPv6Mreq(t.kernelListener(endpoint), syscall.SOL_SOCKET, syscall.SO_BINDTODEVICE)
	t.OK(err)
	if name, _, _ := strings.Cut(string(got.Multiaddr[:]), "\x00"); name != "lo" {
		t.Errorf("the device is %q", name)
	}
	t.Send(t.Connected(zmq.PUSH, endpoint), "x")
	t.Expect(pull, "x")
}
