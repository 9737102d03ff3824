// Package console is what the tool shows besides messages: colours, notes on
// stderr, progress.
package console

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// Screen is stdout or stderr.
type Screen struct {
	*os.File
	Terminal bool // somebody looks at it
	Colour   bool
}

// Colours are when to use colours.
var Colours = []string{"auto", "always", "never"}

// NewScreen looks at a file. Colour "auto" is on a terminal only, and not where
// the environment says NO_COLOR or that the terminal is dumb.
func NewScreen(f *os.File, colour string) (Screen, error) {
	s := Screen{File: f, Terminal: term.IsTerminal(int(f.Fd()))}
	switch colour {
	case "auto":
		s.Colour = s.Terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	case "always":
		s.Colour = true
	case "never":
	default:
		return s, fmt.Errorf("colour %q is none of %v", colour, Colours)
	}
	return s, nil
}

// Colour is how text looks, by its ANSI number.
type Colour int

// The colours in use.
const (
	Bold   Colour = 1
	Dim    Colour = 2
	Red    Colour = 31
	Green  Colour = 32
	Yellow Colour = 33
	Cyan   Colour = 36
)

// Paint gives text a colour, if there are any.
func (s Screen) Paint(c Colour, text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return fmt.Sprintf("\x1b[%dm%s\x1b[0m", c, text)
}

// Width is that of the terminal now, in characters; 80 without one.
func (s Screen) Width() int {
	if w, _, err := term.GetSize(int(s.Fd())); err == nil && w > 0 {
		return w
	}
	return 80
}
