package zmqtest

import (
	"runtime"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section Y, the rows about peers that mean harm.
var hostile = []row{
	{
		id: "Y13", key: true,
		must: "a frame that claims to be of any size up to 2^64-1 takes no memory and ends nothing but its connection",
		test: claimedSizes,
	},
	{
		id:   "Y14",
		must: "a frame takes memory as it arrives, and not for what it claims to become",
		test: slowGiants,
	},
	{
		id: "Y15", key: true,
		must: "no garbage in place of a handshake or behind one does harm to a socket, bound or connecting, whatever its mechanism",
		test: garbage,
	},
	{
		id: "Y16", over: remote,
		must: "messages above 8 KiB of a peer of ZMTP 1.0 arrive whole, one after the other",
		test: largeOldMessages,
	},
	{
		id:   "Y17",
		must: "what a subscriber's many and long subscriptions cost is free again when it takes them back or goes",
		test: floodsOfSubscriptions,
	},
	{
		id:   "Y18",
		must: "a server that breaks off in the middle of messages, again and again, leaves nothing behind in its client",
		test: halfMessages,
	},
}

const mebi = 1 << 20

// keepsMemory fails when f makes the process grow by more than so many bytes,
// or Go's heap, whose pages need not be there yet. Where the system does not
// tell of the process, the heap alone counts.
func keepsMemory(t *T, most int, f func()) {
	t.Helper()
	process, before := testkit.Memory(), heap()
	f()
	if grown := testkit.Memory() - process; grown > most {
		t.Errorf("the process has grown by %d MiB, from %d", grown/mebi, process/mebi)
	}
	if grown := heap() - before; grown > most {
		t.Errorf("the heap has grown by %d MiB, from %d", grown/mebi, before/mebi)
	}
}

// heap is how many bytes of Go's memory are in use.
func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func claimedSizes(t *T) {
	if !t.Isolated(noAbortOfASan) {
		return
	}
	pull, endpoint := t.Bound(zmq.PULL)
	both := mechanisms(t)
	last := both[len(both)-1]
	other, otherEndpoint := t.Bound(zmq.PULL, last.server)
	keepsMemory(t, 64*mebi, func() {
		for _, size := range []uint64{1<<64 - 1, 1<<64 - 2, 1<<64 - 64, 1<<63 + 1, 1 << 63, 1<<63 - 1, 1 << 62, 1 << 48, 1 << 40, 1 << 35, 1 << 32} {
			lie := func(p *wire.Peer, flags byte, body string) {
				p.Put(append(wire.Header(flags|wire.Long, size), body...)...)
			}
			inTraffic := wire.Dial(t, endpoint)
			inTraffic.Null("PUSH")
			lie(inTraffic, 0, "message")

			command := wire.Dial(t, endpoint)
			command.Null("PUSH")
			lie(command, wire.Command, "\x04PING")

			inHandshake := wire.Dial(t, endpoint)
			inHandshake.Greet(wire.V31("NULL"))
			lie(inHandshake, wire.Command, "\x05READY")

			inHello := wire.Dial(t, otherEndpoint)
			inHello.Greet(wire.V31(last.name))
			lie(inHello, wire.Command, "\x05HELLO")

			old := wire.Dial(t, endpoint)
			old.Greet2("PUSH", "")
			lie(old, 0, "message")

			oldest := wire.Dial(t, endpoint)
			oldest.Greet1("")
			oldest.Put(append(append([]byte{0xff}, wire.Header(wire.Long, size)[1:]...), "\x00message"...)...)
		}
		for s, m := range map[*zmq.Socket]secured{pull: both[0], other: last} {
			push := t.Connected(zmq.PUSH, s.LastEndpoint(), m.client)
			t.Send(push, "well")
			t.Expect(s, "well")
		}
	})
}

func slowGiants(t *T) {
	if !t.Isolated(noAbortOfASan) {
		return
	}
	pull, endpoint := t.Bound(zmq.PULL)
	part := make([]byte, 64<<10)
	// A gibibyte in all. Of sixteen the address sanitizer would need seconds to
	// mark the memory as freed, while the context ends.
	const claimed = 64 * mebi
	keepsMemory(t, 128*mebi, func() {
		for range 16 {
			p := wire.Dial(t, endpoint)
			p.Null("PUSH")
			p.Put(wire.Header(wire.Long, claimed)...)
			p.Offer(part...) // it may be cut off by now
		}
		push := t.Connected(zmq.PUSH, endpoint)
		t.Send(push, "well")
		t.Expect(pull, "well")
	})
}

func largeOldMessages(t *T) {
	for _, size := range []int{8191, 8192, 8193, 20_000, 100_000} {
		large := func(c string) string { return strings.Repeat(c, size) }
		pull, endpoint := t.Bound(zmq.PULL)
		p := wire.Dial(t, endpoint)
		p.Greet1("me")
		p.Send1(large("a"), large("b"))
		p.Send1(large("c"))
		t.Expect(pull, large("a"), large("b"))
		t.Expect(pull, large("c"))

		l := wire.Listen(t, t.Transport)
		t.Connect(pull, l.Endpoint)
		p = l.Accept()
		p.Greet1("me")
		p.Send1(large("d"))
		p.Send1(large("e"))
		t.Expect(pull, large("d"))
		t.Expect(pull, large("e"))
	}
}

func floodsOfSubscriptions(t *T) {
	if !t.Isolated(freesAtOnce...) {
		return
	}
	xpub := t.Socket(zmq.XPUB)
	endpoint := t.Bind(xpub)
	// As different as can be, and one that is deep enough to overflow a stack.
	topics := []string{strings.Repeat("deep", 30_000)}
	for c := range 50 {
		topics = append(topics, strings.Repeat(string([]byte{byte(c)}), 1500))
	}
	flood := func() {
		for _, takesBack := range []bool{true, false} {
			p := wire.Dial(t, endpoint)
			p.Null("SUB")
			for _, topic := range topics {
				p.Subscribe(topic)
				t.Expect(xpub, "\x01"+topic)
			}
			if takesBack {
				for _, topic := range topics {
					p.Cancel(topic)
					t.Expect(xpub, "\x00"+topic)
				}
				continue
			}
			// Gone, it is as if it had taken them back.
			p.Reset()
			for range topics {
				if m := t.Recv(xpub); m[0][0] != 0 {
					t.Errorf("received %.20q", m)
				}
			}
		}
	}
	before := testkit.Memory()
	flood()
	cost := testkit.Memory() - before
	keepsMemory(t, max(cost, 16*mebi), func() {
		for range 3 {
			flood()
		}
	})
}

func halfMessages(t *T) {
	if !t.Isolated(freesAtOnce...) {
		return
	}
	l := wire.Listen(t, "tcp")
	pull := t.Connected(zmq.PULL, l.Endpoint, opt.ReconnectInterval.To(time.Millisecond))
	big := strings.Repeat("x", mebi)
	breakOff := func() {
		for range 5 {
			p := l.Accept()
			p.Null("PUSH")
			p.Frame(wire.More, big)
			p.CloseWrite()
			p.Closed()

			p = l.Accept()
			p.Null("PUSH")
			p.Put(wire.Header(wire.Long, mebi)...)
			p.Put([]byte(big[:mebi-1])...)
			p.CloseWrite()
			p.Closed()
		}
	}
	breakOff()
	keepsMemory(t, 20*mebi, func() {
		for range 5 {
			breakOff()
		}
	})
	p := l.Accept()
	p.Null("PUSH")
	p.Send("whole", "message")
	t.Expect(pull, "whole", "message")
}
