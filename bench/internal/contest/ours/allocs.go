package ours

import (
	"testing"

	zmq "gozmq"
	"gozmq/bench/internal/work"
)

// allocs counts the allocations of each call that a program makes for every
// message. Calls of the other end are not counted with it: first all messages
// are sent, then all are received.
func allocs(m *maker) (work.Outcome, error) {
	const batch = 32
	var (
		in   = m.bound(zmq.PULL, "pull")
		out  = m.connected(zmq.PUSH, in)
		body = make([]byte, m.work.Size)
		one  = zmq.NewMsg(body)
		many = make([]zmq.Msg, batch)
		got  zmq.Msg
		gots = make([]zmq.Msg, batch)
	)
	for i := range many {
		many[i].Append(body)
	}
	count := func(calls int, f func() error) float64 {
		return testing.AllocsPerRun(calls, func() {
			if m.err == nil {
				m.note(f())
			}
		})
	}
	send := func() error { return out.Send(background, body) }
	recvMsg := func() error { return in.RecvMsg(background, &got) }
	n := m.work.Calls // less than what the queues hold
	res := work.Outcome{}
	res["Send"] = count(n, send)
	res["RecvMsg"] = count(n, recvMsg)
	res["SendMsg"] = count(n, func() error { return out.SendMsg(background, one) })
	res["Recv"] = count(n, func() error { _, err := in.Recv(background); return err })
	res["TrySend"] = count(n, func() error { return out.TrySend(one) })
	res["TryRecv"] = count(n, func() error { return in.TryRecv(&got) })
	res["SendBatch of 32"] = count(n/batch, func() error {
		_, err := out.SendBatch(background, many)
		return err
	})
	waiting := (n/batch + 1) * batch // AllocsPerRun calls once more than asked
	res["RecvBatch of 32"] = count(n/batch, func() error {
		k, err := in.RecvBatch(background, gots)
		waiting -= k
		return err
	})
	for ; waiting > 0 && m.err == nil; waiting-- {
		m.note(recvMsg())
	}
	return res, m.err
}
