package main

import (
	"context"
	"io"
	"sync"
)

// feed hands messages from who reads them to who sends them. Reading a
// terminal or a pipe cannot be broken off, so that it has a goroutine of its
// own; what is read while the sender waits goes out together.
type feed struct {
	mu    sync.Mutex
	batch [][][]byte
	bytes int
	err   error         // why there will be no more; io.EOF at the end
	ready chan struct{} // something came
	room  chan struct{} // the batch was taken
	rest  [][][]byte    // taken and not given by next; the receiver's
}

// What waits in a feed is bounded by both, but for the last message.
const (
	feedMessages = 256
	feedBytes    = 1 << 20
)

// startFeed reads with read until it fails, which io.EOF is too, or ctx ends.
func startFeed(ctx context.Context, read func() ([][]byte, error)) *feed {
	f := &feed{ready: make(chan struct{}, 1), room: make(chan struct{}, 1)}
	go func() {
		for {
			m, err := read()
			if f.put(m, err); err != nil || !f.wait(ctx) {
				return
			}
		}
	}()
	return f
}

func (f *feed) put(m [][]byte, err error) {
	f.mu.Lock()
	if f.err = err; err == nil {
		f.batch = append(f.batch, m)
		for _, frame := range m {
			f.bytes += len(frame)
		}
	}
	f.mu.Unlock()
	nudge(f.ready)
}

// wait waits for room, or until ctx ends, and reports which.
func (f *feed) wait(ctx context.Context) bool {
	for {
		f.mu.Lock()
		full := len(f.batch) >= feedMessages || f.bytes >= feedBytes
		f.mu.Unlock()
		if !full {
			return true
		}
		select {
		case <-f.room:
		case <-ctx.Done():
			return false
		}
	}
}

// take gives what was read, at least one message. The error of the reader
// comes after its last message.
func (f *feed) take(ctx context.Context) ([][][]byte, error) {
	for {
		f.mu.Lock()
		batch, err := f.batch, f.err
		f.batch, f.bytes = nil, 0
		f.mu.Unlock()
		switch {
		case len(batch) > 0:
			nudge(f.room)
			return batch, nil
		case err != nil:
			return nil, err
		}
		select {
		case <-f.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// next is take for one message.
func (f *feed) next(ctx context.Context) ([][]byte, error) {
	if len(f.rest) == 0 {
		var err error
		if f.rest, err = f.take(ctx); err != nil {
			return nil, err
		}
	}
	m := f.rest[0]
	f.rest = f.rest[1:]
	return m, nil
}

// over reports whether it is known that nothing is left.
func (f *feed) over() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.rest) == 0 && len(f.batch) == 0 && f.err != nil
}

func nudge(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// repeat gives messages again and again: n in all, or each once when n is 0.
func repeat(messages [][][]byte, n int) func() ([][]byte, error) {
	if n == 0 {
		n = len(messages)
	}
	i := 0
	return func() ([][]byte, error) {
		if i >= n {
			return nil, io.EOF
		}
		i++
		return messages[(i-1)%len(messages)], nil
	}
}

// first gives the first n messages of read, or all when n is 0.
func first(n int, read func() ([][]byte, error)) func() ([][]byte, error) {
	if n == 0 {
		return read
	}
	return func() ([][]byte, error) {
		if n == 0 {
			return nil, io.EOF
		}
		n--
		return read()
	}
}
