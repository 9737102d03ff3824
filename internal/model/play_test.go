package model

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// A game is a model with its sockets. Each byte of the script is a move.
type game interface {
	// move makes the call that b names, and compares.
	move(b byte)
}

// longest bounds a script, so that one play is quick.
const longest = 400

// games are the models by name.
var games = map[string]func(p *play) game{
	"REQ and REP": newRequests,
	"ROUTER":      newRouting,
	"SUB":         newSubscriptions,
}

// play is one script being played.
type play struct {
	testing.TB
	zctx  *zmq.Context
	moves []string // what was done, for the failure
}

func run(t testing.TB, name string, script []byte) {
	p := &play{TB: t, zctx: testlib.Context(t)}
	g := games[name](p)
	for _, b := range script[:min(len(script), longest)] {
		g.move(b)
	}
}

// did notes a move.
func (p *play) did(format string, args ...any) {
	p.moves = append(p.moves, fmt.Sprintf(format, args...))
}

// disagree fails with all moves so far.
func (p *play) disagree(format string, args ...any) {
	p.Helper()
	p.Fatalf("%s\nafter these calls:\n%s", fmt.Sprintf(format, args...), strings.Join(p.moves, "\n"))
}

// agree compares the outcome of a call with the model's: nil, or an error.
func (p *play) agree(err, want error) {
	p.Helper()
	if want == nil && err != nil || !errors.Is(err, want) {
		p.disagree("the call ended with %v, the model says %v", err, want)
	}
}

// receive receives what the model says is there, or finds that nothing is.
// A message may still be on its way; nothing stays nothing.
func (p *play) receive(s *zmq.Socket, want error) []string {
	p.Helper()
	if want == nil {
		return testkit.Recv(p.TB, s)
	}
	var m zmq.Msg
	p.agree(s.TryRecv(&m), want)
	return nil
}

func (p *play) trySend(s *zmq.Socket, frames ...string) error {
	return s.TrySend(zmq.NewMsg(testkit.Bytes(frames...)...))
}

// Scripts of all bytes, from seeds that never change.
func TestModels(t *testing.T) {
	for name := range games {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(60) {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { run(t, name, script(seed)) })
			}
		})
	}
}

func script(seed uint64) []byte {
	b := make([]byte, longest)
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func FuzzRequests(f *testing.F)      { fuzz(f, "REQ and REP") }
func FuzzRouting(f *testing.F)       { fuzz(f, "ROUTER") }
func FuzzSubscriptions(f *testing.F) { fuzz(f, "SUB") }

func fuzz(f *testing.F, name string) {
	for seed := range uint64(3) {
		f.Add(script(seed))
	}
	f.Fuzz(func(t *testing.T, script []byte) { run(t, name, script) })
}
