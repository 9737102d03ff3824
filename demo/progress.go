package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a phase is.
type progress interface {
	at(messages int, bytes int64)
	end()
}

func newProgress(out io.Writer, fancy bool, name, unit string, total int) progress {
	if fancy {
		return newBar(out, name, unit, total)
	}
	return &lines{out: out, name: name, unit: unit, total: total, began: time.Now()}
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// bar is one moving line on a terminal.
type bar struct {
	out   io.Writer
	bar   *progressbar.ProgressBar
	now   int
	shown int
}

func newBar(out io.Writer, name, unit string, total int) *bar {
	return &bar{out: out, bar: progressbar.NewOptions(total,
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription(fmt.Sprintf("%-14s", name)),
		progressbar.OptionSetWidth(24),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString(unit),
		progressbar.OptionThrottle(65*time.Millisecond),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionShowElapsedTimeOnFinish(),
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
	)}
}

// at asks the bar only now and then: it takes longer than a message.
func (b *bar) at(messages int, _ int64) {
	b.now = messages
	if messages-b.shown >= 64 {
		b.shown = messages
		_ = b.bar.Set(messages) // a terminal that is gone changes nothing
	}
}

func (b *bar) end() {
	_ = b.bar.Set(b.now)
	_ = b.bar.Exit()
	fmt.Fprintln(b.out)
}

// lines are for a file or a CI log: one for each quarter.
type lines struct {
	out        io.Writer
	name, unit string
	total      int
	began      time.Time
	quarter    int
}

func (l *lines) at(messages int, bytes int64) {
	if messages*4 < l.total*(l.quarter+1) {
		return
	}
	l.quarter = messages * 4 / l.total
	s := time.Since(l.began).Seconds()
	fmt.Fprintf(l.out, "%s: %d of %d %s, %.1f MB, %.0f/s\n", l.name, messages, l.total, l.unit,
		float64(bytes)/1e6, float64(messages)/s)
}

func (l *lines) end() {}
