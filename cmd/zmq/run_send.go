package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/opt"
)

// runSend sends the input.
func (c *socketCommand) runSend(ctx context.Context, s *session, args []string) error {
	if err := c.waitForPeers(ctx, s); err != nil {
		return err
	}
	f, err := c.in.feed(ctx, c.app, args, c.count)
	if err != nil {
		return err
	}
	total := int64(-1)
	if c.count > 0 {
		total = int64(c.count)
	}
	t := c.startTraffic("sent", c.progress, false, total)
	defer t.end(c.app)
	if err := c.sendAll(ctx, s, f, t); err != nil || t.messages.Load() == 0 {
		return err
	}
	return c.waitUntilReached(ctx, s)
}

// sendAll sends until the feed ends.
func (c *socketCommand) sendAll(ctx context.Context, s *session, f *feed, t *traffic) error {
	p := newPace(c.rate)
	msgs := make([]zmq.Msg, feedMessages)
	for {
		batch, err := f.take(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for len(batch) > 0 {
			n := len(batch)
			if p.every > 0 {
				n = 1
				if err := p.wait(ctx); err != nil {
					return err
				}
			}
			n = min(n, len(msgs))
			if err := c.sendBatch(ctx, s, msgs[:n], batch[:n], t); err != nil {
				return err
			}
			batch = batch[n:]
		}
	}
}

// sendBatch sends messages by way of msgs, which has room for as many.
func (c *socketCommand) sendBatch(ctx context.Context, s *session, msgs []zmq.Msg, batch [][][]byte, t *traffic) error {
	var bad error
	for i, frames := range batch {
		msgs[i].Reset()
		if bad = c.fill(&msgs[i], frames); bad != nil {
			msgs = msgs[:i] // those before are good
			break
		}
	}
	for len(msgs) > 0 {
		n, err := s.sock.SendBatch(ctx, msgs)
		for i := range n {
			t.add(batch[i])
		}
		switch {
		case err == nil:
			return bad
		case errors.Is(err, zmq.ErrHostUnreachable) && c.routes:
			c.Warn("nobody has the routing id %.60q, so that message is dropped", batch[n][0])
			n++
		default:
			return c.tooSlow(s, "nobody took the message at", err)
		}
		msgs, batch = msgs[n:], batch[n:]
	}
	return bad
}

// fill makes a message of what was read.
func (c *socketCommand) fill(m *zmq.Msg, frames [][]byte) error {
	switch {
	case c.group != "":
		frames = append([][]byte{[]byte(c.group)}, frames...)
	case c.peer != nil && len(frames) == 1:
		frames = append([][]byte{c.peer}, frames...)
	}
	return c.kind.fill(m, frames)
}

// tooSlow says what did not happen, for an error that is a timeout.
func (c *socketCommand) tooSlow(s *session, what string, err error) error {
	if timedOut(err) {
		return timeoutf("%s %s within %s%s", what, s.where, c.timeout, s.report.because())
	}
	return err
}

// waitUntilReached waits for a peer of a socket that only connects and has not
// found any: what was sent waits for it. The socket could be closed instead,
// but then nobody would learn why it takes so long.
func (c *socketCommand) waitUntilReached(ctx context.Context, s *session) error {
	if len(c.bind) > 0 || s.report.seen() || strings.HasPrefix(c.connect[0], "udp:") {
		return nil
	}
	c.Detail("everything is sent; waiting for a peer at %s", s.where)
	ctx, most, cancel := c.atMost(ctx)
	defer cancel()
	select {
	case <-s.report.reached:
		return nil
	case <-ctx.Done():
	}
	if timedOut(ctx.Err()) {
		return timeoutf("what was sent has not reached %s within %s%s", s.where, most, s.report.because())
	}
	return ctx.Err()
}

// atMost bounds a wait at the end by --linger and --timeout.
func (c *socketCommand) atMost(ctx context.Context) (context.Context, time.Duration, context.CancelFunc) {
	most := c.linger
	if c.timeout != units.Forever && (most == units.Forever || c.timeout < most) {
		most = c.timeout
	}
	if most == units.Forever {
		return ctx, most, func() {}
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	return ctx, most, cancel
}

// waitForPeers waits until who is to get the messages is there.
func (c *socketCommand) waitForPeers(ctx context.Context, s *session) error {
	who := "peer"
	if c.typ == zmq.PUB {
		who = "subscriber"
	}
	soon := time.AfterFunc(time.Second, func() {
		c.Note("waiting for a %s at %s; --wait 0 does not wait", who, s.where)
	})
	defer soon.Stop()
	waiting := ctx
	if c.timeout != units.Forever {
		var cancel context.CancelFunc
		waiting, cancel = context.WithTimeout(ctx, c.timeout)
		defer cancel()
	}
	var err error
	switch {
	case c.typ == zmq.PUB:
		err = c.waitForSubscribers(waiting, s.sock)
	case c.wait > 0:
		if err = s.sock.WaitPeers(waiting, c.wait); err == nil {
			// The I/O thread knows them; reading the events makes the socket
			// itself look too, so that a ROUTER reaches them at once.
			_, err = opt.Events.Get(s.sock)
		}
		if err == nil && c.typ == zmq.RADIO {
			err = pause(waiting, timeToJoin)
		}
	}
	return c.tooSlow(s, "no "+who+" at", err)
}

// timeToJoin is what a RADIO gives to its peers: which groups they join follows
// the handshake, and nothing tells when.
const timeToJoin = 200 * time.Millisecond

// waitForSubscribers counts subscriptions. Those that come later are read and
// dropped: an XPUB keeps them otherwise.
func (c *socketCommand) waitForSubscribers(ctx context.Context, sock *zmq.Socket) error {
	var m zmq.Msg
	for n := 0; n < c.wait; {
		if err := sock.RecvMsg(ctx, &m); err != nil {
			return err
		}
		if f := m.Frame(0); len(f) > 0 && f[0] == 1 {
			n++
		}
	}
	go func() {
		// It ends with the socket, and has nothing to say then.
		for m, err := range sock.Messages(context.WithoutCancel(ctx)) {
			_, _ = m, err
		}
	}()
	return nil
}
