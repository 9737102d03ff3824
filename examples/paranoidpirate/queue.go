package main

import (
	"context"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// queue gives requests to workers that live, until ctx ends.
func queue(ctx context.Context, zctx *zmq.Context, at endpoints, beat time.Duration) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	clients := socks.Bind(zmq.ROUTER, at.clients, opt.Linger.To(0))
	workers := socks.Bind(zmq.ROUTER, at.workers, opt.Linger.To(0))
	if err := socks.Err(); err != nil {
		return err
	}
	fromClients, fromWorkers := socks.Inbox(clients), socks.Inbox(workers)
	clock := time.NewTicker(beat)
	defer clock.Stop()

	live := pool{patience: liveness * beat, lastSeen: map[string]time.Time{}}
	loop := func(ctx context.Context) error {
		for {
			// Requests are taken only when somebody can work on them.
			requests := fromClients
			if len(live.idle) == 0 {
				requests = nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case m := <-requests:
				worker := live.next()
				if err := workers.Send(ctx, append([][]byte{[]byte(worker)}, m.Frames()...)...); err != nil {
					return err
				}
			case m := <-fromWorkers: // [worker, ready], [worker, heartbeat] or [worker, reply...]
				worker, said := string(m.Frame(0)), m.Frames()[1:]
				switch {
				case len(said) == 1 && string(said[0]) == ready:
					live.ready(worker, time.Now())
				case len(said) == 1 && string(said[0]) == heartbeat:
					live.seen(worker, time.Now())
				default:
					live.ready(worker, time.Now())
					if err := clients.Send(ctx, said...); err != nil {
						return err
					}
				}
			case now := <-clock.C:
				live.purge(now)
				for worker := range live.lastSeen {
					if err := workers.Send(ctx, []byte(worker), []byte(heartbeat)); err != nil {
						return err
					}
				}
			}
		}
	}
	return run.With(ctx, loop, socks.Receive)
}

// pool is the workers that live, by routing id.
type pool struct {
	patience time.Duration        // how long a worker may be silent
	lastSeen map[string]time.Time // of all
	idle     []string             // of them, the longest first
}

// ready adds a worker that has nothing to do. One that was taken for dead
// lives again.
func (p *pool) ready(worker string, now time.Time) {
	p.lastSeen[worker] = now
	p.idle = append(p.idle, worker)
}

// seen notes a heartbeat. Who is not in the pool does not get in by it, and so
// is told nothing, and will report again.
func (p *pool) seen(worker string, now time.Time) {
	if _, known := p.lastSeen[worker]; known {
		p.lastSeen[worker] = now
	}
}

// next takes the worker that has been idle for longest.
func (p *pool) next() string {
	worker := p.idle[0]
	p.idle = p.idle[1:]
	return worker
}

// purge forgets who has been silent for too long.
func (p *pool) purge(now time.Time) {
	var idle []string
	for _, worker := range p.idle {
		if now.Sub(p.lastSeen[worker]) <= p.patience {
			idle = append(idle, worker)
		}
	}
	p.idle = idle
	for worker, seen := range p.lastSeen {
		if now.Sub(seen) > p.patience {
			delete(p.lastSeen, worker)
		}
	}
}
