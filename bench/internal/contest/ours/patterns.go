package ours

import (
	"errors"
	"fmt"

	zmq "gozmq"
	"gozmq/bench/internal/cprogram"
	"gozmq/bench/internal/loop"
	"gozmq/bench/internal/work"
)

// Run measures.
func Run(w work.Work) (out work.Outcome, err error) {
	pattern, ok := map[string]func(*maker) (work.Outcome, error){
		work.Stream: stream, work.RoundTrip: roundTrip, work.Fanout: fanout, work.Broker: broker,
		work.Parked: parked, work.Cancel: cancelled, work.Allocs: allocs,
	}[w.Pattern]
	if !ok {
		return nil, fmt.Errorf("gozmq has no pattern %q", w.Pattern)
	}
	m, err := newMaker(w)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.zctx.Close()) }()
	return pattern(m)
}

func stream(m *maker) (work.Outcome, error) {
	var in, out *zmq.Socket
	if m.work.Ends != 0 {
		if m.work.Via == work.Streamer {
			return m.between(zmq.PULL, zmq.PUSH)
		}
		return m.between(zmq.XSUB, zmq.XPUB)
	}
	switch m.work.Via {
	case work.Streamer:
		in, out = m.through(zmq.PUSH, zmq.PULL, zmq.PUSH, zmq.PULL)
	case work.Forwarder:
		in, out = m.through(zmq.PUB, zmq.XSUB, zmq.XPUB, zmq.SUB)
	case "":
		in = m.bound(zmq.PULL, "pull")
		out = m.connected(zmq.PUSH, in)
	default:
		return nil, fmt.Errorf("there is no way through %q", m.work.Via)
	}
	if m.err != nil {
		return nil, m.err
	}
	var senders []loop.Sender
	for range max(m.work.Senders, 1) {
		senders = append(senders, newEnd(m.work, out))
	}
	return loop.Stream(m.work, newEnd(m.work, in), senders...)
}

// between starts a proxy, which is measured from its ends in another process.
func (m *maker) between(front, back zmq.SocketType) (work.Outcome, error) {
	f, b := m.bound(front, "front"), m.bound(back, "back")
	m.proxy(f, b)
	if m.err != nil {
		return nil, m.err
	}
	return cprogram.Ends(m.work, f.LastEndpoint(), b.LastEndpoint())
}

// through makes the ends of a proxy and starts it.
func (m *maker) through(out, front, back, in zmq.SocketType) (receives, sends *zmq.Socket) {
	f, b := m.bound(front, "front"), m.bound(back, "back")
	receives, sends = m.connected(in, b), m.connected(out, f)
	m.proxy(f, b)
	return receives, sends
}

func roundTrip(m *maker) (work.Outcome, error) {
	rep := m.bound(zmq.REP, "rep")
	req := m.connected(zmq.REQ, rep)
	if m.err != nil {
		return nil, m.err
	}
	var reply zmq.Msg
	body := make([]byte, m.work.Size)
	ask := func(end bool) error {
		request := body
		if end {
			request = nil
		}
		if err := req.Send(background, request); err != nil {
			return err
		}
		return req.RecvMsg(background, &reply)
	}
	return loop.RoundTrips(m.work, ask, (&single{sock: rep}).echo)
}

func fanout(m *maker) (work.Outcome, error) {
	pub := m.bound(zmq.PUB, "pub")
	var subs []loop.Receiver
	for range m.work.Subs {
		subs = append(subs, newEnd(m.work, m.connected(zmq.SUB, pub)))
	}
	if m.err != nil {
		return nil, m.err
	}
	return loop.Fanout(m.work, newEnd(m.work, pub), subs)
}

func broker(m *maker) (work.Outcome, error) {
	if m.work.Ends != 0 {
		return m.between(zmq.ROUTER, zmq.DEALER)
	}
	front, back := m.bound(zmq.ROUTER, "front"), m.bound(zmq.DEALER, "back")
	worker, client := m.connected(zmq.DEALER, back), m.connected(zmq.DEALER, front)
	m.proxy(front, back)
	if m.err != nil {
		return nil, m.err
	}
	return loop.Broker(m.work, newEnd(m.work, client), newEnd(m.work, worker).echo)
}
