package main

import (
	"context"
	"errors"

	zmq "gozmq"
)

// runReceive prints what comes.
func (c *socketCommand) runReceive(ctx context.Context, s *session) error {
	total := int64(-1)
	if c.count > 0 {
		total = int64(c.count)
	}
	t := c.startTraffic("received", c.progress, false, total)
	defer t.end(c.app)
	return c.receiveAll(ctx, s, t)
}

// receiveBatch is how many messages are taken at once, at most.
const receiveBatch = 64

// receiveAll prints messages until the count is reached.
func (c *socketCommand) receiveAll(ctx context.Context, s *session, t *traffic) error {
	p, err := c.out.printer(c.app, c.kind)
	if err != nil {
		return err
	}
	msgs := make([]zmq.Msg, receiveBatch)
	for left := c.count; c.count == 0 || left > 0; {
		most := len(msgs)
		if c.count > 0 {
			most = min(most, left)
		}
		n, err := s.sock.RecvBatch(ctx, msgs[:most])
		if err != nil {
			return c.tooSlow(s, "no message from", err)
		}
		for i := range msgs[:n] {
			t.add(msgs[i].Frames())
			if err := p.print(&msgs[i]); err != nil {
				return err
			}
		}
		if err := p.flush(); err != nil {
			return err
		}
		left -= n
	}
	return nil
}

// runBoth sends and receives at once, until the count is reached and the input
// is sent.
func (c *socketCommand) runBoth(ctx context.Context, s *session, args []string) error {
	if err := c.waitForPeers(ctx, s); err != nil {
		return err
	}
	endless := c.in.endless(args)
	f, err := c.in.feed(ctx, c.app, args, 0)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	sent := make(chan error, 1)
	go func() {
		err := c.sendAll(ctx, s, f, c.startTraffic("sent", false, false, -1))
		if err != nil {
			cancel(err)
		}
		sent <- err
	}()
	t := c.startTraffic("received", c.progress, false, -1)
	defer t.end(c.app)
	received := c.receiveAll(ctx, s, t)
	if received != nil || endless {
		cancel(received)
	}
	if err := <-sent; err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return received
}
