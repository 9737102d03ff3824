// Package bstar makes two servers a Binary Star: one is active, the other
// takes over when the active one is gone and clients ask for it. Examples
// binarystar and clone use it.
package bstar

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// Role is what a server was made for. There is one of each.
type Role string

// The roles.
const (
	Primary Role = "primary" // serves, when both are there
	Backup  Role = "backup"  // stands by
)

// State is what a server does.
type State string

// The states of a server, which it tells its peer.
const (
	StartPrimary State = "primary" // waits for the peer, or the first client
	StartBackup  State = "backup"  // waits for the peer
	Active       State = "active"  // serves
	Passive      State = "passive" // stands by
)

// ErrConflict says that both servers are active, because each took the other
// for dead, or passive, or made for the same role. A person has to decide.
var ErrConflict = errors.New("bstar: the two servers are in conflict")

// liveness is how many of the peer's reports may be missed.
const liveness = 3

// Star is one of the two servers. Every method may be called from any
// goroutine.
type Star struct {
	patience time.Duration // how long the peer may be silent

	mu       sync.Mutex
	state    State
	changed  chan struct{} // closed when state changes
	peerSeen time.Time
}

// New makes a server that reports to its peer every beat, the same as the
// peer's, once it runs.
func New(role Role, beat time.Duration) *Star {
	s := &Star{patience: liveness * beat, state: StartPrimary, changed: make(chan struct{}), peerSeen: time.Now()}
	if role == Backup {
		s.state = StartBackup
	}
	return s
}

// Run tells the peer the state, and hears of the peer's, until ctx ends or there
// is an ErrConflict. Own is where this server
// publishes its state, peer where the other does.
func (s *Star) Run(ctx context.Context, zctx *zmq.Context, own, peer string) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	pub := socks.Bind(zmq.PUB, own, opt.Linger.To(0))
	sub := socks.Connect(zmq.SUB, peer)
	if err := socks.Err(); err != nil {
		return err
	}
	if err := sub.Subscribe(""); err != nil {
		return err
	}
	listen := func(ctx context.Context) error {
		for {
			report, err := sub.Recv(ctx)
			if err != nil {
				return err
			}
			if err := s.hear(State(report[0]), time.Now()); err != nil {
				return err
			}
		}
	}
	tell := func(ctx context.Context) error {
		clock := time.NewTicker(s.patience / liveness)
		defer clock.Stop()
		for {
			if err := pub.Send(ctx, []byte(s.State())); err != nil {
				return err
			}
			select {
			case <-clock.C:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return run.All(ctx, tell, listen)
}

// State is what the server does now.
func (s *Star) State() State {
	state, _ := s.Watch()
	return state
}

// Watch is what the server does now, and a channel that closes when that
// changes.
func (s *Star) Watch() (State, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state, s.changed
}

// become changes the state. It is called with the lock.
func (s *Star) become(state State) {
	s.state = state
	close(s.changed)
	s.changed = make(chan struct{})
}

// Serves reports whether a request that has come is to be answered. It is what
// makes a passive server active: a client has lost the other, and so has this
// server. Silence alone does not: the connection between the two may be all
// that is lost.
func (s *Star) Serves() bool { return s.asked(time.Now()) }

func (s *Star) asked(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	silent := now.Sub(s.peerSeen) > s.patience
	if silent && (s.state == StartPrimary || s.state == Passive) {
		s.become(Active)
	}
	return s.state == Active
}

// hear draws the conclusion from what the peer says it does.
func (s *Star) hear(peer State, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peerSeen = now
	type pair struct{ own, peer State }
	switch (pair{s.state, peer}) {
	case pair{StartPrimary, StartBackup}:
		s.become(Active)
	case pair{StartPrimary, Active}, pair{StartBackup, Active}:
		s.become(Passive)
	case pair{Passive, StartPrimary}, pair{Passive, StartBackup}:
		s.become(Active) // the peer has been restarted, and will be passive
	case pair{Active, Active}, pair{Passive, Passive}, pair{StartPrimary, StartPrimary}, pair{StartBackup, StartBackup}:
		return fmt.Errorf("%w: both are %s", ErrConflict, s.state)
	}
	return nil
}
