package model

import (
	zmq "gozmq"
	"gozmq/internal/testkit"
)

// requests models some REQ sockets and the REP they ask. A REQ is idle or
// waits for its answer; REP is idle or owes one.
type requests struct {
	*play
	rep   *zmq.Socket
	reqs  [3]*zmq.Socket
	state [3]reqState
	asked map[string]int // the questions that REP has not received, and whose
	owes  int            // the REQ whose question REP received last
	turn  bool           // REP owes an answer
	n     int            // questions so far
}

type reqState int

const (
	idle     reqState = iota
	waiting           // for the answer
	answered          // it is on its way
)

func newRequests(p *play) game {
	r := &requests{play: p, asked: map[string]int{}}
	rep, endpoint := testkit.Bound(p.TB, p.zctx, zmq.REP, "inproc")
	r.rep = rep
	for i := range r.reqs {
		r.reqs[i] = testkit.Connected(p.TB, p.zctx, zmq.REQ, endpoint)
	}
	return r
}

func (r *requests) move(b byte) {
	switch i := int(b>>2) % len(r.reqs); b & 3 {
	case 0:
		r.ask(i)
	case 1:
		r.hear(i)
	case 2:
		r.take()
	case 3:
		r.answer()
	}
}

func (r *requests) ask(i int) {
	question := testkit.Numbered(r.n)
	r.did("REQ %d sends %s", i, question)
	err := r.trySend(r.reqs[i], question)
	if r.state[i] != idle {
		r.agree(err, zmq.ErrState)
		return
	}
	r.agree(err, nil)
	r.state[i], r.asked[question] = waiting, i
	r.n++
}

func (r *requests) hear(i int) {
	r.did("REQ %d receives", i)
	switch r.state[i] {
	case idle:
		r.receive(r.reqs[i], zmq.ErrState)
	case waiting:
		r.receive(r.reqs[i], zmq.ErrAgain)
	case answered:
		if got := r.receive(r.reqs[i], nil); len(got) != 2 || got[0] != "to" || got[1] != string(rune('0'+i)) {
			r.disagree("it received %q", got)
		}
		r.state[i] = idle
	}
}

func (r *requests) take() {
	r.did("REP receives")
	switch {
	case r.turn:
		r.receive(r.rep, zmq.ErrState)
	case len(r.asked) == 0:
		r.receive(r.rep, zmq.ErrAgain)
	default:
		got := r.receive(r.rep, nil)
		who, ok := -1, false
		if len(got) == 1 {
			who, ok = r.asked[got[0]]
		}
		if !ok {
			r.disagree("it received %q, the questions are %v", got, r.asked)
		}
		delete(r.asked, got[0])
		r.owes, r.turn = who, true
	}
}

func (r *requests) answer() {
	r.did("REP sends")
	err := r.trySend(r.rep, "to", string(rune('0'+r.owes)))
	if !r.turn {
		r.agree(err, zmq.ErrState)
		return
	}
	r.agree(err, nil)
	r.state[r.owes], r.turn = answered, false
}
