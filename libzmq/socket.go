package libzmq

import (
	"sync"

	"gozmq/internal/engine"
	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// socket is engine.Socket on a zmq socket.
//
// libzmq allows one thread at a time, with a fence between two: mu is both.
// Every call under it is one that does not wait, so nobody holds mu for long,
// and a send goes on while others are parked in a receive.
//
// Waiting is done outside of mu. The socket's pump, one goroutine, or a call in
// its place (attend.go), sleeps in Go's netpoller on a duplicate of ZMQ_FD; when
// that fires it lets libzmq do its housekeeping and wakes waiters. The FD tells
// of news only once, and any call may consume them, so after every call somebody
// must look: each method that calls into libzmq ends with wake.
type socket struct {
	ctx    *context
	serial uint64
	typ    int
	pump   *pump        // sleeps on a duplicate of fd
	poll   *capi.Poller // gives fd for the drafts that have no ZMQ_FD; else nil

	mu      sync.Mutex // guards what follows
	h       *capi.Socket
	closed  error // why calls fail; nil while the socket is open
	waiters engine.Waiters
	io      capi.IO
	in      inbox
	unread  unread
	limits  limits
	topics  topics
	guard   guard
	attend  attendance
	monitor *monitor // nil when nobody listens
}

func (c *context) NewSocket(typ int) (engine.Socket, error) {
	if err := c.mayStart(); err != nil {
		return nil, err
	}
	h, err := capi.SocketNew(c.h, typ)
	if err != nil {
		return nil, ended(err)
	}
	s := &socket{ctx: c, serial: serials.Add(1), typ: typ, h: h, limits: newLimits(typ), topics: topics{typ: typ}, guard: guard{typ: typ}}
	s.initAttendance()
	s.io.Kind = kinds[typ] | peersKnown()
	if err := s.prepare(); err != nil {
		s.free()
		return nil, reason(err)
	}
	if err := c.add(s); err != nil {
		s.pump.stop()
		s.free()
		return nil, err
	}
	go s.pumps()
	return s, nil
}

// kinds says what the types make of messages, for batch calls.
var kinds = map[int]uint32{
	capi.PUSH:   capi.KindBalanced,
	capi.DEALER: capi.KindBalanced,
	capi.REQ:    capi.KindBalanced | capi.KindRequest,
	capi.SERVER: capi.KindRouted,
	capi.PEER:   capi.KindRouted,
	capi.DISH:   capi.KindGrouped,
}

// peersKnown is capi.KindPeers if this libzmq's messages can be told apart by
// their connection.
func peersKnown() uint32 {
	if v := version(); v >= 40205 && v < 40400 {
		return capi.KindPeers
	}
	return 0
}

// prepare sets what differs from libzmq's defaults and gets the FD.
func (s *socket) prepare() error {
	if s.typ == capi.SUB || s.typ == capi.XSUB {
		// Subscriptions travel through the send queue, and libzmq drops
		// silently what exceeds it: no bound, nothing lost.
		if err := s.h.SetInt(options.SendHWM, 0); err != nil {
			return err
		}
	}
	fd, err := s.h.FD()
	if err == capi.EINVAL { // a thread-safe draft type
		fd, err = s.pollerFD()
	}
	if err != nil {
		return err
	}
	s.pump, err = newPump(fd)
	return err
}

func (s *socket) pollerFD() (uintptr, error) {
	p, err := capi.PollerNew()
	if err != nil {
		return 0, err
	}
	s.poll = p
	if err := p.Add(s.h, 0, capi.POLLIN); err != nil {
		return 0, err
	}
	return p.FD()
}

// free closes the zmq socket. Nobody else uses it any more.
func (s *socket) free() {
	if s.poll != nil {
		_ = s.poll.Remove(s.h)
		_ = s.poll.Destroy()
	}
	_ = s.h.Close()
	s.io.Free()
}

func (s *socket) Close() error { return s.close(engine.ErrClosed) }

func (s *socket) close(why error) error {
	unfollow, err := s.end(why)
	if err != nil {
		return err
	}
	if unfollow != nil {
		unfollow()
	}
	s.pump.stop() // not under mu: it waits for who attends, who waits for mu
	return nil
}

// end closes the zmq socket, once, and tells everybody why.
func (s *socket) end(why error) (unfollow func() bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return nil, s.closed
	}
	linger, err := s.h.GetInt(options.Linger)
	if err != nil {
		linger = -1 // it is not known, so it does not count as ended
	}
	s.closed = why
	s.waiters.WakeAll()
	unfollow = s.endAttendance()
	s.in.drop(&s.io)
	s.unread.drop()
	s.stopMonitor()
	s.free()
	s.guard.close()
	s.ctx.remove(s, linger)
	return unfollow, nil
}

// events is what the socket is ready for; asking lets libzmq do its
// housekeeping. The caller holds mu.
func (s *socket) events() (engine.Events, error) {
	if s.poll != nil {
		// The poller's FD stays readable until the poller has looked.
		_, _ = s.poll.Wait(0)
	}
	ev, err := s.h.GetInt(options.EventsNumber)
	if err != nil {
		return 0, reason(err)
	}
	return s.ready(ev), nil
}

// ready adds to libzmq's events the messages that an earlier call has
// brought along, or put back.
func (s *socket) ready(ev int) engine.Events {
	e := engine.Events(ev) & (engine.In | engine.Out)
	if e&engine.In != 0 && s.topics.coarse() && s.in.empty() {
		// What libzmq has may not be wanted.
		if rc, _ := s.fill(1); rc <= 0 {
			e &^= engine.In
		}
	}
	if !s.in.empty() || len(s.unread) > 0 {
		e |= engine.In
	}
	if s.asked() {
		e &^= engine.Out
	}
	return e
}

