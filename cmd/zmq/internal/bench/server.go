package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// Server is the side that receives or answers.
type Server struct {
	open Opener
	data string // where to bind the second socket
	run  *serving
}

// NewServer makes a server for a control socket, a REP, that is bound. Data is
// where its second socket is bound, or "" for a place beside the first.
func NewServer(control *zmq.Socket, data string, open Opener) *Server {
	if data == "" {
		data = beside(control.LastEndpoint())
	}
	return &Server{open: open, data: data}
}

// Serve obeys clients, one after the other, until ctx ends.
func (s *Server) Serve(ctx context.Context, control *zmq.Socket) (err error) {
	defer func() { err = errors.Join(err, s.end()) }()
	for {
		message, err := control.Recv(ctx)
		if err != nil {
			return err
		}
		r := s.obey(ctx, message[0])
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := control.Send(ctx, b); err != nil {
			return err
		}
	}
}

// obey answers in any case: somebody waits.
func (s *Server) obey(ctx context.Context, message []byte) report {
	var o order
	if err := json.Unmarshal(message, &o); err != nil {
		return report{Err: "that is no order of zmq bench"}
	}
	switch {
	case o.Do == doStart:
		endpoint, err := s.start(ctx, o.Kind)
		if err != nil {
			return report{Err: err.Error()}
		}
		return report{Endpoint: endpoint}
	case o.Do == doReport && s.run != nil:
		return s.run.report()
	}
	return report{Err: fmt.Sprintf("cannot do %.40q now", o.Do)}
}

// start begins a measurement and ends the one before.
func (s *Server) start(ctx context.Context, kind Kind) (endpoint string, err error) {
	if err := s.end(); err != nil {
		return "", err
	}
	typ, serve := zmq.PULL, (*serving).count
	switch kind {
	case Throughput:
	case Latency:
		typ, serve = zmq.REP, (*serving).echo
	default:
		return "", fmt.Errorf("no test is called %.40q", kind)
	}
	sock, err := s.open(typ, opt.Linger.To(0), opt.RecvTimeout.To(-1)) // clients may take their time
	if err != nil {
		return "", err
	}
	if err := bindSoon(ctx, sock, s.data); err != nil {
		return "", errors.Join(err, sock.Close())
	}
	s.run = &serving{sock: sock, ended: make(chan error, 1)}
	go func(r *serving) { r.ended <- serve(r) }(s.run)
	return sock.LastEndpoint(), nil
}

// bindSoon binds where another socket has just been closed: the address is
// free a moment later.
func bindSoon(ctx context.Context, sock *zmq.Socket, endpoint string) error {
	for try := 0; ; try++ {
		err := sock.Bind(endpoint)
		if err == nil || try == 50 {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// end ends the measurement under way, if there is one.
func (s *Server) end() error {
	if s.run == nil {
		return nil
	}
	err := s.run.sock.Close()
	if why := <-s.run.ended; !errors.Is(why, zmq.ErrClosed) {
		err = errors.Join(err, why)
	}
	s.run = nil
	return err
}

// serving is one measurement on the side of the server.
type serving struct {
	sock  *zmq.Socket
	ended chan error

	mu       sync.Mutex // guards what follows
	began    time.Time
	messages int64
	took     time.Duration // when the last message came
	done     bool
	samples  samples
}

// count receives until the socket is closed. A message of two frames is the
// end of a measurement.
func (r *serving) count() error {
	for batch, err := range r.sock.Batches(context.Background(), 256) {
		if err != nil {
			return err
		}
		now := time.Now()
		r.mu.Lock()
		if r.began.IsZero() {
			r.began = now
		}
		n := int64(len(batch))
		if batch[len(batch)-1].Len() == 2 {
			n, r.done = n-1, true
		}
		r.messages += n
		r.took = now.Sub(r.began)
		r.samples.add(r.took, r.messages)
		r.mu.Unlock()
	}
	return nil
}

func (r *serving) report() report {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := report{Messages: r.messages, Done: r.done}
	if r.done {
		out.Seconds, out.Samples = r.took.Seconds(), r.samples.list
	}
	return out
}

// echo answers until the socket is closed.
func (r *serving) echo() error {
	ctx := context.Background()
	for m, err := range r.sock.Messages(ctx) {
		if err != nil {
			return err
		}
		if err := r.sock.SendMsg(ctx, m); err != nil {
			return err
		}
	}
	return nil
}
