package engine

import "sync/atomic"

// A Waiter is a call that waits for a socket. C has room for one token. The
// owner sets the exported fields while the Waiter is not armed.
type Waiter struct {
	Want Events
	C    chan struct{}
	// Shared marks a watcher that may not act on the wake-up, such as a
	// poller's: it stays armed and is woken beside the others, never in
	// their stead.
	Shared bool
	// Batch, where there is one, is that of a receive which waits. The engine
	// may fill it before it sends the token, and N then says how many of its
	// messages are filled: the call is over, also if it was about to give up.
	// Both are the engine's as long as the Waiter is armed.
	Batch []Message
	N     int
	// Kick, if it is set, is called with the token: the owner waits elsewhere.
	Kick func()

	list       *Waiters // the list it is armed in; nil when it is not
	prev, next *Waiter
	fired      atomic.Bool
}

// Fired reports whether w, which is Shared, has been woken since it was armed.
// Its owner may ask at any time, without a lock: who watches many sockets
// through one channel learns which of them to look at.
func (w *Waiter) Fired() bool { return w.fired.Load() }

// Waiters is a socket's list of armed waiters, first come first served. The
// zero value is empty. The caller holds the lock that guards it throughout.
//
// A waiter that is not Shared leaves the list with its token. From then on it
// owes a try: whoever uses the socket calls Wake afterwards with what it is
// ready for now, and whoever gives up calls Remove, and Wake if Remove says
// that a token was left unused. So, while the socket is ready for something
// that a waiter wants, somebody is on the way to it.
type Waiters struct {
	root Waiter // ring; root.next is the first
	want int    // how many wait for an event, and not for the end alone
	news int    // of those, who wait for News
}

// Len is the number of armed waiters that some event would wake: there is no
// need to look for events when it is 0.
func (l *Waiters) Len() int { return l.want }

// Add arms w at the end of the list.
func (l *Waiters) Add(w *Waiter) {
	if l.root.next == nil {
		l.root.next, l.root.prev = &l.root, &l.root
	}
	w.prev, w.next = l.root.prev, &l.root
	w.prev.next, w.next.prev = w, w
	w.list = l
	w.fired.Store(false)
	l.count(w, 1)
}

func (l *Waiters) count(w *Waiter, by int) {
	if w.Want != 0 {
		l.want += by
	}
	if w.Want&News != 0 {
		l.news += by
	}
}

// Remove disarms w and takes back a token that its owner has not received.
// It reports whether there was one to pass on.
func (l *Waiters) Remove(w *Waiter) (unused bool) {
	if w.list == l {
		l.unlink(w)
	}
	if w.Shared {
		return false // its channel may serve other sockets too
	}
	select {
	case <-w.C:
		return true
	default:
		return false
	}
}

// Wake gives a token to the first waiter for each of the ready directions,
// and to every shared one.
func (l *Waiters) Wake(ready Events) {
	if l.want == 0 {
		return
	}
	left := ready
	for w := l.root.next; w != &l.root; {
		next := w.next
		if w.Shared && w.Want&ready != 0 {
			w.token()
		} else if w.Want&left != 0 {
			left &^= w.Want
			l.unlink(w)
			w.token()
		}
		w = next
	}
}

// Tell gives a token to everybody who waits for News. It is called when the
// socket has heard of something, and not after each call: two whose tries both
// fail would wake each other for ever.
func (l *Waiters) Tell() {
	for w := l.root.next; l.news > 0; {
		next := w.next
		if w.Want&News != 0 {
			l.unlink(w)
			w.token()
		}
		w = next
	}
}

// Receiver is the first waiter with a Batch to fill. It is nil when there is
// none, and when a Shared one waits for messages too, which wants to be told
// of them and not to find them gone.
func (l *Waiters) Receiver() (first *Waiter) {
	if l.want == 0 {
		return nil
	}
	for w := l.root.next; w != &l.root; w = w.next {
		switch {
		case w.Want&In == 0:
		case w.Shared:
			return nil
		case first == nil && len(w.Batch) > 0:
			first = w
		}
	}
	return first
}

// Hand gives a waiter its token, with n messages of its Batch filled.
func (l *Waiters) Hand(w *Waiter, n int) {
	w.N = n
	l.unlink(w)
	w.token()
}

// WakeAll gives a token to every waiter: the socket has closed or failed.
func (l *Waiters) WakeAll() {
	for w := l.root.next; w != nil && w != &l.root; w = l.root.next {
		l.unlink(w)
		w.token()
	}
}

func (l *Waiters) unlink(w *Waiter) {
	w.prev.next, w.next.prev = w.next, w.prev
	w.prev, w.next, w.list = nil, nil, nil
	l.count(w, -1)
}

// Armed reports whether w is in a list. The caller holds the lock of that.
func (w *Waiter) Armed() bool { return w.list != nil }

func (w *Waiter) token() {
	if w.Kick != nil {
		w.Kick()
	}
	if w.Shared {
		w.fired.Store(true) // before the token, which makes the owner look
	}
	select {
	case w.C <- struct{}{}:
	default: // a shared channel that holds a token already
	}
}
