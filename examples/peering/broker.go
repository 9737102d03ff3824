package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// ready is what a worker says first.
const ready = "\x01"

// place tells where a socket of a cluster is, such as that for its "clients".
type place func(cluster, what string) (endpoint string)

// broker is the middle of one cluster. Only the goroutine of route uses it.
type broker struct {
	name string

	clients *zmq.Socket // requests of our clients
	workers *zmq.Socket // our workers
	guests  *zmq.Socket // requests of other clusters: their overflow
	hosts   *zmq.Socket // our overflow, to other clusters
	state   *zmq.Socket // publishes how many of our workers are idle

	idle  [][]byte       // our workers that are idle, the longest first
	peers map[string]int // how many workers of other clusters are, as they say
}

// inbox has a channel for each socket that a broker reads.
type inbox struct {
	requests <-chan *zmq.Msg // of our clients
	overflow <-chan *zmq.Msg // requests of other clusters
	local    <-chan *zmq.Msg // what our workers say
	cloud    <-chan *zmq.Msg // replies of other clusters
	states   <-chan *zmq.Msg // of other clusters
}

// runBroker is the broker of cluster name, until ctx ends.
func runBroker(ctx context.Context, zctx *zmq.Context, name string, peers []string, at place) error {
	// Both ends of the cloud are ROUTERs. Each cluster's have its name as their
	// routing id, so that a message is sent to a cluster by its name. A cluster
	// that is not there is an error, with RouterMandatory, and not a lost request.
	id := opt.RoutingID.To(name)
	socks := socket.NewSet(zctx)
	defer socks.Close()
	b := &broker{
		name:    name,
		clients: socks.Bind(zmq.ROUTER, at(name, "clients")),
		workers: socks.Bind(zmq.ROUTER, at(name, "workers")),
		guests:  socks.Bind(zmq.ROUTER, at(name, "cloud"), id),
		hosts:   socks.New(zmq.ROUTER, id, opt.RouterMandatory.To(true)),
		state:   socks.Bind(zmq.PUB, at(name, "state")),
		peers:   map[string]int{},
	}
	states := socks.New(zmq.SUB)
	if err := socks.Err(); err != nil {
		return err
	}
	for _, peer := range peers {
		b.peers[peer] = 0
		if err := errors.Join(
			states.Connect(at(peer, "state")), b.hosts.Connect(at(peer, "cloud")),
		); err != nil {
			return err
		}
	}
	if err := states.Subscribe(""); err != nil {
		return err
	}

	in := inbox{
		requests: socks.Inbox(b.clients),
		overflow: socks.Inbox(b.guests),
		local:    socks.Inbox(b.workers),
		cloud:    socks.Inbox(b.hosts),
		states:   socks.Inbox(states),
	}
	return run.With(ctx, func(ctx context.Context) error { return b.route(ctx, in) }, socks.Receive)
}

// route passes on whatever comes, until ctx ends. A request is taken only when
// somebody can work on it: until then its channel is nil, which select skips.
func (b *broker) route(ctx context.Context, in inbox) error {
	// The state is told when it changes, and again and again to those who were
	// not there or could not be reached.
	clock := time.NewTicker(100 * time.Millisecond)
	defer clock.Stop()
	var held [][]byte // a request whose cluster had gone
	for {
		var requests, overflow <-chan *zmq.Msg
		switch {
		case held != nil && b.capacity():
			request := held
			held = nil
			if err := b.assign(ctx, request, &held); err != nil {
				return err
			}
			continue
		case held != nil:
		case len(b.idle) > 0:
			requests, overflow = in.requests, in.overflow
		case b.capacity():
			requests = in.requests // never overflow: a request moves once
		}

		idle := len(b.idle)
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m := <-requests:
			err = b.assign(ctx, m.Frames(), &held)
		case m := <-overflow:
			err = b.assign(ctx, m.Frames(), &held)
		case m := <-in.local: // [worker, empty, ready] or [worker, empty, reply...]
			if m.Len() < 3 {
				continue // that is no worker
			}
			b.idle = append(b.idle, m.Frame(0))
			if string(m.Frame(2)) != ready {
				err = b.reply(ctx, m.Frames()[2:])
			}
		case m := <-in.cloud: // [cluster, reply...]
			err = b.clients.Send(ctx, m.Frames()[1:]...)
		case m := <-in.states: // [cluster, idle workers]
			peer := string(m.Frame(0))
			n, invalid := strconv.Atoi(string(m.Frame(1)))
			if _, known := b.peers[peer]; known && invalid == nil {
				b.peers[peer] = n
			}
		case <-clock.C:
			idle = -1 // as if it had changed
		}
		if err == nil && idle != len(b.idle) {
			err = b.state.Send(ctx, []byte(b.name), strconv.AppendInt(nil, int64(len(b.idle)), 10))
		}
		if err != nil {
			return err
		}
	}
}

// capacity reports whether anybody could work on a request of our clients.
func (b *broker) capacity() bool {
	for _, n := range b.peers {
		if n > 0 {
			return true
		}
	}
	return len(b.idle) > 0
}

// assign gives a request to one of our workers or else to another cluster. When
// that has just gone and there is no other, the request is held.
func (b *broker) assign(ctx context.Context, request [][]byte, held *[][]byte) error {
	if len(b.idle) > 0 {
		worker := b.idle[0]
		b.idle = b.idle[1:]
		return b.workers.Send(ctx, append([][]byte{worker, nil}, request...)...)
	}
	for peer, n := range b.peers { // in an order that is different each time
		if n == 0 {
			continue
		}
		b.peers[peer] = n - 1 // until it tells us better
		err := b.hosts.Send(ctx, append([][]byte{[]byte(peer)}, request...)...)
		if !errors.Is(err, zmq.ErrHostUnreachable) {
			return err
		}
		b.peers[peer] = 0
	}
	*held = request
	return nil
}

// reply sends a reply of our workers to where its request came from: a cluster
// that we know by name, or one of our clients.
func (b *broker) reply(ctx context.Context, reply [][]byte) error {
	if _, known := b.peers[string(reply[0])]; known {
		return b.guests.Send(ctx, reply...)
	}
	return b.clients.Send(ctx, reply...)
}
