package zmq

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"gozmq/internal/engine"
	"gozmq/internal/options"
)

// Requester asks questions of a server and gives each answer to who asked.
// Every method may be called from any goroutine at any time: many Requests
// may be under way on one Requester, and answers may come in any order.
//
// The server is any REP or ROUTER socket, of this module or another. To it a
// request is the frames [id, empty, body...], behind the routing id that a
// ROUTER sees; id is 8 bytes. REP takes the first two off and puts them back
// by itself; a ROUTER server returns all but the body unchanged. A REP server
// answers one request after another, a ROUTER as it likes.
//
// Get one from NewRequester. Source: the guide's Lazy Pirate and Freelance
// patterns, over DEALER.
type Requester struct {
	timeout time.Duration
	tries   int
	rest    time.Duration
	servers []*server

	nextID  atomic.Uint64
	readers sync.WaitGroup
	done    chan struct{} // closed when the Requester has ended; why is set before

	mu      sync.Mutex // guards what follows; taken before a socket's lock
	why     error      // nil while it is open
	calls   map[uint64]*call
	current int // the server that is asked
}

// RequesterConfig says whom a Requester asks, and how patiently.
type RequesterConfig struct {
	// Endpoints are those of servers that give the same answers; at least
	// one. The first is asked until it leaves a try unanswered, then the next
	// one that is not resting, and so on around.
	Endpoints []string
	// Settings are applied to the DEALER socket of each endpoint, such as
	// curve.Client or opt.SendHWM. Before them opt.Linger is set to 0. Leave
	// opt.Immediate alone: libzmq may abort the process when a connection of
	// such a socket ends while a message of several frames is received.
	Settings []Setting
	// Timeout is how long one try may take, from the first attempt to send to
	// the answer. 0 leaves it to each Request's ctx alone.
	Timeout time.Duration
	// Retries is how many more tries a request gets after one that took
	// Timeout. A server may then get a request twice, so it must not matter
	// to it. One that has answered nobody for so long is connected anew, which
	// forgets what waits for it; all that is asked again. 0 is none.
	Retries int
	// Rest is how long an endpoint that did not answer is not asked while
	// there are others. 0 is 10 seconds.
	Rest time.Duration
}

const defaultRest = 10 * time.Second

// server is one endpoint. Its fields but sock are guarded by the Requester's
// mu.
type server struct {
	endpoint string
	sock     *Socket
	restsTo  time.Time
	answered time.Time // when it last answered anything
	renewed  time.Time // when it was connected anew
}

// NewRequester makes sockets in zctx, one for each endpoint, and connects
// them; the servers need not be there yet. Errors are those of
// Context.NewSocket and Socket.Connect, and ErrInvalid when there is no
// endpoint, a number is negative, or there are Retries and no Timeout. Close
// the Requester when done.
func NewRequester(zctx *Context, config RequesterConfig) (*Requester, error) {
	if err := config.check(); err != nil {
		return nil, &Error{Op: "new requester", Err: err}
	}
	r := &Requester{
		timeout: config.Timeout,
		tries:   1 + config.Retries,
		rest:    config.Rest,
		done:    make(chan struct{}),
		calls:   make(map[uint64]*call),
	}
	if r.rest == 0 {
		r.rest = defaultRest
	}
	// A late answer to a Requester that had the same routing id before, in a
	// process that has ended, must not find a request here.
	r.nextID.Store(rand.Uint64())
	settings := append([]Setting{setting(options.Linger, time.Duration(0))}, config.Settings...)
	for _, endpoint := range config.Endpoints {
		sock, err := zctx.NewSocket(DEALER, settings...)
		if err == nil {
			r.servers = append(r.servers, &server{endpoint: endpoint, sock: sock})
			err = sock.Connect(endpoint)
		}
		if err != nil {
			for _, s := range r.servers {
				_ = s.sock.Close()
			}
			return nil, err
		}
	}
	for _, s := range r.servers {
		r.readers.Add(1)
		go r.read(s)
	}
	return r, nil
}

func (c *RequesterConfig) check() error {
	switch {
	case len(c.Endpoints) == 0:
		return because{ErrInvalid, "there is no endpoint to ask"}
	case c.Timeout < 0 || c.Retries < 0 || c.Rest < 0:
		return because{ErrInvalid, "Timeout, Retries and Rest are not negative"}
	case c.Retries > 0 && c.Timeout == 0:
		return because{ErrInvalid, "Retries need a Timeout"}
	}
	return nil
}

