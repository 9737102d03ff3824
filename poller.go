package zmq

import (
	"context"
	"slices"
	"sync"

	"gozmq/internal/engine"
)

// Poller waits for several sockets, and raw file descriptors, at once. Every
// method may be called from any goroutine at any time: what Add, Modify and
// Remove change counts at once for a Wait that is under way, and several
// goroutines may Wait.
//
// It is level-triggered: what is ready is reported by each Wait until it is
// no longer so. Several goroutines that Wait may all be told of one message,
// so receive with TryRecv then. A Wait costs the goroutine that calls it,
// nothing else, and allocates nothing. The zero value is ready to use; Close
// it when done. It uses the sockets and does not own them. Source: zmq_poller
// and zmq_poll.
type Poller struct {
	// mu guards what follows, and the waiters of all items. It is taken
	// before the lock of a socket.
	mu      sync.Mutex
	items   []*polled
	sockets map[*Socket]*polled
	fds     map[uintptr]*polled
	watch   *fdWatch // of the raw descriptors; nil while there are none
	next    int      // where the next look begins, so that all get their turn
	woken   bool     // by Wake, and no Wait has returned since
	closed  bool

	// news holds a token when there may be something to look for. Whoever
	// takes it looks at all items, and passes it on if something is ready,
	// because other goroutines may wait for that too. So, while an item is
	// ready, a token is there or somebody is on the way to look.
	news chan struct{}
}

// polled is one item of a Poller.
type polled struct {
	w      engine.Waiter // in the socket's list while armed
	armed  bool
	socket *Socket // nil for a raw descriptor
	fd     uintptr
	now    Events // of a raw descriptor, as the last look found it
}

// Ready is something that a Poller found ready.
type Ready struct {
	Socket *Socket // nil for a raw descriptor
	FD     uintptr // when Socket is nil
	Events Events  // those that were asked for and have come
	// Err says why the socket can never become ready: ErrClosed or
	// ErrTerminated. Each Wait reports it until the socket is removed.
	Err error
}

// Add begins to watch s for events: In, Out or both. Messages that have
// arrived already count. A socket can be added once to a Poller, and to
// several Pollers. Errors: ErrInvalid when it is there already or events is
// empty, ErrClosed when the socket or the Poller is closed. Source:
// zmq_poller_add.
func (p *Poller) Add(s *Socket, events Events) error {
	err := s.usable()
	if err == nil {
		err = p.change(events, func() error { return p.add(s, events) })
	}
	if err != nil {
		return s.fail(Error{Op: "poller add", Err: err})
	}
	return nil
}

func (p *Poller) add(s *Socket, events Events) error {
	if p.sockets[s] != nil {
		return because{ErrInvalid, "the socket is in the poller already"}
	}
	it := &polled{socket: s, w: engine.Waiter{C: p.news, Shared: true, Want: engine.Events(events)}}
	if _, err := it.look(true); err != nil {
		return err
	}
	if p.sockets == nil {
		p.sockets = make(map[*Socket]*polled)
	}
	p.sockets[s] = it
	p.items = append(p.items, it)
	return nil
}

// Modify changes what s is watched for. Errors: ErrInvalid when s is not in
// the Poller or events is empty. Source: zmq_poller_modify.
func (p *Poller) Modify(s *Socket, events Events) error {
	err := p.change(events, func() error {
		it := p.sockets[s]
		if it == nil {
			return errNotPolled
		}
		it.disarm()
		it.w.Want = engine.Events(events)
		return nil
	})
	if err != nil {
		return s.fail(Error{Op: "poller modify", Err: err})
	}
	return nil
}

// Remove ends watching s, closed or not. Afterwards no Wait that begins
// reports it. Errors: ErrInvalid when s is not in the Poller. Source:
// zmq_poller_remove.
func (p *Poller) Remove(s *Socket) error {
	err := p.change(In, func() error {
		it := p.sockets[s]
		if it == nil {
			return errNotPolled
		}
		it.disarm()
		delete(p.sockets, s)
		p.drop(it)
		return nil
	})
	if err != nil {
		return s.fail(Error{Op: "poller remove", Err: err})
	}
	return nil
}

// Wake makes one Wait return 0 and no error, soon: one that is under way, or
// else the next. Waking again before that changes nothing.
func (p *Poller) Wake() error {
	err := p.change(In, func() error { p.woken = true; return nil })
	if err != nil {
		return &Error{Op: "poller wake", Err: err}
	}
	return nil
}

