package console

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gozmq/internal/testkit"
)

// screen is a file that pretends to be a terminal, or not.
func screen(t *testing.T, terminal bool) (s Screen, text func() string) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "screen"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return Screen{File: f, Terminal: terminal}, func() string {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
}

func TestNewScreen(t *testing.T) {
	file, _ := screen(t, false)
	for colour, want := range map[string]bool{"auto": false, "always": true, "never": false} {
		s, err := NewScreen(file.File, colour)
		if err != nil || s.Colour != want || s.Terminal || s.Width() != 80 {
			t.Errorf("%s: %+v, %v", colour, s, err)
		}
	}
	if _, err := NewScreen(file.File, "pink"); err == nil {
		t.Error("pink passes")
	}
}

func TestPaint(t *testing.T) {
	if got := (Screen{Colour: true}).Paint(Red, "x"); got != "\x1b[31mx\x1b[0m" {
		t.Errorf("got %q", got)
	}
	if got := (Screen{}).Paint(Red, "x"); got != "x" {
		t.Errorf("without colours: got %q", got)
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct {
		terminal, quiet, verbose, silent bool
		want                             string
	}{
		{want: "say warn"},
		{terminal: true, want: "note say warn"},
		{terminal: true, quiet: true, want: "warn"},
		{verbose: true, want: "note say warn detail"},
		{terminal: true, silent: true, want: ""},
	} {
		s, text := screen(t, c.terminal)
		n := &Notes{Screen: s, Name: "zmq", Quiet: c.quiet, Verbose: c.verbose, Silent: c.silent}
		n.Note("note")
		n.Say("%s", "say")
		n.Warn("warn")
		n.Detail("detail")
		n.Fail(errors.Join(errors.New("zmq: one"), errors.New("two\nthree")))
		got := strings.Fields(strings.ReplaceAll(text(), "zmq: ", ""))
		want := append(strings.Fields(c.want), "one;", "two;", "three")
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
}

// A note does not end up in the line that moves.
func TestLive(t *testing.T) {
	s, text := screen(t, true)
	n := &Notes{Screen: s, Name: "zmq"}
	l := n.StartLive(time.Millisecond, func() string { return "moving " + strings.Repeat("x", 100) })
	testkit.Eventually(t, "two pictures", func() bool { return strings.Count(text(), "moving") > 1 })
	n.Say("hello")
	l.Stop()
	l.Stop()
	if got := text(); !strings.Contains(got, clearLine+"zmq: hello\n") || !strings.HasSuffix(got, clearLine) {
		t.Errorf("got %q", got)
	}
	for _, line := range strings.Split(text(), clearLine) {
		if strings.HasPrefix(line, "moving") && len(line) >= 80 {
			t.Errorf("%d characters do not fit into a line: %q", len(line), line)
		}
	}
}

func TestBar(t *testing.T) {
	for _, o := range []BarOptions{
		{What: "sent", Total: 100},
		{What: "sent", Total: 100, Bytes: true},
		{What: "sent", Total: 100, Time: true},
	} {
		s, text := screen(t, true)
		n := &Notes{Screen: s, Name: "zmq"}
		b := n.StartBar(o, func() int64 { return 42 })
		testkit.Eventually(t, "a bar", func() bool { return strings.Contains(text(), "42") })
		b.Stop()
		b.Stop()
		if n.live {
			t.Errorf("%+v: still there", o)
		}
	}
}

// What is printed on a terminal does not end up in the line that moves either.
func TestAbove(t *testing.T) {
	s, text := screen(t, true)
	n := &Notes{Screen: s, Name: "zmq"}
	w := n.Above(s)
	l := n.StartLive(time.Hour, func() string { return "moving" })
	testkit.Eventually(t, "a picture", func() bool { return text() != "" })
	fmt.Fprintln(w, "message")
	l.Stop()
	fmt.Fprintln(w, "message")
	if got, want := text(), clearLine+"moving"+clearLine+"message\n"+clearLine+"message\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	file, _ := screen(t, false)
	if w := n.Above(file); w != file {
		t.Errorf("a file is wrapped: %v", w)
	}
}

func TestNothingMovesWithoutTerminal(t *testing.T) {
	s, text := screen(t, false)
	n := &Notes{Screen: s, Name: "zmq"}
	b := n.StartBar(BarOptions{What: "sent", Total: 1}, func() int64 { return 1 })
	l := n.StartLive(time.Millisecond, func() string { return "moving" })
	b.Stop()
	l.Stop()
	if text() != "" {
		t.Errorf("got %q", text())
	}
}
