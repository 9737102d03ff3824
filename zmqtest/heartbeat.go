package zmqtest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section P: heartbeats.
var heartbeat = []row{
	{
		id: "P1", key: true, over: remote,
		must: "a peer that does not answer PING within the timeout, by default the interval, is dropped; with timeout 0 it never is",
		test: silentPeersAreDropped,
	},
	{
		id: "P2", over: remote,
		must: "PING is answered with PONG and its context, of which 16 bytes count",
		test: pingIsAnswered,
	},
	{
		id: "P3", over: remote,
		must: "who says a time to live in PING and then falls silent for so long is dropped, without heartbeats of this side",
		test: timeToLiveDropsSilentPeers,
	},
	{
		id:   "P4",
		must: "sockets that have heartbeats on both sides stay connected, whatever their types and mechanism",
		test: heartbeatsKeepConnections,
	},
	{
		id: "P5", over: remote,
		must: "heartbeats do not disturb the turns of REQ and REP",
		test: heartbeatsBetweenRequestAndReply,
	},
	{
		id:   "P6",
		must: "the time to live is at most 6553599 ms, and is rounded up to tenths of a second",
		test: timeToLiveHasBounds,
	},
	{
		id: "P7", over: remote,
		must: "a time to live of more than 65535 ms in PING is that, and no shorter one",
		test: longTimeToLive,
	},
	{
		id: "P8", over: remote,
		must: "a PING that breaks off and a PONG that nobody waits for do no harm, and bring no bytes back that were not sent",
		test: brokenHeartbeats,
	},
	{
		id: "P9", over: remote,
		must: "any message is a sign of life: a peer that sends some need not answer PING",
		test: messagesAreSignsOfLife,
	},
	{
		id: "P10", over: remote,
		must: "a connection that is given up for want of PONG is made anew by the side that connects",
		test: silenceMakesConnectAnew,
	},
}

const often = 20 * time.Millisecond

func silentPeersAreDropped(t *T) {
	for _, m := range mechanisms(t) {
		t.Run(m.name, func(t *T) {
			for _, timeout := range []zmq.Setting{{}, opt.HeartbeatTimeout.To(often)} {
				_, endpoint := t.Bound(zmq.ROUTER, opt.HeartbeatInterval.To(often), timeout, m.server)
				p := wire.Dial(t, endpoint)
				m.visit(p, "DEALER")
				p.ExpectPing()
				p.Closed()
			}
			_, endpoint := t.Bound(zmq.ROUTER, opt.HeartbeatInterval.To(often/2), opt.HeartbeatTimeout.To(0), m.server)
			p := wire.Dial(t, endpoint)
			m.visit(p, "DEALER")
			// The third PING comes when the answer to the first has long been due.
			for range 3 {
				p.ExpectPing()
			}
		})
	}
}

func pingIsAnswered(t *T) {
	for _, m := range mechanisms(t) {
		for _, typ := range []zmq.SocketType{zmq.ROUTER, zmq.PULL, zmq.PUB} {
			_, endpoint := t.Bound(typ, m.server)
			p := wire.Dial(t, endpoint)
			m.visit(p, partner[typ])
			for _, context := range []string{"", "x", strings.Repeat("x", 16), strings.Repeat("x", 15) + "yz", strings.Repeat("long", 1000)} {
				p.Ping(0, context)
				if got := p.ExpectCommand("PONG"); got != context[:min(16, len(context))] {
					t.Errorf("%s %v: PING with %.40q is answered with %q", m.name, typ, context, got)
				}
			}
		}
	}
}

// partner is a type that each type talks to.
var partner = map[zmq.SocketType]string{
	zmq.PAIR: "PAIR", zmq.PUB: "SUB", zmq.SUB: "PUB", zmq.REQ: "REP", zmq.REP: "REQ", zmq.DEALER: "ROUTER",
	zmq.ROUTER: "DEALER", zmq.PULL: "PUSH", zmq.PUSH: "PULL", zmq.XPUB: "XSUB", zmq.XSUB: "XPUB",
}