// Close ends the Poller: every Wait returns ErrClosed, and so does every call
// from now on. The sockets and descriptors in it stay open. Source:
// zmq_poller_destroy.
func (p *Poller) Close() error {
	err := p.change(In, func() error {
		p.closed = true
		for _, it := range p.items {
			it.disarm()
		}
		p.items, p.sockets, p.fds = nil, nil, nil
		if p.watch != nil {
			p.watch.close()
		}
		return nil
	})
	if err != nil {
		return &Error{Op: "poller close", Err: err}
	}
	return nil
}

// Wait waits until something is ready, writes what is into the front of
// ready and returns how many that are. When there is not room for all, the
// rest comes first the next time. It returns 0 and no error when Wake was
// called. A Poller that watches nothing waits for changes.
//
// Ending ctx makes it return at once with an error that is ctx.Err(). Other
// errors: ErrClosed when the Poller is closed, ErrInvalid when ready is empty.
// A closed socket does not end Wait: it is reported in Ready.Err. Source:
// zmq_poller_wait_all.
func (p *Poller) Wait(ctx context.Context, ready []Ready) (n int, err error) {
	if ctx == nil {
		return 0, &Error{Op: "poll", Err: errNilContext}
	}
	for {
		if ctx.Err() != nil {
			p.pass() // this goroutine may have taken the token
			return 0, &Error{Op: "poll", Err: ended(ctx)}
		}
		n, woken, news, err := p.turn(ready, false)
		if err != nil {
			return 0, &Error{Op: "poll", Err: err}
		}
		if n > 0 || woken {
			return n, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
		}
	}
}

// TryWait is Wait for callers that do not want to wait: it asks every socket
// and descriptor, and returns ErrAgain when none is ready.
func (p *Poller) TryWait(ready []Ready) (n int, err error) {
	n, woken, _, err := p.turn(ready, true)
	if err == nil && n == 0 && !woken {
		err = ErrAgain
	}
	if err != nil {
		return 0, &Error{Op: "poll", Err: err}
	}
	return n, nil
}

// turn looks once. With all it asks also those that have given no sign.
func (p *Poller) turn(ready []Ready, all bool) (n int, woken bool, news <-chan struct{}, err error) {
	if p == nil {
		return 0, false, nil, ErrClosed
	}
	if len(ready) == 0 {
		return 0, false, nil, because{ErrInvalid, "there is no room for what is ready"}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		p.signal() // to the next that waits
		return 0, false, nil, ErrClosed
	}
	p.begin()
	if p.watch != nil {
		if err := p.watch.look(p.items, p.fds); err != nil {
			return 0, false, nil, err
		}
	}
	for k := range p.items {
		i := (p.next + k) % len(p.items)
		it := p.items[i]
		ev, err := it.look(all)
		if ev == 0 && err == nil {
			continue
		}
		ready[n] = Ready{Socket: it.socket, FD: it.fd, Events: ev}
		if err != nil {
			ready[n].Err = it.socket.fail(Error{Op: "poll", Err: err})
		}
		if n++; n == len(ready) {
			p.next = (i + 1) % len(p.items)
			break
		}
	}
	if n > 0 {
		p.signal()
	}
	woken, p.woken = p.woken, false
	return n, woken, p.news, nil
}

// change runs f, which changes something, and lets those who wait look again.
func (p *Poller) change(events Events, f func() error) error {
	switch {
	case p == nil:
		return ErrClosed
	case events == 0 || events&^(In|Out) != 0:
		return because{ErrInvalid, "the events to wait for are In, Out or both"}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.begin()
	err := f()
	p.signal()
	return err
}

// begin makes a zero Poller usable. The caller holds mu.
func (p *Poller) begin() {
	if p.news == nil {
		p.news = make(chan struct{}, 1)
	}
}

// drop takes an item out of the list. The caller holds mu.
func (p *Poller) drop(it *polled) {
	i := slices.Index(p.items, it)
	p.items = slices.Delete(p.items, i, i+1)
	if i < p.next {
		p.next--
	}
	if p.next >= len(p.items) {
		p.next = 0
	}
}

// signal puts a token into news. The caller holds mu.
func (p *Poller) signal() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

func (p *Poller) pass() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.news != nil {
		p.signal()
	}
}

// look says what the item is ready for. A socket that is ready for nothing is
// armed; one that is armed and has not fired is not ready, and only asked
// again with all, because news from other threads may be on the way. The
// caller holds the Poller's mu.
func (it *polled) look(all bool) (Events, error) {
	if it.socket == nil {
		return it.now, nil
	}
	if it.armed && !all && !it.w.Fired() {
		return 0, nil
	}
	it.disarm()
	ev, err := it.socket.eng.Arm(&it.w)
	it.armed = ev == 0 && err == nil
	return Events(ev), err
}

func (it *polled) disarm() {
	if it.armed {
		it.armed = false
		it.socket.eng.Disarm(&it.w)
	}
}

var errNotPolled = because{ErrInvalid, "it is not in the poller"}
