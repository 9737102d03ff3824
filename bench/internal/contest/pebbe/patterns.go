package pebbe

import (
	"fmt"
	"sync"

	zmq4 "github.com/pebbe/zmq4"

	"gozmq/bench/internal/cprogram"
	"gozmq/bench/internal/loop"
	"gozmq/bench/internal/work"
)

// Run measures.
func Run(w work.Work) (out work.Outcome, err error) {
	pattern, ok := map[string]func(*maker) (work.Outcome, error){
		work.Stream: stream, work.RoundTrip: roundTrip, work.Fanout: fanout, work.Broker: broker, work.Allocs: allocs,
	}[w.Pattern]
	if !ok {
		return nil, fmt.Errorf("pebbe/zmq4 has no pattern %q", w.Pattern)
	}
	m, err := newMaker(w)
	if err != nil {
		return nil, err
	}
	if out, err = pattern(m); err != nil {
		// Goroutines may still be in calls, and the library forbids to close
		// sockets under them.
		return nil, err
	}
	return out, m.close()
}

func (m *maker) end(sock *zmq4.Socket) end { return end{sock, make([]byte, m.work.Size)} }

func stream(m *maker) (work.Outcome, error) {
	var in, out *zmq4.Socket
	if m.work.Ends != 0 {
		if m.work.Via == work.Streamer {
			return m.between(zmq4.PULL, zmq4.PUSH)
		}
		return m.between(zmq4.XSUB, zmq4.XPUB)
	}
	switch m.work.Via {
	case work.Streamer:
		in, out = m.through(zmq4.PUSH, zmq4.PULL, zmq4.PUSH, zmq4.PULL)
	case work.Forwarder:
		in, out = m.through(zmq4.PUB, zmq4.XSUB, zmq4.XPUB, zmq4.SUB)
	case "":
		in = m.bound(zmq4.PULL, "pull")
		out = m.connected(zmq4.PUSH, in)
	default:
		return nil, fmt.Errorf("there is no way through %q", m.work.Via)
	}
	if m.err != nil {
		return nil, m.err
	}
	if m.work.Senders <= 1 {
		return loop.Stream(m.work, m.end(in), m.end(out))
	}
	var senders []loop.Sender
	var mu sync.Mutex
	for range m.work.Senders {
		senders = append(senders, shared{m.end(out), &mu})
	}
	return loop.Stream(m.work, m.end(in), senders...)
}

// between starts a proxy, which is measured from its ends in another process.
func (m *maker) between(front, back zmq4.Type) (work.Outcome, error) {
	f, b := m.bound(front, "front"), m.bound(back, "back")
	if m.err != nil {
		return nil, m.err
	}
	frontAt, err := f.GetLastEndpoint()
	m.note(err)
	backAt, err := b.GetLastEndpoint()
	m.note(err)
	m.proxy()
	if m.err != nil {
		return nil, m.err
	}
	return cprogram.Ends(m.work, frontAt, backAt)
}

// through makes the ends of a proxy and starts it.
func (m *maker) through(out, front, back, in zmq4.Type) (receives, sends *zmq4.Socket) {
	f, b := m.bound(front, "front"), m.bound(back, "back")
	receives, sends = m.connected(in, b), m.connected(out, f)
	m.proxy()
	return receives, sends
}

func roundTrip(m *maker) (work.Outcome, error) {
	rep := m.bound(zmq4.REP, "rep")
	req := m.connected(zmq4.REQ, rep)
	if m.err != nil {
		return nil, m.err
	}
	asks := m.end(req)
	ask := func(end bool) error {
		if end {
			if err := asks.End(); err != nil {
				return err
			}
			_, _, err := asks.Take()
			return err
		}
		if err := asks.Send(1); err != nil {
			return err
		}
		return asks.Receive(1)
	}
	answer := func() (bool, error) {
		b, err := rep.RecvBytes(0)
		if err != nil {
			return false, err
		}
		_, err = rep.SendBytes(b, 0)
		return len(b) == 0, err
	}
	return loop.RoundTrips(m.work, ask, answer)
}

func fanout(m *maker) (work.Outcome, error) {
	pub := m.bound(zmq4.PUB, "pub")
	var subs []loop.Receiver
	for range m.work.Subs {
		subs = append(subs, m.end(m.connected(zmq4.SUB, pub)))
	}
	if m.err != nil {
		return nil, m.err
	}
	return loop.Fanout(m.work, m.end(pub), subs)
}

func broker(m *maker) (work.Outcome, error) {
	if m.work.Ends != 0 {
		return m.between(zmq4.ROUTER, zmq4.DEALER)
	}
	front, back := m.bound(zmq4.ROUTER, "front"), m.bound(zmq4.DEALER, "back")
	worker, client := m.connected(zmq4.DEALER, back), m.connected(zmq4.DEALER, front)
	m.proxy()
	if m.err != nil {
		return nil, m.err
	}
	return loop.Broker(m.work, m.end(client), m.end(worker).echo)
}
