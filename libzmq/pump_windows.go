package libzmq

import (
	"sync/atomic"

	"gozmq/libzmq/capi"
)

// pump waits for ZMQ_FD with libzmq's own poll, because Go's netpoller takes
// no foreign SOCKET. That costs a thread for each socket.
type pump struct {
	fd   uintptr
	over atomic.Bool
}

// callsMayAttend: kick would not work.
const callsMayAttend = false

func (p *pump) kick() {}
func (p *pump) calm() {}

// pumpTurn bounds a wait, so that stop is seen.
const pumpTurn = 100 // milliseconds

func newPump(fd uintptr) (*pump, error) { return &pump{fd: fd}, nil }

// run calls news at once, and again each time the FD has fired, until it
// returns true or stop is called.
func (p *pump) run(news pumpNews) {
	for !news(p.fd) && !p.over.Load() {
		for !capi.WaitReadable(p.fd, pumpTurn) && !p.over.Load() {
		}
	}
}

// stop ends run, soon. The FD may be closed and reused meanwhile: run looks
// for stop before it touches anything else.
func (p *pump) stop() { p.over.Store(true) }
