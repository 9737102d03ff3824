package zmqtest

import (
	"fmt"
	"net"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// An mcast is a multicast group on an interface of this machine.
type mcast struct {
	network, group string
	card           net.Interface
	from           net.IP // the card's address
}

func radioOverMulticast(t *T) {
	var tried []mcast
	for network, group := range map[string]string{"udp4": "239.192.7.11", "udp6": "[ff02::7:11]"} {
		m, port, err := findMulticast(network, group)
		if err != nil {
			t.Logf("%s is not tried: %v", network, err)
			continue
		}
		tried = append(tried, m)
		radio, dish := m.radioReachesDish(t, port)
		if m.card.Flags&net.FlagLoopback != 0 {
			t.Logf("MULTICAST_LOOP is not tried with %s: %s brings everything back", network, m.card.Name)
			continue
		}
		silent := t.Socket(zmq.RADIO, opt.IPv6.To(network == "udp6"), opt.MulticastLoop.To(false))
		t.Connect(silent, m.endpoint(port))
		for range 10 {
			t.OK(silent.SendMsg(testkit.Soon(t), inGroup("TV", "not for this machine")))
			t.radioReaches(radio, dish, "TV")
		}
	}
	if len(tried) == 0 {
		t.Skip("this machine passes no multicast on to itself")
	}
}

func (m mcast) endpoint(port int) string {
	return fmt.Sprintf("udp://%s;%s:%d", m.card.Name, m.group, port)
}

func (m mcast) radioReachesDish(t *T, port int) (radio, dish *zmq.Socket) {
	t.Helper()
	settings := zmq.Settings(opt.IPv6.To(m.network == "udp6"), opt.MulticastHops.To(1)) // one: to the next wire, no further
	dish, radio = t.Socket(zmq.DISH, settings), t.Socket(zmq.RADIO, settings)
	t.OK(dish.Join("TV"))
	t.OK(dish.Bind(m.endpoint(port)))
	t.Connect(radio, m.endpoint(port))
	t.radioReaches(radio, dish, "TV")
	return radio, dish
}

// findMulticast looks for an interface over which this machine hears its own
// multicast, the loopback interface last.
func findMulticast(network, group string) (m mcast, port int, err error) {
	cards, err := net.Interfaces()
	if err != nil {
		return m, 0, err
	}
	err = fmt.Errorf("there is no interface with multicast")
	for _, last := range []net.Flags{0, net.FlagLoopback} {
		for _, card := range cards {
			if card.Flags&net.FlagUp == 0 || card.Flags&net.FlagLoopback != last {
				continue
			}
			addresses, _ := card.Addrs() // none if it cannot be asked
			for _, a := range addresses {
				ip, _, _ := net.ParseCIDR(a.String())
				if (ip.To4() != nil) != (network == "udp4") {
					continue
				}
				m := mcast{network, group, card, ip}
				if port, err = m.works(); err == nil {
					return m, port, nil
				}
			}
		}
	}
	return m, 0, err
}

// works sends a datagram to the group and receives it, without ZeroMQ, and
// gives a port that is free.
func (m mcast) works() (port int, err error) {
	group, err := net.ResolveUDPAddr(m.network, m.group+":0")
	if err != nil {
		return 0, err
	}
	in, err := net.ListenMulticastUDP(m.network, &m.card, group)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	group.Port = in.LocalAddr().(*net.UDPAddr).Port
	from := &net.UDPAddr{IP: m.from}
	if m.network == "udp6" {
		group.Zone, from.Zone = m.card.Name, m.card.Name
	}
	out, err := net.DialUDP(m.network, from, group)
	if err != nil {
		return 0, err
	}
	defer out.Close()
	if _, err := out.Write([]byte("x")); err != nil {
		return 0, err
	}
	if err := in.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
		return 0, err
	}
	_, err = in.Read(make([]byte, 1))
	return group.Port, err
}
