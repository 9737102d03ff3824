package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// process is the tool, run in a process of its own.
type process struct {
	*exec.Cmd
	out, err lines
}

// lines is what a process writes, which may be looked at meanwhile.
type lines struct{ *os.File }

func (l lines) text(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(l.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// await waits until the process has written some text.
func (l lines) await(t *testing.T, text string) {
	t.Helper()
	testkit.Eventually(t, fmt.Sprintf("%q in %s", text, l.Name()), func() bool { return strings.Contains(l.text(t), text) })
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	file := func() lines {
		f, err := os.CreateTemp(t.TempDir(), "out")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return lines{f}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{exec.Command(self, args...), file(), file()}
	p.Args[0] = "zmq" // see TestMain
	p.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	p.Stdout, p.Stderr = p.out, p.err
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() }) // it has ended, unless the test fails
	return p
}

// code waits until the process has ended.
func (p *process) code(t *testing.T) int {
	t.Helper()
	var code int
	testkit.Returns(t, strings.Join(p.Args, " "), func() {
		_ = p.Wait() // the code is what counts
		code = p.ProcessState.ExitCode()
	})
	return code
}

func (p *process) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// bound is where a process with --bind tcp://127.0.0.1:* is bound.
func (p *process) bound(t *testing.T) string {
	t.Helper()
	const says = "bound to "
	p.err.await(t, says)
	_, rest, _ := strings.Cut(p.err.text(t), says)
	endpoint, _, _ := strings.Cut(rest, "\n")
	return endpoint
}

const anyPort = "tcp://127.0.0.1:*"

// A signal is how endless commands end, and cuts others short.
func TestSignals(t *testing.T) {
	for _, c := range []struct {
		signal syscall.Signal
		args   []string
		want   int
	}{
		{syscall.SIGINT, []string{"pull"}, 0},
		{syscall.SIGTERM, []string{"rep", "--echo"}, 0},
		{syscall.SIGINT, []string{"pull", "--count", "3"}, 130},
		{syscall.SIGTERM, []string{"pull", "--count", "3"}, 143},
		{syscall.SIGHUP, []string{"push", "hello"}, 129},
		{syscall.SIGINT, []string{"push", "--stream"}, 130},
		{syscall.SIGINT, []string{"monitor"}, 0},
	} {
		p := start(t, append(c.args, "--bind", anyPort, "--verbose")...)
		if c.args[0] == "monitor" {
			p.out.await(t, "LISTENING")
		} else {
			p.bound(t)
		}
		p.signal(t, c.signal)
		if got := p.code(t); got != c.want {
			t.Errorf("%v and %v: code %d, want %d; %s", c.args, c.signal, got, c.want, p.err.text(t))
		}
	}
}

// The first signal leaves time for what was sent, the second does not.
func TestSecondSignal(t *testing.T) {
	p := start(t, "push", "--connect", testkit.DeadEndpoint(t), "--linger", "1h", "--verbose", "hello")
	p.err.await(t, "nobody answers")
	p.err.await(t, "everything is sent")
	p.signal(t, os.Interrupt)
	p.err.await(t, "another Ctrl-C quits at once")
	p.signal(t, os.Interrupt)
	if got := p.code(t); got != 130 {
		t.Errorf("code %d, want 130", got)
	}
}

// What goes wrong is told once, and as far as it can be known.
func TestReport(t *testing.T) {
	const there = "tcp://host:5555"
	for _, c := range []struct {
		events []zmq.EventType
		want   string
	}{
		{[]zmq.EventType{zmq.EventConnectDelayed, zmq.EventClosed, zmq.EventConnectRetried}, " (nobody answers there)"},
		{[]zmq.EventType{zmq.EventConnectRetried, zmq.EventConnectRetried}, " (the name of the host leads nowhere)"},
		{[]zmq.EventType{zmq.EventConnectRetried, zmq.EventConnectDelayed, zmq.EventConnected}, ""},
		{[]zmq.EventType{zmq.EventConnectDelayed, zmq.EventClosed, zmq.EventConnectRetried, zmq.EventConnected, zmq.EventDisconnected},
			" (the peer hangs up during the handshake: its socket type may be no match)"},
		{[]zmq.EventType{zmq.EventConnected, zmq.EventHandshakeSucceeded, zmq.EventDisconnected}, ""},
	} {
		a := &app{}
		a.Silent = true
		r := &reporter{app: a, reached: make(chan struct{}), told: map[string]bool{}, tried: map[string]bool{}}
		for _, e := range c.events {
			r.note(zmq.MonitorEvent{Type: e, Endpoint: there, Value: 1 << 30})
		}
		if got := r.because(); got != c.want {
			t.Errorf("%v: %q, want %q", c.events, got, c.want)
		}
	}
}

// With nobody ever there, a signal has nothing to wait for.
func TestSignalWithoutPeer(t *testing.T) {
	p := start(t, "push", "--connect", testkit.DeadEndpoint(t), "--verbose", "hello")
	p.err.await(t, "nobody answers")
	p.err.await(t, "everything is sent")
	p.signal(t, syscall.SIGTERM)
	if got := p.code(t); got != 143 {
		t.Errorf("code %d, want 143", got)
	}
	p.err.await(t, "ended by a signal; not everything that was sent has reached")
}

// What was sent before the signal arrives.
func TestSignalAfterSending(t *testing.T) {
	pull := start(t, "pull", "--bind", anyPort)
	push := start(t, "push", "--connect", pull.bound(t), "--rate", "1/h", "--count", "9", "hello")
	pull.out.await(t, "hello\n")
	push.signal(t, syscall.SIGTERM)
	if got := push.code(t); got != 143 {
		t.Errorf("push: code %d, want 143", got)
	}
	pull.signal(t, syscall.SIGTERM)
	if got := pull.code(t); got != 0 || pull.out.text(t) != "hello\n" {
		t.Errorf("pull: code %d and %q, want 0 and one message", got, pull.out.text(t))
	}
}

// STREAM talks to plain TCP, here to itself: a message of one frame goes to the
// only peer.
func TestStreamSockets(t *testing.T) {
	server := start(t, "stream", "--bind", anyPort, "--echo", "--count", "3")
	client := start(t, "stream", "--connect", server.bound(t), "--count", "2", `GET /\r\n`)
	if got := client.code(t); got != 0 || client.out.text(t) != "peer\t\npeer\tGET /\\r\\n\n" {
		t.Errorf("client: code %d, printed %q; %s", got, client.out.text(t), client.err.text(t))
	}
	if got := server.code(t); got != 0 {
		t.Errorf("server: code %d", got)
	}
}

// tcp, and messages at a rate.
func TestRate(t *testing.T) {
	pull := start(t, "pull", "--bind", anyPort, "--count", "4")
	began := time.Now()
	push := start(t, "push", "--connect", pull.bound(t), "--rate", "20", "--count", "4", "x")
	if got := push.code(t); got != 0 {
		t.Errorf("push: code %d", got)
	}
	if got := pull.code(t); got != 0 || pull.out.text(t) != "x\nx\nx\nx\n" {
		t.Errorf("pull: code %d, printed %q", got, pull.out.text(t))
	}
	if took := time.Since(began); took < 150*time.Millisecond {
		t.Errorf("4 messages at 20 a second took %v", took)
	}
}

// What the help shows can be typed.
func TestExamples(t *testing.T) {
	n, root := 0, (&app{}).command()
	for _, cmd := range root.Commands() {
		for _, c := range append(cmd.Commands(), cmd) {
			for line := range strings.Lines(c.Example + "\n") {
				for _, words := range commands(t, line) {
					n++
					found, args, err := root.Find(words[1:])
					if err == nil {
						err = found.ParseFlags(args)
					}
					if err != nil || !found.HasParent() {
						t.Errorf("%q: %v", words, err)
					}
				}
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d examples", n)
	}
}

// commands splits a line of a shell, as far as the examples go, and gives the
// commands of this tool.
func commands(t *testing.T, line string) (list [][]string) {
	t.Helper()
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	end := func() {
		if inWord {
			words = append(words, word.String())
		}
		word.Reset()
		inWord = false
	}
	flush := func() {
		end()
		for len(words) > 0 && strings.Contains(words[0], "=") {
			words = words[1:] // a variable of the environment
		}
		if len(words) > 0 && words[0] == "zmq" {
			list = append(list, words)
		}
		words = nil
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == '#' && !inWord:
			flush()
			return list
		case r == '|' || r == '>' || r == '<' || r == '\n':
			flush()
		case r == ' ':
			end()
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		t.Errorf("no end of quotation: %s", line)
	}
	return list
}

// Every command says what it does and shows how.
func TestHelpIsComplete(t *testing.T) {
	root := (&app{}).command()
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" {
			t.Errorf("%s: no description", c.Name())
		}
		if c.Runnable() && c.Example == "" && c.Name() != "help" && c.Name() != "completion" {
			t.Errorf("%s: no example", c.Name())
		}
		var out bytes.Buffer
		c.SetOut(&out)
		if err := c.Help(); err != nil || out.Len() == 0 {
			t.Errorf("%s: help: %v", c.Name(), err)
		}
		for line := range strings.Lines(c.Long) {
			if len([]rune(line)) > 85 {
				t.Errorf("%s: a line of its help is longer than a terminal: %s", c.Name(), line)
			}
		}
	}
}
