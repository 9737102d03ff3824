package zmq

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"

	"gozmq/internal/engine"
)

// call is one Request. It is pooled: a request allocates little but its
// answer.
type call struct {
	id      uint64
	request [1]engine.Message // [id, empty, body...]
	idFrame [8]byte
	// answer gets the body of the first answer. Whoever finds the call in
	// Requester.calls takes it out of there under mu and sends once, so there
	// is always room.
	answer chan [][]byte
	timer  *time.Timer
}

var calls = sync.Pool{New: func() any { return &call{answer: make(chan [][]byte, 1)} }}

// begin registers a request.
func (r *Requester) begin(ctx context.Context, frames [][]byte) (*call, error) {
	switch {
	case r == nil || r.done == nil:
		return nil, ErrClosed
	case ctx == nil:
		return nil, errNilContext
	case len(frames) == 0:
		return nil, errNoFrames
	case ctx.Err() != nil:
		return nil, ended(ctx)
	}
	c := calls.Get().(*call)
	c.id = r.nextID.Add(1)
	binary.BigEndian.PutUint64(c.idFrame[:], c.id)
	m := &c.request[0]
	m.Frames = append(append(m.Frames[:0], c.idFrame[:], nil), frames...)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.why != nil {
		c.recycle()
		return nil, r.why
	}
	r.calls[c.id] = c
	return c, nil
}

// end forgets a request: answers that come later are dropped.
func (r *Requester) end(c *call) {
	r.mu.Lock()
	delete(r.calls, c.id)
	r.mu.Unlock()
	select { // it may have come in the last moment
	case <-c.answer:
	default:
	}
	c.recycle()
}

func (c *call) recycle() {
	c.request[0].Reset() // keeps no reference to the caller's bytes
	calls.Put(c)
}

// start begins the time of a try; without a timeout the channel is nil.
func (c *call) start(timeout time.Duration) <-chan time.Time {
	if timeout == 0 {
		return nil
	}
	if c.timer == nil {
		c.timer = time.NewTimer(timeout)
	} else {
		c.timer.Reset(timeout)
	}
	return c.timer.C
}

func (c *call) stop() {
	if c.timer != nil {
		c.timer.Stop()
	}
}

// deliver gives answers to who asked. What is no answer, or comes too late,
// is dropped.
func (r *Requester) deliver(s *server, batch []engine.Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.answered = time.Now()
	for i := range batch {
		frames := batch[i].Frames
		if len(frames) < 2 || len(frames[0]) != 8 || len(frames[1]) != 0 {
			continue
		}
		id := binary.BigEndian.Uint64(frames[0])
		if c := r.calls[id]; c != nil {
			delete(r.calls, id)
			c.answer <- frames[2:len(frames):len(frames)]
		}
	}
}

// RequestError says why a Request has no answer, and what was tried.
type RequestError struct {
	Tries []Try // in order
	// Err is os.ErrDeadlineExceeded, the error of ctx, ErrClosed, or why the
	// request could not be sent.
	Err error
}

// Try is one try of a Request that was not answered.
type Try struct {
	Endpoint string        // of the server that was asked
	Sent     bool          // false: the queue for this endpoint was full all the time
	Took     time.Duration // until it was given up
}

// Error is one line with all tries, the last eight at most.
func (e *RequestError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no answer: %v", e.Err)
	for i, t := range e.Tries[max(0, len(e.Tries)-8):] {
		b.WriteString([...]string{"; tried ", ", "}[min(i, 1)])
		did := "sent, waited"
		if !t.Sent {
			did = "not sent in"
		}
		fmt.Fprintf(&b, "%s (%s %v)", t.Endpoint, did, t.Took.Round(100*time.Microsecond))
	}
	return b.String()
}

// Unwrap gives the reason, for errors.Is and errors.As.
func (e *RequestError) Unwrap() error { return e.Err }
