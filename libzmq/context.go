package libzmq

import (
	stdctx "context"
	"encoding/binary"
	"errors"
	"strings"
	"sync"
	"time"

	"gozmq/internal/engine"
	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// context is engine.Context on a zmq_ctx.
//
// Lock order: socket.mu, then context.mu. Closing a socket takes both.
type context struct {
	h *capi.Ctx

	// pumps counts the goroutines that attend to sockets; the end of the
	// context waits for them.
	pumps sync.WaitGroup

	mu      sync.Mutex // guards what follows
	ended   bool       // no new sockets
	sockets map[*socket]struct{}
	// lingers are the times at which closed sockets' LINGER will end.
	lingers []time.Time
	// pending are the inproc names that were connected and that nobody has
	// bound since, spare the socket that binds them in the end. See
	// settlePending.
	pending map[string]struct{}
	spare   *capi.Socket
	threads threads

	// done is closed when the zmq_ctx is gone; result is set before.
	done   chan struct{}
	result error
}

func newContext(h *capi.Ctx) *context {
	return &context{
		h:       h,
		sockets: make(map[*socket]struct{}),
		pending: make(map[string]struct{}),
		threads: newThreads(),
		done:    make(chan struct{}),
	}
}

func (c *context) Has(capability string) bool { return capi.Has(capability) }

func (c *context) Version() int { return version() }

// version is 40304 for libzmq 4.3.4.
func version() int {
	major, minor, patch, err := capi.Version()
	if err != nil {
		return 0
	}
	return major*10000 + minor*100 + patch
}

// add registers a new socket, unless the context has ended meanwhile.
func (c *context) add(s *socket) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return engine.ErrTerminated
	}
	c.sockets[s] = struct{}{}
	c.pumps.Add(1)
	return nil
}

// addPump lets the end of the context wait for one more goroutine, unless it
// has begun.
func (c *context) addPump() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return engine.ErrTerminated
	}
	c.pumps.Add(1)
	return nil
}

// remove forgets a socket that is being closed with this LINGER, in
// milliseconds.
func (c *context) remove(s *socket, linger int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sockets, s)
	if linger <= 0 {
		return
	}
	now := time.Now()
	kept := c.lingers[:0]
	for _, t := range c.lingers {
		if t.After(now) {
			kept = append(kept, t)
		}
	}
	c.lingers = append(kept, now.Add(time.Duration(linger)*time.Millisecond))
}

// bound and connected keep track of inproc names that wait for a binder.
func (c *context) bound(endpoint string) {
	if strings.HasPrefix(endpoint, inproc) {
		c.mu.Lock()
		delete(c.pending, endpoint)
		c.mu.Unlock()
	}
}

func (c *context) connected(endpoint string) {
	if strings.HasPrefix(endpoint, inproc) {
		c.mu.Lock()
		c.pending[endpoint] = struct{}{}
		c.mu.Unlock()
	}
}

// connecting makes the spare socket before the first inproc connection.
func (c *context) connecting(endpoint string) error {
	if !strings.HasPrefix(endpoint, inproc) {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.spare != nil {
		return nil
	}
	var err error
	c.spare, err = capi.SocketNew(c.h, capi.PAIR)
	return err
}

const inproc = "inproc://"

func (c *context) SetOption(num int, value []byte) error {
	if len(value) != 4 {
		return ended(c.h.SetExt(num, value))
	}
	if err := c.h.Set(num, int(int32(binary.NativeEndian.Uint32(value)))); err != nil {
		return ended(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.threads.option(num, value)
	return nil
}

// mayStart reports why libzmq's threads, which the first socket starts, could
// not be as they were asked for.
func (c *context) mayStart() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.threads.check()
}

func (c *context) GetOption(num int, buf []byte) (int, error) {
	if len(buf) != 4 {
		n, err := c.h.GetExt(num, buf)
		return n, ended(err)
	}
	v, err := c.h.Get(num)
	if err != nil {
		return 0, ended(err)
	}
	binary.NativeEndian.PutUint32(buf, uint32(int32(v)))
	return 4, nil
}

// ended is reason for calls on the zmq_ctx, which is EFAULT once it is gone.
func ended(err error) error {
	if err == capi.EFAULT {
		return engine.ErrTerminated
	}
	return reason(err)
}

// Shutdown closes all sockets and ends the context in the background, once,
// and waits for that.
func (c *context) Shutdown(ctx stdctx.Context) error {
	c.mu.Lock()
	first := !c.ended
	c.ended = true
	open := make([]*socket, 0, len(c.sockets))
	for s := range c.sockets {
		open = append(open, s)
	}
	c.mu.Unlock()
	if first {
		began := time.Now()
		for _, s := range open {
			// Its owner may have closed it just now: that is as good.
			if err := s.close(engine.ErrTerminated); err != nil && !errors.Is(err, engine.ErrClosed) {
				return err
			}
		}
		go c.terminate(began)
	}
	select {
	case <-c.done:
		return c.result
	default:
	}
	select {
	case <-c.done:
		return c.result
	case <-ctx.Done():
		return ctx.Err()
	}
}

// slack is how much earlier than Go's clock says libzmq may end a LINGER: its
// own clock is coarse, and has begun before the end was noted here.
const slack = 5 * time.Millisecond

// terminate ends the zmq_ctx. It occupies a thread until all sockets are
// flushed, for ever if a LINGER is for ever and the peer never comes.
func (c *context) terminate(began time.Time) {
	defer close(c.done)
	c.pumps.Wait()
	c.settlePending()
	if err := c.h.Term(); err != nil {
		c.result = reason(err)
		return
	}
	capi.FreeBlocks()
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.lingers {
		if t.After(began) && !t.After(now.Add(slack)) {
			c.result = engine.ErrLinger
		}
	}
}

// settlePending gives every inproc connection that still waits for its binder
// one that goes away at once. zmq_ctx_term does the same, but aborts the
// process when opt.MaxSockets is reached: a socket with such a connection never
// makes room. So the binder has been there since the first connection.
func (c *context) settlePending() {
	if c.spare == nil {
		return
	}
	_ = c.spare.SetInt(options.Linger, 0)
	for endpoint := range c.pending {
		_ = c.spare.Bind(endpoint) // somebody may have bound the name after all
	}
	_ = c.spare.Close()
}
