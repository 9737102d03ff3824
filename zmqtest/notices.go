package zmqtest

import (
	"fmt"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// ROUTER_NOTIFY.
var notices = []row{
	{
		id: "B17", over: remote, needs: "draft",
		must: "ROUTER_NOTIFY tells by an empty message who comes, who goes, or both; only ROUTER has it",
		test: func(t *T) {
			notifySettings(t)
			for _, notify := range []opt.RouterEvents{0, opt.NotifyConnect, opt.NotifyDisconnect, opt.NotifyConnect | opt.NotifyDisconnect} {
				t.Run(notify.String(), func(t *T) { noticesOf(t, notify) })
			}
		},
	},
	{
		id: "B18", over: remote, needs: "draft",
		must: "ROUTER_NOTIFY tells nothing of connections whose handshake fails",
		test: noNoticeOfStrangers,
	},
	{
		id: "B19", over: remote, needs: "draft",
		must: "when a peer is lost in the middle of a message, that is dropped, and ROUTER_NOTIFY's message comes alone",
		test: noticeAfterHalfAMessage,
	},
}

func notifySettings(t *T) {
	router, dealer := t.Socket(zmq.ROUTER), t.Socket(zmq.DEALER)
	expect := func(s *zmq.Socket, want opt.RouterEvents) {
		t.Helper()
		got, err := opt.RouterNotify.Get(s)
		t.OK(err)
		if got != want {
			t.Errorf("ROUTER_NOTIFY of a %v is %v, want %v", s.Type(), got, want)
		}
	}
	expect(router, 0)
	for _, v := range []opt.RouterEvents{1, 2, 0, 3} {
		t.OK(router.Set(opt.RouterNotify.To(v)))
		expect(router, v)
	}
	for _, v := range []opt.RouterEvents{-1, 4} {
		t.Refused(router.Set(opt.RouterNotify.To(v)), zmq.ErrInvalid)
	}
	expect(router, 3)
	if err := dealer.Set(opt.RouterNotify.To(opt.NotifyConnect)); err == nil {
		t.Error("a DEALER takes ROUTER_NOTIFY")
	}
	expect(dealer, 0)
}

func noticesOf(t *T, notify opt.RouterEvents) {
	router := t.Socket(zmq.ROUTER, opt.RouterNotify.To(notify))
	connections := t.Watch(router, zmq.EventDisconnected)
	endpoint := t.Bind(router)
	for i := range 3 { // each shows that the one before brought no other message
		name := fmt.Sprint("peer ", i)
		dealer := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To(name))
		if notify&opt.NotifyConnect != 0 {
			t.Expect(router, name, "")
		}
		t.Send(dealer, "hello")
		t.Expect(router, name, "hello")
		t.OK(dealer.Disconnect(endpoint))
		if notify&opt.NotifyDisconnect != 0 {
			t.Expect(router, name, "")
		}
		connections.Expect(zmq.EventDisconnected)
	}
	t.ExpectNone(router)
}

func noNoticeOfStrangers(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, opt.RouterNotify.To(opt.NotifyConnect|opt.NotifyDisconnect))
	for _, stranger := range []func(p *wire.Peer){
		func(p *wire.Peer) {},
		func(p *wire.Peer) { p.Say("not a handshake") },
		func(p *wire.Peer) { p.Put(wire.V31("NULL").Bytes()[:20]...) },
		func(p *wire.Peer) { p.Greet(wire.V31("NULL")) },
		func(p *wire.Peer) { p.Put(wire.V31("PLAIN").Bytes()...) },
		func(p *wire.Peer) { p.Greet(wire.V31("NULL")); p.Command("READY", wire.About("PUB").String()) },
	} {
		p := wire.Dial(t, endpoint)
		stranger(p)
		p.CloseWrite()
		p.Closed() // so the router has done with it
	}
	dealer := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("peer"))
	t.Expect(router, "peer", "")
	t.Drop(dealer)
	t.Expect(router, "peer", "")
}

func noticeAfterHalfAMessage(t *T) {
	router, endpoint := t.Bound(zmq.ROUTER, opt.RouterNotify.To(opt.NotifyDisconnect), opt.MaxMsgSize.To(100))
	for i, half := range [][]byte{
		wire.FrameBytes(wire.More, "one of two"),
		append(wire.FrameBytes(wire.More, "one of two"), wire.Header(0, 50)...),
		append(wire.FrameBytes(wire.More, "one of two"), wire.Header(0, 150)...), // too long
	} {
		name := fmt.Sprint("peer ", i)
		p := wire.Dial(t, endpoint)
		p.Null("DEALER", wire.Property{Name: "Identity", Value: name})
		p.Send("whole", "message")
		p.Put(half...)
		p.CloseWrite()
		t.Expect(router, name, "whole", "message")
		t.Expect(router, name, "")
		p.Closed()
	}
}