func timeToLiveDropsSilentPeers(t *T) {
	var silent []*wire.Peer
	for typ, other := range partner {
		_, endpoint := t.Bound(typ)
		p := wire.Dial(t, endpoint)
		p.Null(other)
		p.Ping(1, "")
		silent = append(silent, p)
	}
	_, endpoint := t.Bound(zmq.PULL)
	free := wire.Dial(t, endpoint)
	free.Null("PUSH")
	free.Ping(0, "")
	for _, p := range silent {
		p.Closed()
	}
	// Without a time to live one may be as silent.
	free.Ping(0, "still here")
	if free.ExpectCommand("PONG") != "" || free.ExpectCommand("PONG") != "still here" {
		t.Error("another PONG came")
	}
}

// pairs are the types that talk to each other.
var pairs = [][2]zmq.SocketType{
	{zmq.PAIR, zmq.PAIR}, {zmq.PUB, zmq.SUB}, {zmq.XPUB, zmq.XSUB}, {zmq.PUB, zmq.XSUB}, {zmq.XPUB, zmq.SUB},
	{zmq.REP, zmq.REQ}, {zmq.ROUTER, zmq.REQ}, {zmq.REP, zmq.DEALER}, {zmq.ROUTER, zmq.DEALER},
	{zmq.DEALER, zmq.DEALER}, {zmq.ROUTER, zmq.ROUTER}, {zmq.PULL, zmq.PUSH},
}

func heartbeatsKeepConnections(t *T) {
	for _, m := range mechanisms(t) {
		t.Run(m.name, func(t *T) {
			patiently(t, func(t *T, interval time.Duration) error {
				beats := opt.HeartbeatInterval.To(interval)
				var watches []*Watch
				for _, pair := range pairs {
					b := t.Socket(pair[0], beats, m.server)
					w := t.Watch(b, zmq.EventHandshakeSucceeded, zmq.EventDisconnected)
					t.Connected(pair[1], t.Bind(b), beats, m.client)
					w.Expect(zmq.EventHandshakeSucceeded)
					watches = append(watches, w)
				}
				// A peer of the same engine and interval is the clock.
				_, endpoint := t.Bound(zmq.PULL, beats, opt.HeartbeatTimeout.To(0))
				clock := wire.Dial(t, endpoint)
				clock.Null("PUSH")
				for range 4 {
					clock.ExpectPing()
				}
				for i, w := range watches {
					if ev, ok := w.next(); ok {
						return fmt.Errorf("%v and %v: %v", pairs[i][0], pairs[i][1], ev)
					}
				}
				return nil
			})
		})
	}
}

func heartbeatsBetweenRequestAndReply(t *T) {
	l := wire.Listen(t, t.Transport)
	req := t.Connected(zmq.REQ, l.Endpoint, opt.HeartbeatInterval.To(often), opt.HeartbeatTimeout.To(0))
	rawRep := l.Accept()
	rawRep.Null("REP")
	rep, endpoint := t.Bound(zmq.REP)
	rawReq := wire.Dial(t, endpoint)
	rawReq.Null("REQ")
	until := func(prefix string) {
		for f := rawRep.Next(); !strings.HasPrefix(f.Body, prefix); f = rawRep.Next() {
		}
	}
	for range 3 {
		until("\x04PING") // before the request
		t.Send(req, "question")
		until("question")
		until("\x04PING") // before the reply
		rawRep.Pong("")
		rawRep.Ping(0, "context")
		rawRep.Send("", "answer")
		t.Expect(req, "answer")
		until("\x04PONGcontext")

		rawReq.Ping(0, "1")
		rawReq.Send("", "question")
		t.Expect(rep, "question")
		rawReq.Ping(0, "2")
		if rawReq.ExpectCommand("PONG") != "1" || rawReq.ExpectCommand("PONG") != "2" {
			t.Error("the PONG is another's")
		}
		t.Send(rep, "answer")
		rawReq.Expect("", "answer")
	}
}

