// Package progress shows how far a run is: a bar on a terminal, plain lines
// elsewhere.
package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"gozmq/bench/internal/runner"
)

// New shows progress on f.
func New(f *os.File) runner.Progress {
	if term.IsTerminal(int(f.Fd())) {
		return &bar{out: f}
	}
	return &Lines{Out: f}
}

// Lines writes a line for each figure and round, and for what fails.
type Lines struct {
	Out io.Writer

	began      time.Time
	runs, done int
	round      int
	figure     string
}

// Begin notes the time.
func (l *Lines) Begin(runs int) { l.runs, l.began = runs, time.Now() }

// Step writes a line when a figure begins.
func (l *Lines) Step(round, rounds int, figure, _ string) {
	if round != l.round || figure != l.figure {
		fmt.Fprintf(l.Out, "round %d of %d: %s%s\n", round, rounds, figure, l.left())
	}
	l.round, l.figure = round, figure
	l.done++
}

// left is how long it will take, as soon as that can be guessed.
func (l *Lines) left() string {
	if l.done == 0 {
		return ""
	}
	each := time.Since(l.began) / time.Duration(l.done)
	return fmt.Sprintf(" (%d of %d runs, %v left)", l.done, l.runs, (each * time.Duration(l.runs-l.done)).Round(time.Second))
}

// Failed says so.
func (l *Lines) Failed(figure, who string, err error) {
	fmt.Fprintf(l.Out, "FAILED: %s, %s: %v\n", figure, who, err)
}

// End says how long all took.
func (l *Lines) End() {
	fmt.Fprintf(l.Out, "%d runs in %v\n", l.done, time.Since(l.began).Round(time.Second))
}
