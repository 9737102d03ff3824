package zap

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/attach"
	"gozmq/opt"
)

// Endpoint is where the sockets of a context ask. A program that uses this
// package must not bind it itself.
const Endpoint = "inproc://zeromq.zap.01"

// hub is the ZAP server of a context. Once started it answers until the
// context ends, also while it has no handler: libzmq lets CURVE clients in
// when nobody answers.
type hub struct {
	zctx *zmq.Context
	set  *attach.Set
	done chan struct{} // closed when nothing runs any more

	ctx    context.Context // of all handlers
	cancel context.CancelFunc
	cases  sync.WaitGroup // of all handlers

	mu      sync.Mutex  // guards what follows
	sock    *zmq.Socket // nil until the hub is started
	ended   bool        // the context has closed the socket
	domains map[string]*judge
	made    int    // domains so far
	serving *judge // of Serve; nil is none
	served  bool   // there was one
}

type hubKey struct{}

// hubOf gives the context's hub, started.
func hubOf(zctx *zmq.Context) (*hub, error) {
	set := attach.Context(zctx)
	h := set.Get(hubKey{}, func() any {
		h := &hub{zctx: zctx, set: set, done: make(chan struct{}), domains: make(map[string]*judge)}
		h.ctx, h.cancel = context.WithCancel(context.Background())
		return h
	}).(*hub)
	return h, h.start()
}

func (h *hub) start() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sock != nil {
		return nil
	}
	// Many peers may come at once; none of their requests may be dropped.
	sock, err := h.zctx.NewSocket(zmq.ROUTER, opt.Linger.To(0), opt.SendHWM.To(0), opt.RecvHWM.To(0))
	if err != nil {
		return err
	}
	if err := sock.Bind(Endpoint); err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			err = fmt.Errorf("another socket of this context is its ZAP handler: %w", err)
		}
		return errors.Join(err, sock.Close())
	}
	h.sock = sock
	h.set.OnWait(h.wait)
	go h.run(sock)
	return nil
}

// run answers until the context closes the socket.
func (h *hub) run(sock *zmq.Socket) {
	defer close(h.done)
	for {
		frames, err := sock.Recv(context.Background())
		if err != nil {
			break
		}
		h.answer(sock, frames)
	}
	h.mu.Lock()
	h.ended = true
	h.mu.Unlock()
	h.cancel()
	h.cases.Wait()
}

// wait is how the end of the context waits for handlers that run.
func (h *hub) wait(ctx context.Context) error {
	select {
	case <-h.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("a ZAP handler still runs: %w", ctx.Err())
	}
}

// answer has a request answered. Its frames are the routing id that the ROUTER
// puts before it, an empty one, and the request.
func (h *hub) answer(sock *zmq.Socket, frames [][]byte) {
	if len(frames) < 2 || len(frames[1]) != 0 {
		return // nobody knows how to answer that
	}
	envelope, body := frames[:2:2], frames[2:]
	r, err := parse(body)
	if err != nil {
		h.logger().Warn("zap: malformed request", "error", err)
		id := ""
		if len(body) > 1 {
			id = string(body[1])
		}
		reply(sock, envelope, id, Fail(err.Error()), h.logger())
		return
	}
	j, nobody := h.judge(r.Domain)
	if j == nil {
		reply(sock, envelope, r.ID, nobody, h.logger())
		return
	}
	j.decide(r, func(response Response) {
		reply(sock, envelope, r.ID, response, j.log)
		j.log.Debug("zap: decided", "mechanism", r.Mechanism, "domain", r.Domain, "address", r.Address,
			"status", response.Status.String(), "text", response.Text)
	})
}

// reply sends a response. A peer that has gone meanwhile does not get it.
func reply(sock *zmq.Socket, envelope [][]byte, id string, response Response, log *slog.Logger) {
	frames, err := response.frames(id)
	if err != nil {
		log.Error("zap: the handler's response is invalid", "error", err)
	}
	m := zmq.NewMsg(envelope...)
	m.Append(frames...)
	if err := sock.TrySend(m); err != nil && !errors.Is(err, zmq.ErrClosed) && !errors.Is(err, zmq.ErrTerminated) {
		log.Error("zap: the response was not sent", "error", err)
	}
}

// judge finds who decides for a domain, and counts the call; or says what to
// answer when nobody does.
func (h *hub) judge(domain string) (*judge, Response) {
	h.mu.Lock()
	defer h.mu.Unlock()
	j := h.domains[domain]
	if j == nil {
		j = h.serving
	}
	switch {
	case j != nil:
		j.began()
		return j, Response{}
	case h.served:
		return nil, TryLater("the ZAP server is closed")
	}
	return nil, Deny("no handler for this domain")
}

func (h *hub) logger() *slog.Logger {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.serving == nil {
		return slog.New(slog.DiscardHandler)
	}
	return h.serving.log
}

// add makes a judge with a domain that no other has.
func (h *hub) add(handler Handler, c config) (domain string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		return "", zmq.ErrClosed
	}
	h.made++
	domain = "@" + strconv.Itoa(h.made)
	h.domains[domain] = h.newJudge(handler, c)
	return domain, nil
}

func (h *hub) remove(domain string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if j := h.domains[domain]; j != nil {
		delete(h.domains, domain)
		j.cancel()
	}
}