func timeToLiveHasBounds(t *T) {
	s := t.Socket(zmq.DEALER)
	const most = 6553599 * time.Millisecond
	t.OK(s.Set(opt.HeartbeatTTL.To(most)))
	t.Refused(s.Set(opt.HeartbeatTTL.To(most+time.Millisecond)), zmq.ErrInvalid)
	t.Refused(s.Set(opt.HeartbeatTTL.To(-time.Millisecond)), zmq.ErrInvalid)
	for ttl, tenths := range map[time.Duration]uint16{
		0: 0, time.Millisecond: 1, 100 * time.Millisecond: 1, 650 * time.Millisecond: 7, 65536 * time.Millisecond: 656,
	} {
		l := wire.Listen(t, "tcp")
		s := t.Connected(zmq.DEALER, l.Endpoint, opt.HeartbeatInterval.To(often), opt.HeartbeatTTL.To(ttl))
		if got, err := opt.HeartbeatTTL.Get(s); err != nil || got != time.Duration(tenths)*100*time.Millisecond {
			t.Errorf("%v is read back as %v, %v", ttl, got, err)
		}
		p := l.Accept()
		p.Null("ROUTER")
		if got, context := p.ExpectPing(); got != tenths || context != "" {
			t.Errorf("%v goes out as %d tenths of a second, with the context %q", ttl, got, context)
		}
	}
}

// Kept in 16 bits as milliseconds, 65.6 s are 64 ms.
func longTimeToLive(t *T) {
	_, endpoint := t.Bound(zmq.PULL)
	long, short := wire.Dial(t, endpoint), wire.Dial(t, endpoint)
	for _, p := range []*wire.Peer{long, short} {
		p.Null("PUSH")
	}
	long.Ping(656, "")
	long.ExpectCommand("PONG")
	short.Ping(2, "")
	short.Closed()
	long.Ping(0, "still here")
	if got := long.ExpectCommand("PONG"); got != "still here" {
		t.Errorf("PONG has %q", got)
	}
}

func brokenHeartbeats(t *T) {
	if !t.Isolated() {
		return
	}
	for _, broken := range []string{
		"\x04PING", "\x04PING\x00", "\x04PONG", "\x04PONG" + strings.Repeat("x", 1000), "\x04PIN", "\x05PING", "\x00", "\xff",
	} {
		pull, endpoint := t.Bound(zmq.PULL)
		p := wire.Dial(t, endpoint)
		p.Null("PUSH")
		p.Send(strings.Repeat("secret", 5))
		t.Expect(pull, strings.Repeat("secret", 5))
		p.Frame(wire.Command, broken)
		p.CloseWrite()
		if got := p.Closed(); strings.Trim(string(got), "\x04\x05PONG") != "" {
			t.Errorf("%.20q is answered with %q", broken, got)
		}
		// Nothing of it is taken for a message.
		push := t.Connected(zmq.PUSH, endpoint)
		t.Send(push, "a message")
		t.Expect(pull, "a message")
	}
}

func messagesAreSignsOfLife(t *T) {
	patiently(t, func(t *T, timeout time.Duration) error {
		_, endpoint := t.Bound(zmq.PULL, opt.HeartbeatInterval.To(timeout))
		p := wire.Dial(t, endpoint)
		p.Null("PUSH")
		for range 30 {
			if _, err := p.Write(wire.MessageBytes("alive")); err != nil {
				return fmt.Errorf("the connection is lost: %w", err)
			}
			time.Sleep(timeout / 10)
		}
		p.Offer(wire.CommandBytes("PING", "\x00\x00still here")...)
		if !p.Until("PONGstill here") {
			return errors.New("the connection is lost")
		}
		return nil
	})
}

func silenceMakesConnectAnew(t *T) {
	for _, m := range mechanisms(t) {
		l := wire.Listen(t, t.Transport)
		s := t.Socket(zmq.DEALER, opt.HeartbeatInterval.To(often), opt.ReconnectInterval.To(time.Millisecond), m.client)
		w := t.Watch(s)
		t.Connect(s, l.Endpoint)
		for range 2 {
			p := l.Accept()
			m.receive(p, "ROUTER")
			p.ExpectPing()
			p.Closed()
			w.Expect(zmq.EventHandshakeSucceeded, zmq.EventDisconnected)
		}
	}
}
