package model

import (
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// subscriptions models a SUB and the XPUB it is connected to: SUB counts each
// prefix, XPUB hears of the first and the last, and what matches arrives once,
// in order.
type subscriptions struct {
	*play
	pub, sub *zmq.Socket
	count    map[string]int
	coming   []string // published, matching, not yet received
	n        int
}

// prefixes are few, and some are prefixes of others.
var prefixes = []string{"", "a", "ab", "abc", "b", "\x00", "\xff\xff"}

func newSubscriptions(p *play) game {
	s := &subscriptions{play: p, count: map[string]int{}}
	pub, endpoint := testkit.Bound(p.TB, p.zctx, zmq.XPUB, "inproc")
	s.pub, s.sub = pub, testkit.Connected(p.TB, p.zctx, zmq.SUB, endpoint)
	return s
}

func (s *subscriptions) move(b byte) {
	prefix := prefixes[int(b>>3)%len(prefixes)]
	switch b % 6 {
	case 0:
		s.subscribe(prefix)
	case 1:
		s.unsubscribe(prefix)
	case 2, 3:
		s.publish(prefix)
	case 4:
		s.hear()
	case 5:
		s.did("SUB sends, XPUB receives")
		s.agree(s.trySend(s.sub, "x"), zmq.ErrNotSupported)
		s.receive(s.pub, zmq.ErrAgain)
	}
}

func (s *subscriptions) subscribe(prefix string) {
	s.did("SUB subscribes to %q", prefix)
	s.agree(s.sub.Subscribe(prefix), nil)
	s.count[prefix]++
	if s.count[prefix] == 1 {
		s.told("\x01" + prefix)
	}
}

func (s *subscriptions) unsubscribe(prefix string) {
	s.did("SUB unsubscribes from %q", prefix)
	s.agree(s.sub.Unsubscribe(prefix), nil)
	if s.count[prefix] == 0 {
		return
	}
	s.count[prefix]--
	if s.count[prefix] == 0 {
		// What matched only this is filtered by SUB when it is received.
		s.told("\x00" + prefix)
		s.forget()
	}
}

// told waits for what XPUB must hear; so it has changed when the next is
// published.
func (s *subscriptions) told(want string) {
	if got := s.receive(s.pub, nil); len(got) != 1 || got[0] != want {
		s.disagree("XPUB received %q, want %q", got, want)
	}
}

func (s *subscriptions) publish(prefix string) {
	topic := prefix + testkit.Numbered(s.n)
	s.n++
	s.did("XPUB sends %q", topic)
	s.agree(s.trySend(s.pub, topic), nil)
	if s.matches(topic) {
		s.coming = append(s.coming, topic)
	}
}

func (s *subscriptions) matches(topic string) bool {
	for prefix, n := range s.count {
		if n > 0 && strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}

// forget drops what is on its way and matches no more. Whether SUB had taken
// it in already nobody can say, so it is asked for all of it first.
func (s *subscriptions) forget() {
	var m zmq.Msg
	for s.sub.TryRecv(&m) == nil {
	}
	s.coming = nil
}

func (s *subscriptions) hear() {
	s.did("SUB receives")
	if len(s.coming) == 0 {
		s.receive(s.sub, zmq.ErrAgain)
		return
	}
	if got := s.receive(s.sub, nil); len(got) != 1 || got[0] != s.coming[0] {
		s.disagree("it received %q, want %q", got, s.coming[0])
	}
	s.coming = s.coming[1:]
}
