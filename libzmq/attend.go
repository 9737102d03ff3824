package libzmq

import (
	stdctx "context"
	"reflect"
	"time"

	"gozmq/internal/engine"
)

// attendance says who waits for the socket's FD in the netpoller, and so lets
// libzmq do what it only does inside of calls: take in new connections, send
// subscriptions to them, note that peers have read. It is guarded by the
// socket's mu.
//
// That is the socket's pump, a goroutine of its own, as long as nobody calls.
// But waking a goroutine that wakes another costs a second thread its sleep,
// so a call that waits attends by itself when it can: the FD wakes it and
// nobody else. When it has been woken nobody attends, because the next call is
// likely to come before anything happens; lapsed calls the pump back when none
// does, and any waiter that cannot attend at once.
type attendance struct {
	who    attendant
	turn   chan struct{}  // a token: the pump is to attend, or to end
	lead   *engine.Waiter // of the call that attends
	kicked bool           // it was told to come back by the FD's deadline

	lapse *time.Timer // nil until it is needed
	armed bool        // lapse is going to fire
	led   int         // calls that have attended since it was armed

	follow follow

	// The socket's methods, made values once.
	looks, keeps    pumpNews
	kick, interrupt func()
}

type attendant uint8

const (
	pumpAttends attendant = iota
	callAttends
	nobodyAttends
)

// lapseAfter is how long a socket whose last waiting call has returned is left
// alone at least. Within twice that, its housekeeping goes on.
const lapseAfter = 5 * time.Millisecond

// pumpNews is what pump.run calls. It is what RawConn.Read takes, so that there
// is no closure around it: a call that waits allocates nothing. The argument is
// not for use.
type pumpNews = func(fd uintptr) (done bool)

func (s *socket) initAttendance() {
	s.attend.turn = make(chan struct{}, 1)
	s.attend.looks, s.attend.keeps = s.looksFor, s.housekeep
	s.attend.kick = s.kickLead
	s.attend.interrupt = s.interruptLead
}

// pumps runs as long as the socket is open. It is the pump's goroutine.
func (s *socket) pumps() {
	defer s.ctx.pumps.Done()
	for {
		s.pump.run(s.attend.keeps)
		<-s.attend.turn
		s.mu.Lock()
		closed := s.closed != nil
		s.mu.Unlock()
		if closed {
			return
		}
	}
}

// housekeep is what the pump does when the FD has fired. It reports whether the
// pump is to attend no longer.
func (s *socket) housekeep(uintptr) (done bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return true
	}
	receiver := s.waiters.Receiver() != nil
	s.serve()
	if receiver && s.waiters.Len() == 0 && callsMayAttend && !s.limits.stream() {
		// Whoever was woken will wait again, and then attend.
		s.leave()
		return true
	}
	return false
}

// summon makes the pump attend if nobody does. The caller holds mu.
func (s *socket) summon() {
	if s.attend.who == nobodyAttends {
		s.attend.who = pumpAttends
		s.attend.turn <- struct{}{} // there is room: the pump has used its last turn
	}
}

// leave is for who attends no longer. The caller holds mu.
func (s *socket) leave() {
	a := &s.attend
	a.who = nobodyAttends
	switch {
	case s.waiters.Len() > 0:
		s.summon()
	case !a.armed:
		s.armLapse()
	}
}

// armLapse has lapsed called in a while. The caller holds mu.
func (s *socket) armLapse() {
	a := &s.attend
	a.armed, a.led = true, 0
	if a.lapse == nil {
		a.lapse = time.AfterFunc(lapseAfter, s.lapsed)
		return
	}
	a.lapse.Reset(lapseAfter)
}

// lapsed calls the pump back if no call has attended for a while.
func (s *socket) lapsed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &s.attend
	a.armed = false
	switch {
	case s.closed != nil || a.who != nobodyAttends:
	case a.led > 0:
		s.armLapse()
	default:
		s.summon()
	}
}

// endAttendance is part of closing the socket. The caller holds mu, and has
// woken all waiters.
func (s *socket) endAttendance() (unfollow func() bool) {
	a := &s.attend
	if a.lapse != nil {
		a.lapse.Stop()
	}
	select {
	case a.turn <- struct{}{}:
	default: // it has its turn, and will see
	}
	stop := a.follow.stop
	a.follow = follow{}
	return stop
}

// Attend parks the caller in the netpoller, if nobody else is there.
func (s *socket) Attend(ctx stdctx.Context, w *engine.Waiter) bool {
	a := &s.attend
	s.mu.Lock()
	if s.closed != nil || a.who != nobodyAttends || s.limits.stream() {
		s.mu.Unlock()
		return false
	}
	a.who, a.lead, w.Kick = callAttends, w, a.kick
	a.led++
	s.waiters.Add(w)
	s.mu.Unlock()

	keep := s.followed(ctx)
	if ctx.Err() == nil {
		s.pump.run(a.looks)
	}
	if !keep {
		s.unfollow()
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if a.kicked {
		a.kicked = false
		s.pump.calm()
	}
	a.lead, w.Kick = nil, nil
	unused := s.waiters.Remove(w)
	if s.closed != nil {
		return true
	}
	s.leave()
	if unused && w.N == 0 && ctx.Err() != nil {
		s.wake() // the caller gives up: whoever is next is to try
	}
	return true
}

// looksFor is housekeep for the call that attends. It reports whether that is
// to come back.
func (s *socket) looksFor(uintptr) (done bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.attend.lead
	if s.closed != nil || !w.Armed() {
		return true
	}
	w.Kick = nil // it is awake
	s.serve()
	if !w.Armed() {
		return true
	}
	w.Kick = s.attend.kick
	return false
}

// kickLead makes the call that attends come back. The caller holds mu.
func (s *socket) kickLead() {
	if !s.attend.kicked {
		s.attend.kicked = true
		s.pump.kick()
	}
}

// interruptLead makes the call that attends look at its context.
func (s *socket) interruptLead() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.attend.lead != nil && s.closed == nil {
		s.kickLead()
	}
}

// follow is what the socket knows of the context of calls that attend. Most
// loops pass the same one again and again: from the second time on it is
// followed for good, which costs nothing any more.
type follow struct {
	ctx  stdctx.Context
	stop func() bool // nil when it is not followed at the moment
}

// followed sees to it that the end of ctx interrupts the call that attends,
// which is the caller. It reports whether that is for longer than this call.
func (s *socket) followed(ctx stdctx.Context) (keep bool) {
	if ctx.Done() == nil {
		return true
	}
	s.mu.Lock()
	old := s.attend.follow
	s.mu.Unlock()
	same := old.ctx != nil && comparableCtx(ctx) && old.ctx == ctx
	if same && old.stop != nil {
		return true
	}
	if old.stop != nil {
		old.stop()
	}
	now := follow{ctx, stdctx.AfterFunc(ctx, s.attend.interrupt)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		now.stop()
		return true
	}
	s.attend.follow = now
	return same
}

// comparableCtx reports whether == cannot panic. Pointers, as most contexts are,
// are asked for first: Comparable allocates.
func comparableCtx(ctx stdctx.Context) bool {
	v := reflect.ValueOf(ctx)
	return v.Kind() == reflect.Pointer || v.Comparable()
}

// unfollow ends what followed has begun. The context is remembered.
func (s *socket) unfollow() {
	s.mu.Lock()
	stop := s.attend.follow.stop
	s.attend.follow.stop = nil
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
}
