package libzmq_test

import (
	"errors"
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/zmqtest"
)

// Up to 4.3.5 a datagram from anywhere makes a DISH abort the process.
var deviationsOverUDP = []zmqtest.Deviation{
	{Row: "V10", Why: noDish, Applies: beforeUDPMended, Test: dishRefusesUDP},
	{Row: "V11", Why: noDish, Applies: beforeUDPMended, Test: dishRefusesUDP},
	{Row: "V12", Why: noDish, Applies: beforeUDPMended, Test: func(t *zmqtest.T) {
		dishRefusesUDP(t)
		radio := t.Socket(zmq.RADIO)
		t.Connect(radio, "udp://127.0.0.1:1")
		for size, want := range map[int]error{8189: nil, 8190: syscall.EMSGSIZE, 100_000: syscall.EMSGSIZE} {
			m := zmq.NewMsg([]byte(strings.Repeat("x", size)))
			m.SetGroup("TV")
			if err := radio.TrySend(m); !errors.Is(err, want) {
				t.Errorf("%d bytes: %v, want %v", size, err, want)
			}
		}
	}},
}

const noDish = "libzmq before 4.3.6 aborts the process when a DISH gets a malformed datagram, so udp is refused there"

func beforeUDPMended(zctx *zmq.Context) bool { return zctx.Version() < 40306 }

func dishRefusesUDP(t *zmqtest.T) {
	dish := t.Socket(zmq.DISH)
	t.Refused(dish.Bind("udp://127.0.0.1:*"), errors.ErrUnsupported)
	t.Refused(dish.Bind("udp://239.192.7.11:5555"), errors.ErrUnsupported)
}
