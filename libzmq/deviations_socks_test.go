package libzmq_test

import (
	"bytes"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/zmqtest"
)

var deviationsWithSOCKS = []zmqtest.Deviation{
	{
		Row:  "R3",
		Why:  "libzmq can overlook the end of a proxy's answer when more comes together with it, and then waits for ever",
		Test: slowProxy,
	},
	{
		Row: "R6",
		Why: "libzmq writes behind its buffer when a proxy's answer holds a name of 128 bytes or more, and aborts the process " +
			"when a socket is closed between two tries of a proxy",
		Test: refusingProxy,
	},
}

// slowProxy: a proxy that starts late and answers byte by byte is waited for,
// but an answer that ends together with what follows can be overlooked.
func slowProxy(t *zmqtest.T) {
	if !t.Isolated() {
		return
	}
	at := testkit.FreeEndpoint(t, "tcp")
	s := t.Socket(zmq.DEALER, opt.SOCKSProxy.To(strings.TrimPrefix(at, "tcp://")), opt.ReconnectInterval.To(time.Millisecond))
	w := t.Watch(s)
	t.Connect(s, "tcp://192.0.2.1:80")
	w.Expect(zmq.EventConnectRetried, zmq.EventConnectRetried)
	proxy := wire.ListenAt(t, at)
	all := append(bytes.Clone(wire.SOCKSAccepted), wire.V31("NULL").Bytes()...)
	for overlooked := false; !overlooked; {
		c := proxy.Accept()
		c.SOCKSMethods()
		c.Put(wire.SOCKSOpen...)
		c.SOCKSTarget()
		c.Put(all[:7]...)
		time.Sleep(time.Millisecond) // for libzmq to read it alone
		c.Put(all[7:]...)
		c.CloseWrite()
		overlooked = len(c.Closed()) == 0
	}
	c := proxy.Accept()
	c.SOCKSMethods()
	c.Drip(wire.SOCKSOpen)
	c.SOCKSTarget()
	c.Drip(wire.SOCKSAccepted)
	c.Get(10)
	c.Drip(wire.V31("NULL").Bytes())
	c.Get(54)
	c.Ready("ROUTER")
	c.Send("byte by byte")
	t.Expect(s, "byte by byte")
	t.Drop(s)
	c.Closed() // or it would try the proxy again, and end between two tries
}

// refusingProxy: what a proxy says in place of a right answer does no harm,
// as long as it holds no long name.
func refusingProxy(t *zmqtest.T) {
	if !t.Isolated() {
		return
	}
	proxy := wire.Listen(t, "tcp")
	s := t.Socket(zmq.DEALER, opt.SOCKSProxy.To(proxy.Address()), opt.ReconnectInterval.To(time.Millisecond))
	t.Connect(s, "tcp://192.0.2.1:80")
	for _, answer := range []string{"", "\x05", "\x04\x00", "\x05\xff"} {
		c := proxy.Accept()
		c.SOCKSMethods()
		c.Say(answer)
		t.OK(c.Close())
	}
	for _, answer := range []string{"", "\x05", "\x04\x00\x00\x01", "\x05\x01\x00\x01\x00\x00\x00\x00\x00\x00", "\x05\x00\x00\x02",
		"\x05\x00\x00\x01\x00", "\x05\x00\x00\x03\x05x"} {
		c := proxy.Accept()
		c.SOCKSMethods()
		c.Put(wire.SOCKSOpen...)
		c.SOCKSTarget()
		c.Say(answer)
		t.OK(c.Close())
	}
	c := proxy.Accept()
	c.SOCKSMethods()
	c.Put(wire.SOCKSOpen...)
	c.SOCKSTarget()
	c.Put(wire.SOCKSAccepted...)
	c.Null("ROUTER")
	c.Send("in the end")
	t.Expect(s, "in the end")
	t.Drop(s)
	c.Closed() // or it would try the proxy again, and end between two tries
}
