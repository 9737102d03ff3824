// Package attach lets the packages of this module hang what they need on a
// context or a socket of package zmq: zap keeps a context's one ZAP server
// there, and package zmq asks there whether somebody decides who may connect.
// It keeps that out of zmq's public API, and package zmq free of ZAP.
package attach

import (
	"context"
	"sync"
	"sync/atomic"
)

// Package zmq sets these. They take a *zmq.Context and a *zmq.Socket, not nil,
// whose types this package cannot name: zmq imports it.
var (
	Context func(zctx any) *Set
	Socket  func(sock any) *Set
)

// Set is what hangs on one context or socket. The zero value is empty. Every
// method may be called from any goroutine.
type Set struct {
	// Decided says that somebody judges the peers: of this socket, or of
	// every socket of this context that does not say otherwise.
	Decided atomic.Bool

	mu     sync.Mutex // guards what follows
	values map[any]any
	waits  []func(context.Context) error
	ends   []func()
	ended  bool
}

// Get gives the value of a key, which fresh makes when there is none.
func (s *Set) Get(key any, fresh func() any) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.values[key]
	if !ok {
		if s.values == nil {
			s.values = make(map[any]any)
		}
		v = fresh()
		s.values[key] = v
	}
	return v
}

// OnEnd has f called when the owner ends; at once when it has ended.
func (s *Set) OnEnd(f func()) {
	s.mu.Lock()
	if !s.ended {
		s.ends = append(s.ends, f)
		f = nil
	}
	s.mu.Unlock()
	if f != nil {
		f()
	}
}

// End calls what OnEnd collected, once.
func (s *Set) End() {
	s.mu.Lock()
	ends := s.ends
	s.ends, s.ended = nil, true
	s.mu.Unlock()
	for _, f := range ends {
		f()
	}
}

// OnWait has the owner's end wait for f, or until f's context ends.
func (s *Set) OnWait(f func(context.Context) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits = append(s.waits, f)
}

// Wait waits for everything that OnWait collected.
func (s *Set) Wait(ctx context.Context) error {
	s.mu.Lock()
	waits := s.waits
	s.mu.Unlock()
	for _, f := range waits {
		if err := f(ctx); err != nil {
			return err
		}
	}
	return nil
}
