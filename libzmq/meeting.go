package libzmq

import (
	"sync/atomic"
	"time"

	"gozmq/libzmq/capi"
)

// meeting decides whether a call that must wait first does so briefly in C.
// Parking a goroutine and waking it again costs more than the round trip of a
// peer that answers at once; where peers are slow the brief wait is wasted, so
// it is tried only as long as it keeps paying.
type meeting struct {
	credit atomic.Int32 // fruitless tries that are left
	since  atomic.Int64 // when the last waiter was parked, in ns
}

const (
	meetTime   = 50 // microseconds
	meetCredit = 4
	// meetSoon is how soon after parking a wake-up shows that a brief wait
	// would have been enough, or nearly.
	meetSoon = 150 * time.Microsecond
)

// meet waits until the FD fires, for meetTime at most. It does not take mu:
// the socket stays free for others.
func (s *socket) meet() {
	if s.meeting.credit.Load() <= 0 || s.brief.Load() > 0 {
		return
	}
	// The pump need not run for news that this goroutine is about to read.
	// It takes over again before Arm reads the events, so none are missed.
	s.brief.Add(1)
	fired := capi.WaitReadable(s.fd, meetTime)
	s.brief.Add(-1)
	if !fired {
		s.meeting.credit.Add(-1)
	}
}

// met: what was waited for came without parking.
func (m *meeting) met() { m.credit.Store(meetCredit) }

// parked: a waiter parks now.
func (m *meeting) parked(now time.Time) { m.since.Store(now.UnixNano()) }

// roused: the pump found news, maybe for who has just parked.
func (m *meeting) roused(now time.Time) {
	if now.UnixNano()-m.since.Load() < int64(meetSoon) {
		m.credit.Store(meetCredit)
	}
}
