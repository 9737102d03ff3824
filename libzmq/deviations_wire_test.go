package libzmq_test

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/zmqtest"
)

// deviationsOnWire are those of what goes over the wire: sections O, P and Y.
var deviationsOnWire = []zmqtest.Deviation{
	{
		Row: "P7",
		Why: "libzmq keeps the time to live of a PING in 16 bits as milliseconds: 65.6 s become 64 ms",
		Test: func(t *zmqtest.T) {
			_, endpoint := t.Bound(zmq.PULL)
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Ping(656, "")
			p.ExpectCommand("PONG")
			p.Closed()
		},
	},
	{
		Row: "P8",
		Why: "libzmq answers a PING that breaks off with up to 16 bytes from behind it, which can be those of the peer's last message",
		Test: func(t *zmqtest.T) {
			if !t.Isolated() {
				return
			}
			pull, endpoint := t.Bound(zmq.PULL)
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Send(strings.Repeat("secret", 5))
			t.Expect(pull, strings.Repeat("secret", 5))
			p.Command("PING", "")
			if got := p.ExpectCommand("PONG"); len(got) != 16 {
				t.Errorf("PONG has %q", got)
			}
		},
	},
}
