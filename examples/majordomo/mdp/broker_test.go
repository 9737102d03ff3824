package mdp

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const beat = 20 * time.Millisecond

// bench is a broker without sockets, and a clock that is set by hand.
type bench struct {
	*testing.T
	broker
	now  time.Time
	sent []string
}

func newBench(t *testing.T) *bench {
	b := &bench{T: t, now: time.Now()}
	b.broker = broker{
		send: func(frames [][]byte) error {
			b.sent = append(b.sent, fmt.Sprintf("%q", frames))
			return nil
		},
		beat:     time.Second,
		services: map[string]*service{},
		workers:  map[string]*worker{},
	}
	return b
}

// says gives the broker a message.
func (b *bench) says(frames ...string) {
	b.Helper()
	if err := b.handle(testkit.Bytes(frames...), b.now); err != nil {
		b.Fatal(err)
	}
}

// passes lets time pass.
func (b *bench) passes(d time.Duration) {
	b.Helper()
	b.now = b.now.Add(d)
	if err := b.tick(b.now); err != nil {
		b.Fatal(err)
	}
}

// expect wants the broker to have sent one message, and nothing else.
func (b *bench) expect(frames ...string) {
	b.Helper()
	want := fmt.Sprintf("%q", testkit.Bytes(frames...))
	if !slices.Equal(b.sent, []string{want}) {
		b.Errorf("the broker sent %s, want %s alone", b.sent, want)
	}
	b.sent = nil
}

func (b *bench) expectNothing() {
	b.Helper()
	if len(b.sent) > 0 {
		b.Errorf("the broker sent %s, want nothing", b.sent)
	}
	b.sent = nil
}

func TestRequestAndReply(t *testing.T) {
	b := newBench(t)
	b.says("w", workerHeader, workerReady, "echo")
	b.expectNothing()
	b.says("c", clientHeader, clientRequest, "echo", "hello", "world")
	b.expect("w", workerHeader, workerRequest, "c", "", "hello", "world")
	b.says("w", workerHeader, workerPartial, "c", "", "hello")
	b.expect("c", clientHeader, clientPartial, "echo", "hello")
	b.says("w", workerHeader, workerFinal, "c", "", "world")
	b.expect("c", clientHeader, clientFinal, "echo", "world")
}

// Requests wait for their service, and go to its workers in turn.
func TestRequestsWait(t *testing.T) {
	b := newBench(t)
	b.says("c1", clientHeader, clientRequest, "echo", "first")
	b.says("c2", clientHeader, clientRequest, "echo", "second")
	b.says("w0", workerHeader, workerReady, "other")
	b.expectNothing()
	b.says("w1", workerHeader, workerReady, "echo")
	b.expect("w1", workerHeader, workerRequest, "c1", "", "first")
	b.says("w2", workerHeader, workerReady, "echo")
	b.expect("w2", workerHeader, workerRequest, "c2", "", "second")
}

func TestRequestsExpire(t *testing.T) {
	b := newBench(t)
	b.says("c", clientHeader, clientRequest, "echo", "hello")
	b.passes(patience + 1)
	b.says("w", workerHeader, workerReady, "echo")
	b.expectNothing()
}

// What a silent worker had goes to another one.
func TestSilentWorker(t *testing.T) {
	b := newBench(t)
	b.says("w1", workerHeader, workerReady, "echo")
	b.says("c", clientHeader, clientRequest, "echo", "hello")
	b.expect("w1", workerHeader, workerRequest, "c", "", "hello")
	b.passes(liveness * b.beat)
	b.expect("w1", workerHeader, workerHeartbeat)
	b.says("w2", workerHeader, workerReady, "echo")
	b.passes(1)
	b.says("w2", workerHeader, workerHeartbeat)
	if want := fmt.Sprintf("%q", testkit.Bytes("w2", workerHeader, workerRequest, "c", "", "hello")); !slices.Contains(b.sent, want) {
		t.Errorf("the broker sent %s, want %s", b.sent, want)
	}
	b.sent = nil
	// It wakes up, and is told to begin anew.
	b.says("w1", workerHeader, workerFinal, "c", "", "hello")
	b.expect("w1", workerHeader, workerDisconnect)
}

// Nobody gets an answer that is begun by one worker and ended by another.
func TestSilentWorkerHadBegun(t *testing.T) {
	b := newBench(t)
	b.says("w1", workerHeader, workerReady, "echo")
	b.says("c", clientHeader, clientRequest, "echo", "hello")
	b.says("w1", workerHeader, workerPartial, "c", "", "hel")
	b.sent = nil
	b.passes(liveness*b.beat + 1)
	b.says("w2", workerHeader, workerReady, "echo")
	b.expectNothing()
}

func TestWorkerLeaves(t *testing.T) {
	b := newBench(t)
	b.says("w", workerHeader, workerReady, "echo")
	b.says("w", workerHeader, workerDisconnect)
	b.says("c", clientHeader, clientRequest, "echo", "hello")
	b.passes(b.beat)
	b.expectNothing()
}

// A valid command out of turn is answered with DISCONNECT.
func TestOutOfTurn(t *testing.T) {
	for name, command := range map[string][]string{
		"heartbeat before ready":         {workerHeartbeat},
		"answer to no request":           {workerFinal, "c", "", "hello"},
		"one of the broker's services":   {workerReady, "mmi.echo"},
		"ready for nothing":              {workerReady},
		"a command that does not exist":  {"\x17"},
		"an answer without its envelope": {workerFinal, "c"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.says(append([]string{"w", workerHeader}, command...)...)
			b.expect("w", workerHeader, workerDisconnect)
		})
	}
	b := newBench(t)
	b.says("w", workerHeader, workerReady, "echo")
	b.says("w", workerHeader, workerReady, "echo")
	b.expect("w", workerHeader, workerDisconnect)
	b.says("c", clientHeader, clientRequest, "echo", "hello")
	b.expectNothing()
}

func TestNonsense(t *testing.T) {
	b := newBench(t)
	b.says("x")
	b.says("x", "")
	b.says("x", "HTTP", "GET", "/")
	b.says("x", clientHeader, clientRequest)
	b.says("x", clientHeader, clientRequest, "echo")
	b.says("x", clientHeader, clientFinal, "echo", "hello")
	b.expectNothing()
}

func TestManagement(t *testing.T) {
	b := newBench(t)
	b.says("w", workerHeader, workerReady, "echo")
	for service, want := range map[string]string{"echo": "200", "ohce": "404"} {
		b.says("c", clientHeader, clientRequest, "mmi.service", service)
		b.expect("c", clientHeader, clientFinal, "mmi.service", want)
	}
	b.says("c", clientHeader, clientRequest, "mmi.weather", "echo")
	b.expect("c", clientHeader, clientFinal, "mmi.weather", "501")
}
