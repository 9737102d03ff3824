package zmq

import (
	"context"
	"errors"
	"sync"
)

// Proxy passes messages between two sockets, both ways, as a broker does:
// ROUTER and DEALER for requests, XSUB and XPUB for subscriptions and data,
// PULL and PUSH for a pipeline. Every method may be called from any goroutine
// at any time; the exported fields are set before Run.
//
// A message is taken from one side only when the other can accept one, so
// that a stalled side fills the queues of those who send to it, and not the
// Proxy; the other direction goes on. Messages stay whole. The Proxy uses the
// sockets and does not own them: close them after Run has returned, or during
// it to end it. Other goroutines may use the sockets too. Source: zmq_proxy
// and zmq_proxy_steerable, without their differences between versions.
type Proxy struct {
	// Frontend and Backend are the two sides, in any order. One socket as
	// both sends back what it receives.
	Frontend, Backend *Socket
	// Capture, if there is one, is sent a copy of each message that was
	// passed on, in both directions: PUB, PUSH, DEALER or PAIR. When it
	// cannot take a message at once the copy is dropped and counted: it
	// never delays the Proxy.
	Capture *Socket
	// Control, if there is one, receives the commands PAUSE, RESUME,
	// TERMINATE and STATISTICS: one frame with that text, without a NUL.
	// It is REP, PAIR, SUB or PULL. STATISTICS is answered with eight frames
	// of 8 bytes, unsigned and in the host's byte order: frames and bytes
	// received from the frontend, sent to it, received from the backend, sent
	// to it. REP answers each other command with an empty frame, and what is
	// no command with a frame of text. TERMINATE makes Run return nil.
	Control *Socket

	// mu guards what follows. It is taken before gate.
	mu      sync.Mutex
	running bool
	resumed chan struct{} // while paused: closed by Resume

	// gate is held for reading by a flow while it takes messages, and for
	// writing to change paused: after Pause nothing more is taken.
	gate   sync.RWMutex
	paused bool

	counts proxyCounts
}

// errTerminated is how TERMINATE ends Run.
var errTerminated = errors.New("TERMINATE")

// Run passes messages until ctx ends, which it returns at once with an error
// that is ctx.Err(); or a socket is closed, which is ErrClosed; or TERMINATE
// is received, which is nil. Messages that were taken from one side and that
// the other has not accepted by then go back to the front of their socket: the
// next Run, or any receive, gets them. Run may be called again, and is
// ErrState while another Run is under way.
//
// A message that the other side refuses for good, such as one for a peer that
// has gone on a ROUTER with opt.RouterMandatory, is dropped and counted.
// Other errors: ErrInvalid when Frontend or Backend is nil.
func (p *Proxy) Run(ctx context.Context) error {
	if err := p.run(ctx); err != nil && err != errTerminated {
		return &Error{Op: "proxy", Err: err}
	}
	return nil
}

func (p *Proxy) run(ctx context.Context) error {
	switch {
	case p == nil || p.Frontend == nil || p.Backend == nil:
		return because{ErrInvalid, "a proxy needs a Frontend and a Backend"}
	case ctx == nil:
		return errNilContext
	}
	if !p.start() {
		return because{ErrState, "the proxy runs already"}
	}
	defer p.stop()

	// A flow waits for one socket at a time. That another has closed, it
	// would not see.
	closed := make(chan struct{}, 1)
	guards, err := p.guards(closed)
	defer guards.disarm()
	if err != nil {
		return err
	}
	inner, cancel := context.WithCancelCause(ctx) // the first that ends, ends the others
	defer cancel(nil)
	parts := p.parts()
	over := make(chan error)
	for _, run := range parts {
		go func() { over <- run(inner) }()
	}
	for left := len(parts); left > 0; {
		select {
		case err := <-over:
			cancel(err)
			left--
		case <-closed:
			if err := guards.reason(); err != nil {
				cancel(err)
			}
		}
	}
	if ctx.Err() != nil {
		return ended(ctx)
	}
	return context.Cause(inner)
}

// parts are the goroutines of a Run. Each gives the reason of its end.
func (p *Proxy) parts() []func(context.Context) error {
	c := &p.counts
	forth := &flow{proxy: p, from: p.Frontend, to: p.Backend, received: &c.frontReceived, sent: &c.backSent}
	parts := []func(context.Context) error{forth.run}
	if p.Frontend != p.Backend {
		back := &flow{proxy: p, from: p.Backend, to: p.Frontend, received: &c.backReceived, sent: &c.frontSent}
		parts = append(parts, back.run)
	}
	if p.Control != nil {
		parts = append(parts, p.obey)
	}
	return parts
}

func (p *Proxy) start() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running {
		return false
	}
	p.running = true
	return true
}

func (p *Proxy) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running = false
}

// Pause makes the Proxy take no more messages until Resume: when Pause has
// returned none is. Those that it has taken are still passed on. It may be
// called before Run, and again without effect.
func (p *Proxy) Pause() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.resumed != nil {
		return
	}
	p.resumed = make(chan struct{})
	p.gate.Lock()
	p.paused = true
	p.gate.Unlock()
}

// Resume ends Pause. Nothing was lost between the two but what the sockets'
// own high-water marks make them drop.
func (p *Proxy) Resume() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.resumed == nil {
		return
	}
	p.gate.Lock()
	p.paused = false
	p.gate.Unlock()
	close(p.resumed)
	p.resumed = nil
}

// pausing gives the channel that Resume will close, or nil.
func (p *Proxy) pausing() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.resumed
}

// guards watch all sockets of the Proxy.
func (p *Proxy) guards(closed chan struct{}) (g guards, err error) {
	for _, s := range []*Socket{p.Frontend, p.Backend, p.Capture, p.Control} {
		if s != nil && err == nil {
			err = g.guard(s, closed)
		}
	}
	return g, err
}
