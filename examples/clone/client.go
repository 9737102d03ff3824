package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// errSilent: the server was not heard for too long, or does not serve.
var errSilent = errors.New("clone: the server is silent")

// liveness is how many heartbeats of the server may be missed.
const liveness = 4

// client is a copy of the servers' table, or of a part of it, and can change
// it. Run keeps it up to date; the other methods may be called meanwhile from
// any goroutine.
type client struct {
	onSnapshot func(context.Context, snapshot) // called by run, which goes on when they return
	onUpdate   func(context.Context, update)

	zctx    *zmq.Context
	servers []endpoints
	subtree string
	beat    time.Duration
	wishes  chan wish
	waiting map[string]wish // run's own: what was sent and has not come back, by id

	mu      sync.Mutex
	entries map[string][]byte
}

// wish is a change that somebody wants.
type wish struct {
	update
	ctx  context.Context // ends when nobody waits for it any more
	came chan struct{}   // closed when it has come back from the server
}

// snapshot is all that a server knew at some time.
type snapshot struct {
	entries map[string][]byte
	seq     uint64
}

// newClient makes a client of servers that do the same. A subtree is a prefix
// of keys, such as "/weather/"; "" is all.
func newClient(zctx *zmq.Context, servers []endpoints, subtree string, beat time.Duration) *client {
	return &client{
		onSnapshot: func(context.Context, snapshot) {},
		onUpdate:   func(context.Context, update) {},
		zctx:       zctx,
		servers:    servers,
		subtree:    subtree,
		beat:       beat,
		wishes:     make(chan wish),
		waiting:    map[string]wish{},
	}
}

// get is the value of a key, nil if it has none.
func (c *client) get(key string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key]
}

// set changes the value of a key, for a time if that is not 0; "" deletes it.
// The key must be in the subtree. set returns when the change has come back from
// the server, or ctx ends. A change that has not come back from a server that
// dies goes to the next one; so it may be made twice.
func (c *client) set(ctx context.Context, key, value string, ttl time.Duration) error {
	if !isKey(key) || !strings.HasPrefix(key, c.subtree) {
		return fmt.Errorf("clone: %q is no key of %q", key, c.subtree)
	}
	w := wish{update{key: key, id: newID(), ttl: ttl, value: []byte(value)}, ctx, make(chan struct{})}
	select {
	case c.wishes <- w:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-w.came:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run follows one server until that is silent, then the next, until ctx ends.
func (c *client) run(ctx context.Context) error {
	for i := 0; ; i++ {
		if err := c.follow(ctx, c.servers[i%len(c.servers)]); !errors.Is(err, errSilent) {
			return err
		}
	}
}

// follow is a client of one server until that is silent.
func (c *client) follow(ctx context.Context, server endpoints) error {
	socks := socket.NewSet(c.zctx)
	defer socks.Close()
	// An update is never dropped, however long the first copy takes.
	sub := socks.Connect(zmq.SUB, server.publisher, opt.RecvHWM.To(0))
	dealer := socks.Connect(zmq.DEALER, server.snapshot, opt.RecvHWM.To(0), opt.Linger.To(0))
	pub := socks.Connect(zmq.XPUB, server.collector, opt.Linger.To(c.beat))
	if err := socks.Err(); err != nil {
		return err
	}
	if err := sub.Subscribe(c.subtree, hugz); err != nil {
		return err
	}

	seq, err := c.sync(ctx, sub, dealer, pub)
	if err != nil {
		return err
	}
	for id, w := range c.waiting { // the last server may have lost them
		if w.ctx.Err() != nil {
			delete(c.waiting, id)
			continue
		}
		if err := pub.Send(ctx, w.frames()...); err != nil {
			return err
		}
	}
	inbox := socks.Inbox(sub)
	silence := time.NewTimer(liveness * c.beat)
	defer silence.Stop()
	loop := func(ctx context.Context) error {
		for {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-silence.C:
				return errSilent
			case w := <-c.wishes:
				c.waiting[w.id] = w
				if err := pub.Send(ctx, w.frames()...); err != nil {
					return err
				}
			case m := <-inbox:
				silence.Reset(liveness * c.beat)
				u, err := parse(m.Frames())
				if err != nil || !isKey(u.key) || u.seq <= seq {
					continue // a heartbeat, or older than the copy
				}
				seq = u.seq
				c.apply(u)
				c.onUpdate(ctx, u)
				if w, mine := c.waiting[u.id]; mine {
					delete(c.waiting, u.id)
					close(w.came)
				}
			}
		}
	}
	return run.With(ctx, loop, socks.Receive)
}

// sync gets a copy of what the server knows, in a time in which it must have
// been heard. The order is what makes it complete: first the server greets who
// subscribes, so that no update is missed from then on; then comes the copy,
// and what it holds already is skipped later by its number.
func (c *client) sync(ctx context.Context, sub, dealer, pub *zmq.Socket) (seq uint64, err error) {
	soon, cancel := context.WithTimeout(ctx, liveness*c.beat)
	defer cancel()
	defer func() {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			err = errSilent
		}
	}()
	for {
		m, err := sub.Recv(soon)
		if err != nil {
			return 0, err
		}
		if string(m[0]) == hugz {
			break
		}
	}
	if err := pub.WaitSubscription(soon, ""); err != nil { // it will hear our changes
		return 0, err
	}
	if err := dealer.Send(soon, []byte(iCanHaz), []byte(c.subtree)); err != nil {
		return 0, err
	}
	s := snapshot{entries: map[string][]byte{}}
	for {
		m, err := dealer.Recv(soon)
		if err != nil {
			return 0, err
		}
		u, err := parse(m)
		if err != nil {
			return 0, err
		}
		if u.key == kThxBai {
			s.seq = u.seq
			break
		}
		s.entries[u.key] = u.value
	}
	c.onSnapshot(ctx, s)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = maps.Clone(s.entries) // the other one is onSnapshot's
	return s.seq, nil
}

func (c *client) apply(u update) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(u.value) == 0 {
		delete(c.entries, u.key)
	} else {
		c.entries[u.key] = u.value
	}
}
