package zmqtest

import (
	"slices"

	zmq "gozmq"
	"gozmq/opt"
)

// Section C: PUB, SUB, XPUB and XSUB.
var pubsub = slices.Concat(subscriptions, toXPub, upstream, delivery, publishing)

// What an XPUB receives and an XSUB sends: one of these, and a topic.
const subscribe, cancel = "\x01", "\x00"

var toAll = opt.Subscribe.To(nil)

func topic(name string) zmq.Setting { return opt.Subscribe.To([]byte(name)) }

// subscribes makes sub subscribe to topics, and waits until xpub has been told
// of each.
func (t *T) subscribes(sub, xpub *zmq.Socket, topics ...string) {
	t.Helper()
	for _, topic := range topics {
		t.OK(sub.Subscribe(topic))
		t.Expect(xpub, subscribe+topic)
	}
}

// cancels takes subscriptions back, and waits until xpub has been told.
func (t *T) cancels(sub, xpub *zmq.Socket, topics ...string) {
	t.Helper()
	for _, topic := range topics {
		t.OK(sub.Unsubscribe(topic))
		t.Expect(xpub, cancel+topic)
	}
}

// told receives as many messages of one frame as it is given, which must be
// these, in any order.
func (t *T) told(xpub *zmq.Socket, want ...string) {
	t.Helper()
	var got []string
	for range want {
		got = append(got, t.Recv(xpub)...)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("the publisher is told %q, want %q", got, want)
	}
}

// settled waits until each xpub has been told of all that sub has subscribed
// to and cancelled, and reads that.
func (t *T) settled(sub *zmq.Socket, xpubs ...*zmq.Socket) {
	t.Helper()
	const end = "the end of subscriptions"
	for _, change := range []struct {
		do   func(...string) error
		what string
	}{{sub.Subscribe, subscribe}, {sub.Unsubscribe, cancel}} {
		t.OK(change.do(end))
		for _, xpub := range xpubs {
			for t.Recv(xpub)[0] != change.what+end {
			}
		}
	}
}
