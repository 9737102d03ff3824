package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// cut promises that messages arrive whole and at most once, however the
// connection is cut in the middle of one, and that requests are all answered.
func cut(ctx context.Context, f *figures) (err error) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zctx.Close()) }()
	pull, behind, err := bound(zctx, zmq.PULL)
	if err != nil {
		return err
	}
	rep, asked, err := bound(zctx, zmq.REP)
	if err != nil {
		return err
	}
	line, err := newRelay(f, behind)
	if err != nil {
		return err
	}
	defer line.close()
	other, err := newRelay(f, asked)
	if err != nil {
		return err
	}
	defer other.close()
	push, err := connected(zctx, zmq.PUSH, line.endpoint(), opt.Linger.To(0), opt.ReconnectInterval.To(time.Millisecond))
	if err != nil {
		return err
	}
	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{Endpoints: []string{other.endpoint()}, Timeout: 100 * time.Millisecond, Retries: 1000})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()

	working, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	errs := make(chan error, 4)
	for _, work := range []func() error{
		func() error {
			for i := uint64(1); ; i++ {
				f.ops.Add(1)
				if err := push.Send(working, numbered(i)...); err != nil {
					return err
				}
			}
		},
		func() error { return once(working, f, pull) },
		func() error { return echo(working, rep) },
		func() error { return ask(working, f, r, 0) },
	} {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := work(); working.Err() == nil {
				errs <- err
				cancel()
			}
		}()
	}
	<-working.Done()
	all.Wait()
	close(errs)
	return errors.Join(<-errs, f.kept())
}

// once receives what must be whole and come at most once. Order is that of a
// connection: what the last one left in the queue may come after the first of
// the next.
func once(ctx context.Context, f *figures, s *zmq.Socket) error {
	var last uint64
	seen := make(map[uint64]bool)
	for {
		frames, err := s.Recv(ctx)
		if err != nil {
			f.note("%d of %d streamed messages arrived, whole and once", len(seen), last)
			return err
		}
		i, err := number(frames)
		if err != nil {
			return err
		}
		if seen[i] {
			return fmt.Errorf("message %d came twice", i)
		}
		seen[i] = true
		last = max(last, i)
	}
}

// A relay stands between two peers, and cuts each connection after some bytes.
type relay struct {
	f      *figures
	l      net.Listener
	behind string
	all    sync.WaitGroup

	mu    sync.Mutex // guards what follows
	conns []net.Conn // all there were
	ended bool
}

func newRelay(f *figures, behind string) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{f: f, l: l, behind: strings.TrimPrefix(behind, "tcp://")}
	r.all.Add(1)
	go r.run()
	return r, nil
}

func (r *relay) endpoint() string { return "tcp://" + r.l.Addr().String() }

func (r *relay) close() {
	_ = r.l.Close()
	r.mu.Lock()
	r.ended = true
	for _, c := range r.conns {
		_ = c.Close()
	}
	r.mu.Unlock()
	r.all.Wait()
}

func (r *relay) run() {
	defer r.all.Done()
	for {
		in, err := r.l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", r.behind)
		if err != nil {
			_ = in.Close()
			continue
		}
		r.mu.Lock()
		r.conns = append(r.conns, in, out)
		if r.ended {
			_, _ = in.Close(), out.Close()
		}
		r.mu.Unlock()
		r.all.Add(2)
		// Past the handshake nearly always, and anywhere after it.
		go r.copy(out, in, 100+rand.Int64N(200_000))
		go r.copy(in, out, 100+rand.Int64N(20_000))
	}
}

// copy copies n bytes at most, then cuts both.
func (r *relay) copy(to, from net.Conn, n int64) {
	defer r.all.Done()
	copied, _ := io.CopyN(to, from, n)
	if copied == n {
		r.f.faults.Add(1)
	}
	_ = to.Close()
	_ = from.Close()
}
