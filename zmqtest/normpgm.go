package zmqtest

import (
	"fmt"
	"net"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// Y29: NORM and PGM.

func multicast(t *T) {
	if err := tryMulticast(); err != nil {
		t.Skipf("the system delivers no multicast on its loopback interface: %v", err)
	}
	t.Run("NORM", func(t *T) {
		if t.Isolated() {
			publishByMulticast(t, fmt.Sprintf("norm://lo;239.255.7.1:%d", udpPort(t)))
		}
	})
	t.Run("PGM", func(t *T) {
		if !t.Zctx().Has("pgm") {
			t.Skip("the library has no PGM")
		}
		if t.Isolated() {
			publishByMulticast(t, fmt.Sprintf("epgm://127.0.0.1;239.255.7.2:%d", udpPort(t)))
		}
	})
}

func publishByMulticast(t *T, endpoint string) {
	rate := opt.Rate.To(100_000) // kbit/s; the default is 100
	pub := t.Socket(zmq.PUB, rate)
	t.Connected(zmq.SUB, endpoint, rate, opt.Subscribe.To([]byte("something else")))
	sub := t.Connected(zmq.SUB, endpoint, rate, opt.Subscribe.To([]byte("topic")))
	t.OK(pub.Bind(endpoint))
	stop := repeatedly(t, pub, "topic and more")
	t.Expect(sub, "topic and more")
	stop()
}

// udpPort is a port that was free a moment ago: these transports have no
// wildcards.
func udpPort(t *T) int {
	t.Helper()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	t.OK(err)
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).Port
}

// tryMulticast sends a datagram to a group and receives it.
func tryMulticast() error {
	lo, err := net.InterfaceByName("lo")
	if err != nil {
		return err
	}
	c, err := net.ListenMulticastUDP("udp4", lo, &net.UDPAddr{IP: net.IPv4(239, 255, 7, 3)})
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return err
	}
	to := &net.UDPAddr{IP: net.IPv4(239, 255, 7, 3), Port: c.LocalAddr().(*net.UDPAddr).Port}
	if _, err := c.WriteTo([]byte("hello"), to); err != nil {
		return err
	}
	_, _, err = c.ReadFrom(make([]byte, 10))
	return err
}