// Request sends frames, the body of a request, and waits for the answer,
// whose body is the caller's for good. The frames given are sent or copied
// when Request returns, and must not change before.
//
// Ending ctx makes it return at once with an error that is ctx.Err(). When no
// try was answered in time the error is os.ErrDeadlineExceeded. Both hold a
// *RequestError that says what was tried. Other errors: ErrClosed, also of
// requests that are under way when the Requester is closed or its Context is
// shut down; ErrInvalid when there is no frame.
func (r *Requester) Request(ctx context.Context, frames ...[]byte) ([][]byte, error) {
	c, err := r.begin(ctx, frames)
	if err != nil {
		return nil, &Error{Op: "request", Err: err}
	}
	defer r.end(c)
	var tried []Try
	for {
		s := r.choose()
		began := time.Now()
		answer, sent, err := r.try(ctx, s, c)
		if answer != nil {
			return answer, nil
		}
		tried = append(tried, Try{Endpoint: s.endpoint, Sent: sent, Took: time.Since(began)})
		if again := errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil; again {
			r.silent(s, began)
			if len(tried) < r.tries {
				continue
			}
		}
		return nil, &Error{Op: "request", Err: &RequestError{Tries: tried, Err: reason(err)}}
	}
}

// try sends the request to one server and waits for an answer, from any.
func (r *Requester) try(ctx context.Context, s *server, c *call) (answer [][]byte, sent bool, err error) {
	timeout := c.start(r.timeout)
	defer c.stop()
	bound := bound{timeout: -1}
	if r.timeout > 0 {
		bound.timeout = int64(r.timeout)
	}
	_, err = s.sock.sendWithin(ctx, c.request[:], bound)
	if err != nil {
		select { // one to an earlier try may have come meanwhile
		case answer = <-c.answer:
			return answer, false, nil
		default:
			return nil, false, err
		}
	}
	select {
	case answer = <-c.answer:
		return answer, true, nil
	default:
	}
	select {
	case answer = <-c.answer:
		return answer, true, nil
	case <-ctx.Done():
		return nil, true, ended(ctx)
	case <-timeout:
		return nil, true, os.ErrDeadlineExceeded
	case <-r.done:
		return nil, true, r.why
	}
}

// choose gives the server to ask now.
func (r *Requester) choose() *server {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.servers[r.current]
}

// silent notes that s has left a try unanswered that began at began. A server
// that has answered others meanwhile is slow, not dead.
func (r *Requester) silent(s *server, began time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.why != nil || s.answered.After(began) || s.renewed.After(began) {
		return
	}
	now := time.Now()
	s.restsTo = now.Add(r.rest)
	if s == r.servers[r.current] {
		r.current = r.next(now)
	}
	if r.tries > 1 {
		// What is queued for s is old: it would all arrive at once when s
		// comes back. A new connection also leaves one behind that is dead
		// and looks alive. Until the next silence Disconnect fails if Connect
		// does now, which is as good.
		s.renewed = now
		_ = s.sock.Disconnect(s.endpoint)
		_ = s.sock.Connect(s.endpoint)
	}
}

// next is the server to ask after the current one: the first that does not
// rest, or the one that has rested longest. The caller holds mu.
func (r *Requester) next(now time.Time) int {
	best := r.current
	for k := 1; k < len(r.servers); k++ {
		i := (r.current + k) % len(r.servers)
		if r.servers[i].restsTo.Before(now) {
			return i
		}
		if r.servers[i].restsTo.Before(r.servers[best].restsTo) {
			best = i
		}
	}
	return best
}

// Close ends the Requester and its sockets: every Request returns ErrClosed.
// It returns when the goroutines of the Requester have ended. Closing twice is
// an ErrClosed that can be ignored.
func (r *Requester) Close() error {
	if r == nil || r.done == nil || !r.fail(ErrClosed) {
		return &Error{Op: "requester close", Err: ErrClosed}
	}
	r.readers.Wait()
	return nil
}

// fail ends the Requester, once: it reports whether it was open. Sockets that
// are closed already, by the end of the Context, are as good.
func (r *Requester) fail(why error) (first bool) {
	r.mu.Lock()
	first = r.why == nil
	if first {
		r.why = why
		close(r.done)
	}
	r.mu.Unlock()
	if first {
		for _, s := range r.servers {
			_ = s.sock.Close()
		}
	}
	return first
}

// read takes the answers of one server until its socket is closed.
func (r *Requester) read(s *server) {
	defer r.readers.Done()
	batch := make([]engine.Message, 64)
	for {
		for i := range batch {
			batch[i] = engine.Message{Own: true} // what it held is the callers'
		}
		n, err := s.sock.recvWithin(context.Background(), batch, bound{timeout: -1})
		if err != nil {
			r.fail(reason(err))
			return
		}
		r.deliver(s, batch[:n])
	}
}
