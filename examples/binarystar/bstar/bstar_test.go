package bstar

import (
	"errors"
	"testing"
	"time"

	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const beat = time.Second

func inState(state State) *Star {
	s := New(Primary, beat)
	s.state = state
	return s
}

// What a server becomes when its peer says what it does.
func TestHear(t *testing.T) {
	const conflict = State("conflict")
	for own, peers := range map[State]map[State]State{
		StartPrimary: {StartPrimary: conflict, StartBackup: Active, Active: Passive, Passive: StartPrimary},
		StartBackup:  {StartPrimary: StartBackup, StartBackup: conflict, Active: Passive, Passive: StartBackup},
		Active:       {StartPrimary: Active, StartBackup: Active, Active: conflict, Passive: Active},
		Passive:      {StartPrimary: Active, StartBackup: Active, Active: Passive, Passive: conflict},
	} {
		for peer, want := range peers {
			s := inState(own)
			err := s.hear(peer, time.Now())
			if want == conflict {
				if !errors.Is(err, ErrConflict) {
					t.Errorf("%s hears %s: %v, want %v", own, peer, err, ErrConflict)
				}
			} else if err != nil || s.State() != want {
				t.Errorf("%s hears %s, and is %s, %v; want %s", own, peer, s.State(), err, want)
			}
		}
	}
}

// A request makes a server active only when its peer is silent.
func TestAsked(t *testing.T) {
	for _, test := range []struct {
		own         State
		heard, lost bool
	}{
		{StartPrimary, false, true},
		{StartBackup, false, false},
		{Active, true, true},
		{Passive, false, true},
	} {
		s := inState(test.own)
		now := time.Now()
		s.peerSeen = now.Add(-liveness * beat)
		if got := s.asked(now); got != test.heard {
			t.Errorf("%s, which hears its peer, serves: %v", test.own, got)
		}
		if got := s.asked(now.Add(1)); got != test.lost {
			t.Errorf("%s, which has lost its peer, serves: %v", test.own, got)
		}
	}
}
