package main

import (
	"context"
	"errors"
	"strings"
	"sync"

	zmq "gozmq"
)

// reporter tells what happens to the connections of a socket, as far as people
// want to know, and remembers why nobody is there.
type reporter struct {
	app     *app
	monitor *zmq.Monitor
	done    chan struct{}
	reached chan struct{} // closed when the first peer is there

	mu      sync.Mutex
	told    map[string]bool // what was said already, to say it once
	trouble string          // what last went wrong and has not been mended
	pending int             // connections whose handshake goes on
	tried   map[string]bool // endpoints whose host was found
	came    int             // peers that have been there
	watch   func(came int)
	unread  unread
}

func (a *app) startReport(sock *zmq.Socket) (*reporter, error) {
	m, err := sock.Monitor()
	if err != nil {
		return nil, err
	}
	r := &reporter{app: a, monitor: m, done: make(chan struct{}), reached: make(chan struct{}), told: map[string]bool{}, tried: map[string]bool{}}
	go r.run()
	return r, nil
}

func (r *reporter) run() {
	defer close(r.done)
	for ev, err := range r.monitor.Events(context.Background()) {
		if err != nil {
			r.app.Warn("the events of connections have ended: %v", err)
			return
		}
		r.note(ev)
	}
}

const (
	nobody = "nobody answers there"
	noName = "the name of the host leads nowhere"
)

const refused = zmq.EventHandshakeFailed | zmq.EventHandshakeProtocol | zmq.EventHandshakeAuth

func (r *reporter) note(ev zmq.MonitorEvent) {
	r.app.Detail("%s", ev)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case ev.Type&(zmq.EventConnected|zmq.EventAccepted) != 0:
		r.pending++
		if r.trouble == nobody || r.trouble == noName {
			r.trouble = ""
		}
	case ev.Type == zmq.EventHandshakeSucceeded:
		r.came++
		r.pending = max(r.pending-1, 0)
		r.trouble = ""
		clear(r.told)
		if !r.seen() {
			close(r.reached)
		}
	case ev.Type&refused != 0:
		r.pending = max(r.pending-1, 0)
		r.trouble = "the handshake fails: " + reason(ev)
		r.once(r.app.Warn, ev.Endpoint+": "+r.trouble)
	case ev.Type == zmq.EventDisconnected && r.pending > 0:
		r.pending--
		if r.trouble == "" {
			r.trouble = "the peer hangs up during the handshake: its socket type may be no match"
			r.once(r.app.Note, ev.Endpoint+": "+r.trouble)
		}
	case ev.Type == zmq.EventConnectRetried && r.trouble == "":
		r.trouble = nobody
		if !r.tried[ev.Endpoint] && strings.HasPrefix(ev.Endpoint, "tcp:") {
			// libzmq has no event for a name that it cannot resolve.
			r.trouble = noName
			r.once(r.app.Note, ev.Endpoint+": "+r.trouble+", trying again until it does")
			break
		}
		r.once(r.app.Note, ev.Endpoint+": nobody answers, trying again until somebody does")
	}
	if ev.Type&(zmq.EventConnectDelayed|zmq.EventClosed) != 0 {
		r.tried[ev.Endpoint] = true
	}
	r.unread.note(ev)
	if r.watch != nil {
		r.watch(r.came)
	}
}

func (r *reporter) once(say func(string, ...any), text string) {
	if !r.told[text] {
		r.told[text] = true
		say("%s", text)
	}
}

// reason is why a handshake failed, for people.
func reason(ev zmq.MonitorEvent) string {
	var auth zmq.AuthError
	switch {
	case errors.As(ev.Err, &auth) && auth == zmq.AuthDenied:
		return "not let in (400)"
	case ev.Err != nil:
		return ev.Err.Error()
	}
	return ev.Type.String()
}

// because is why nobody is there, as part of an error.
func (r *reporter) because() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trouble == "" {
		return ""
	}
	return " (" + r.trouble + ")"
}

// seen reports whether a peer has been there.
func (r *reporter) seen() bool {
	select {
	case <-r.reached:
		return true
	default:
		return false
	}
}

// onPeers has f told how many peers have come until now, at once and with each
// event from now on.
func (r *reporter) onPeers(f func(came int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watch = f
	f(r.came)
}

// wait waits until the last event was reported. The socket must be closed.
func (r *reporter) wait() { <-r.done }

// waitUntilRead waits for what the system has and the peer has not. Everything
// must be handed over to the system.
func (r *reporter) waitUntilRead(ctx context.Context) error {
	r.wait()
	return r.unread.wait(ctx)
}
