package console

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// Notes are lines for people on stderr. Every method may be called from any
// goroutine.
type Notes struct {
	Screen  Screen
	Name    string // what a line begins with
	Quiet   bool
	Verbose bool

	// Silent leaves out everything but the error at the end.
	Silent bool

	mu   sync.Mutex
	live bool // the last line is one that moves, which notes must not end up in
}

// Note is for whoever looks: it is left out where stderr is no terminal.
func (n *Notes) Note(format string, args ...any) {
	if n.Verbose || n.Screen.Terminal && !n.Quiet && !n.Silent {
		n.print(Dim, format, args)
	}
}

// Say is for everybody who did not ask for quiet.
func (n *Notes) Say(format string, args ...any) {
	if !n.Quiet && !n.Silent {
		n.print(0, format, args)
	}
}

// Warn is about something that is wrong and does not end the command.
func (n *Notes) Warn(format string, args ...any) {
	if !n.Silent {
		n.print(Yellow, format, args)
	}
}

// Detail is for --verbose.
func (n *Notes) Detail(format string, args ...any) {
	if n.Verbose {
		n.print(Dim, format, args)
	}
}

// Fail is the last line of a command that failed.
func (n *Notes) Fail(err error) { n.print(Red, "%s", []any{oneLine(err)}) }

func (n *Notes) print(c Colour, format string, args []any) {
	line := fmt.Sprintf(n.Name+": "+format, args...)
	if c != 0 {
		line = n.Screen.Paint(c, line)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.live {
		line = clearLine + line
	}
	fmt.Fprintln(n.Screen, line) // nobody is left to tell when it fails
}

// Above is stdout for messages: where it is the terminal that a line moves on,
// what is written goes above that line.
func (n *Notes) Above(out Screen) io.Writer {
	if !out.Terminal || !n.Screen.Terminal {
		return out
	}
	return above{n, out}
}

type above struct {
	notes *Notes
	out   Screen
}

func (a above) Write(b []byte) (int, error) {
	a.notes.mu.Lock()
	defer a.notes.mu.Unlock()
	if a.notes.live {
		fmt.Fprint(a.notes.Screen, clearLine)
	}
	return a.out.Write(b)
}

// clearLine takes away what a moving line shows; it comes back by itself.
const clearLine = "\r\x1b[K"

// oneLine is an error as one line, without the name of the package, which is
// that of the command.
func oneLine(err error) string {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimSpace(lines[i]), "zmq: ")
	}
	return strings.Join(lines, "; ")
}
