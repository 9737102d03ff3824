package console

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// Bar is a line on stderr that shows how far something is. Without a terminal
// it shows nothing.
type Bar struct {
	notes *Notes
	bar   *progressbar.ProgressBar
	stop  chan struct{}
	done  chan struct{}
}

// BarOptions say what a Bar looks like.
type BarOptions struct {
	What  string // in front of the bar
	Total int64
	Bytes bool // what is counted are bytes
	Time  bool // or time; otherwise messages
}

// StartBar shows at often enough until Stop. A function that is asked, instead
// of being told, costs what is measured nothing.
func (n *Notes) StartBar(o BarOptions, at func() int64) *Bar {
	if !n.Screen.Terminal || n.Quiet {
		return &Bar{}
	}
	b := &Bar{notes: n, bar: newBar(n.Screen, o), stop: make(chan struct{}), done: make(chan struct{})}
	n.mu.Lock()
	n.live = true
	n.mu.Unlock()
	go b.run(at)
	return b
}

func newBar(s Screen, o BarOptions) *progressbar.ProgressBar {
	theme := progressbar.Theme{Saucer: "█", SaucerPadding: "░"}
	if s.Colour {
		theme.Saucer, theme.SaucerPadding = "[cyan]█[reset]", "[dim]░[reset]"
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(s.File), // whose width it asks for
		progressbar.OptionSetDescription(o.What),
		progressbar.OptionFullWidth(),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionEnableColorCodes(s.Colour),
		progressbar.OptionSetTheme(theme),
		progressbar.OptionClearOnFinish(),
		// No spinner: the library would turn it from a goroutine of its own,
		// which races with Clear.
		progressbar.OptionSetSpinnerChangeInterval(0),
	}
	switch {
	case o.Time:
		options = append(options, progressbar.OptionSetPredictTime(false))
	case o.Bytes:
		options = append(options, progressbar.OptionShowBytes(true), progressbar.OptionUseIECUnits(true),
			progressbar.OptionShowCount())
	default:
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString("messages"),
			progressbar.OptionShowCount())
	}
	return progressbar.NewOptions64(o.Total, options...)
}

func (b *Bar) run(at func() int64) {
	defer close(b.done)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			b.notes.mu.Lock()
			_ = b.bar.Set64(at()) // a terminal that is gone changes nothing
			b.notes.mu.Unlock()
		case <-b.stop:
			return
		}
	}
}

// Stop takes the bar away. Stopping twice does nothing.
func (b *Bar) Stop() {
	if b.notes == nil {
		return
	}
	close(b.stop)
	<-b.done
	b.notes.mu.Lock()
	defer b.notes.mu.Unlock()
	b.notes.live = false
	_ = b.bar.Clear()
	b.notes = nil
}
