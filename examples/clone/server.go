package main

import (
	"context"
	"errors"
	"time"

	zmq "gozmq"
	"gozmq/examples/binarystar/bstar"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// endpoints are where one server binds.
type endpoints struct {
	snapshot  string // clients ask for all there is
	publisher string // clients hear of updates
	collector string // clients send updates
	state     string // the other server hears what this one does
}

// reportFunc is told what a server does and the number of the last update that
// it knows, when either changes.
type reportFunc func(active bool, seq uint64)

// server keeps the table, until ctx ends. It is one of a pair: role says which.
func server(ctx context.Context, zctx *zmq.Context, role bstar.Role, own, peer endpoints, beat time.Duration, report reportFunc) error {
	star := bstar.New(role, beat)
	copies := make(chan snapshot)
	updates := make(chan update)
	return run.All(ctx,
		func(ctx context.Context) error { return star.Run(ctx, zctx, own.state, peer.state) },
		func(ctx context.Context) error { return followPeer(ctx, zctx, star, peer, beat, copies, updates) },
		func(ctx context.Context) error { return serve(ctx, zctx, star, own, beat, copies, updates, report) },
	)
}

// followPeer is a client of the other server while this one is passive. It hands
// on what it hears.
func followPeer(ctx context.Context, zctx *zmq.Context, star *bstar.Star, peer endpoints, beat time.Duration, copies chan<- snapshot, updates chan<- update) error {
	for {
		state, changed := star.Watch()
		untilChange := func(ctx context.Context) error {
			select {
			case <-changed:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		follow := func(ctx context.Context) error {
			if state != bstar.Passive {
				return nil
			}
			c := newClient(zctx, []endpoints{peer}, "", beat)
			c.onSnapshot = func(ctx context.Context, s snapshot) { hand(ctx, copies, s) }
			c.onUpdate = func(ctx context.Context, u update) { hand(ctx, updates, u) }
			return c.run(ctx)
		}
		if err := run.With(ctx, untilChange, follow); err != nil {
			return err
		}
	}
}

// hand sends to a channel, unless ctx ends.
func hand[T any](ctx context.Context, ch chan<- T, v T) {
	select {
	case ch <- v:
	case <-ctx.Done():
	}
}

// serve is the server's one loop: whoever changes or reads the table is here.
func serve(ctx context.Context, zctx *zmq.Context, star *bstar.Star, own endpoints, beat time.Duration, copies <-chan snapshot, updates <-chan update, report reportFunc) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	router := socks.Bind(zmq.ROUTER, own.snapshot, opt.Linger.To(0), opt.SendHWM.To(0))
	// An XPUB hears of new subscribers, and greets them at once.
	pub := socks.Bind(zmq.XPUB, own.publisher, opt.Linger.To(0), opt.SendHWM.To(0), opt.XPubVerbose.To(true))
	collector := socks.Bind(zmq.SUB, own.collector)
	if err := socks.Err(); err != nil {
		return err
	}
	if err := collector.Subscribe(""); err != nil {
		return err
	}
	requests, greetings, changes := socks.Inbox(router), socks.Inbox(pub), socks.Inbox(collector)
	clock := time.NewTicker(beat)
	defer clock.Stop()

	loop := func(ctx context.Context) error {
		t := newTable(func(u update) error { return pub.Send(ctx, u.frames()...) })
		hug := func() error { return pub.Send(ctx, update{key: hugz}.frames()...) }
		for {
			active, seq := t.active, t.seq
			state, changed := star.Watch()
			if state == bstar.Active {
				t.takeOver()
			}
			var err error
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-changed:
			case s := <-copies:
				t.replace(s)
			case u := <-updates:
				t.follow(u, time.Now())
			case m := <-changes:
				if u, invalid := parse(m.Frames()); invalid == nil {
					err = t.fromClient(u, time.Now())
				}
			case <-greetings:
				err = hug()
			case m := <-requests: // [client, ICANHAZ?, subtree]
				if m.Len() != 3 || string(m.Frame(1)) != iCanHaz || !star.Serves() {
					continue // the client will ask the other server
				}
				t.takeOver()
				err = t.snapshot(string(m.Frame(2)), func(u update) error {
					return router.Send(ctx, append([][]byte{m.Frame(0)}, u.frames()...)...)
				})
			case now := <-clock.C:
				// Only the active server shows that it lives: who listens to
				// the other one is to leave it.
				if t.active {
					err = errors.Join(t.tick(now), hug())
				}
			}
			if err != nil {
				return err
			}
			if t.active != active || t.seq != seq {
				report(t.active, t.seq)
			}
		}
	}
	return run.With(ctx, loop, socks.Receive)
}