// asked is true of a REP with a request that nobody has received yet, which
// was brought along or put back. To libzmq it is time to reply.
func (s *socket) asked() bool {
	return s.typ == capi.REP && (!s.in.empty() || len(s.unread) > 0)
}

// wake looks what the socket is ready for and wakes who waits for that. The
// caller holds mu.
func (s *socket) wake() {
	if s.waiters.Len() == 0 {
		return
	}
	ev, err := s.events()
	if err != nil {
		s.waiters.WakeAll() // their next try tells them
		return
	}
	s.waiters.Wake(ev)
}

// woken is wake after a batch call, which has brought the events along.
func (s *socket) woken() {
	switch {
	case s.waiters.Len() == 0:
	case s.io.Events < 0:
		s.waiters.WakeAll()
	default:
		s.waiters.Wake(s.ready(int(s.io.Events)))
	}
}

// wantEvents asks the batch call that follows for the events if anybody waits.
func (s *socket) wantEvents() {
	s.io.WantEvents = 0
	if s.waiters.Len() > 0 {
		s.io.WantEvents = capi.EventsAfter
	}
}

func (s *socket) Arm(w *engine.Waiter) (engine.Events, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return 0, s.closed
	}
	if w.Want == engine.News {
		s.waiters.Add(w) // without a look, which might take in what it waits for
		s.summon()
		return 0, nil
	}
	ev, err := s.events()
	if err != nil {
		return 0, err
	}
	if ready := ev & w.Want; ready != 0 {
		// Reading the events has consumed the news of all of them. The owner
		// of w goes on to try what it wants, but a watcher may not.
		others := ev &^ w.Want
		if w.Shared {
			others = ev
		}
		s.waiters.Wake(others)
		return ready, nil
	}
	s.waiters.Add(w)
	s.summon()
	// Reading the events may have brought what others wait for.
	s.waiters.Wake(ev)
	return 0, nil
}

func (s *socket) Disarm(w *engine.Waiter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiters.Remove(w) && s.closed == nil {
		s.wake()
	}
}

// do runs a call on the zmq socket under mu, and looks afterwards.
func (s *socket) do(call func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return s.closed
	}
	err := call()
	s.wake()
	return reason(err)
}

func (s *socket) Bind(endpoint string) error {
	return s.do(func() error {
		if err := s.guard.bind(s.h, endpoint); err != nil {
			return err
		}
		endpoint, err := s.guard.ipcWildcard(endpoint)
		if err != nil {
			return err
		}
		given, err := descriptor(s.h, endpoint)
		if err != nil {
			return err
		}
		if err := s.bind(endpoint); err != nil {
			return err
		}
		s.ctx.bound(endpoint)
		if given { // it is libzmq's now; another Bind with it would abort
			return s.h.SetInt(capi.USE_FD, -1)
		}
		return nil
	})
}

func (s *socket) Connect(endpoint string) error {
	return s.connect(endpoint, func() error { return s.h.Connect(endpoint) })
}

// connect runs call, which connects to endpoint, between what must be seen to
// before and after.
func (s *socket) connect(endpoint string, call func() error) error {
	return s.do(func() error {
		if err := s.guard.connect(s.h, endpoint); err != nil {
			return err
		}
		if err := s.ctx.connecting(endpoint); err != nil {
			return err
		}
		if err := call(); err != nil {
			return err
		}
		s.guard.connected()
		s.ctx.connected(endpoint)
		return nil
	})
}

func (s *socket) Unbind(endpoint string) error {
	return s.disconnect(func() error { return s.h.Unbind(endpoint) })
}

func (s *socket) Disconnect(endpoint string) error {
	return s.disconnect(func() error { return s.h.Disconnect(endpoint) })
}

// disconnect runs call, which ends connections from this side: libzmq's Unbind
// and Disconnect are one. When it has taken out the first frame of a message
// of such a connection, it cannot read the others afterwards, and aborts at
// the next receive (fq.cpp, !_more). So that message is brought along before.
func (s *socket) disconnect(call func() error) error {
	return s.do(func() error {
		switch s.typ {
		case capi.ROUTER, capi.REP, capi.SUB, capi.XSUB:
			s.in.another(s.h, &s.io)
		}
		if s.topics.coarse() {
			s.in.filter(&s.io, s.topics.want)
		}
		if s.io.Partial != 0 {
			return capi.ENOMEM // some of its frames could not be had
		}
		return call()
	})
}

func (s *socket) SetOption(num int, value []byte) error {
	return s.do(func() error {
		if err := s.guard.option(num, value); err != nil {
			return err
		}
		tell, fewer, err := s.topics.option(num, value)
		if err != nil {
			return err
		}
		if err := s.h.SetOption(num, tell); err != nil {
			return err
		}
		s.limits.option(num, value)
		if fewer {
			s.in.another(s.h, &s.io)
			s.in.filter(&s.io, s.topics.want)
		}
		return nil
	})
}

func (s *socket) GetOption(num int, buf []byte) (n int, err error) {
	err = s.do(func() error {
		n, err = s.h.GetOption(num, buf)
		return err
	})
	return n, err
}

var (
	_ engine.Socket    = (*socket)(nil)
	_ engine.Forwarder = (*socket)(nil)
	_ engine.Context   = (*context)(nil)
)
