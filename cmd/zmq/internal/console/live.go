package console

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// Live is a line of text on stderr that changes in place. Without a terminal it
// shows nothing.
type Live struct {
	notes      *Notes
	stop, done chan struct{}
}

// StartLive shows line every so often until Stop.
func (n *Notes) StartLive(every time.Duration, line func() string) *Live {
	if !n.Screen.Terminal || n.Quiet {
		return &Live{}
	}
	l := &Live{notes: n, stop: make(chan struct{}), done: make(chan struct{})}
	n.mu.Lock()
	n.live = true
	n.mu.Unlock()
	go l.run(every, line)
	return l
}

func (l *Live) run(every time.Duration, line func() string) {
	defer close(l.done)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		text := fit(line(), l.notes.Screen.Width())
		l.notes.mu.Lock()
		fmt.Fprint(l.notes.Screen, clearLine+text)
		l.notes.mu.Unlock()
		select {
		case <-tick.C:
		case <-l.stop:
			return
		}
	}
}

// fit cuts text that would not fit into one line, and so would not go away.
func fit(text string, width int) string {
	for utf8.RuneCountInString(text) >= width && text != "" {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return text
}

// Stop takes the line away. Stopping twice does nothing.
func (l *Live) Stop() {
	if l.notes == nil {
		return
	}
	close(l.stop)
	<-l.done
	l.notes.mu.Lock()
	defer l.notes.mu.Unlock()
	l.notes.live = false
	fmt.Fprint(l.notes.Screen, clearLine)
	l.notes = nil
}
