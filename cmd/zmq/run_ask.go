package main

import (
	"context"
	"io"

	zmq "gozmq"
)

// runAsk sends each message of the input as a request and prints its reply.
func (c *socketCommand) runAsk(ctx context.Context, s *session, args []string) error {
	p, err := c.out.printer(c.app, c.kind)
	if err != nil {
		return err
	}
	if err := c.waitForPeers(ctx, s); err != nil {
		return err
	}
	f, err := c.in.feed(ctx, c.app, args, c.count)
	if err != nil {
		return err
	}
	t := c.startTraffic("received", c.progress, false, -1)
	defer t.end(c.app)
	turns := newPace(c.rate)
	var reply zmq.Msg
	for {
		request, err := f.next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := turns.wait(ctx); err != nil {
			return err
		}
		if err := s.sock.Send(ctx, request...); err != nil {
			return c.tooSlow(s, "nobody took the request at", err)
		}
		if err := s.sock.RecvMsg(ctx, &reply); err != nil {
			return c.tooSlow(s, "no reply from", err)
		}
		t.add(reply.Frames())
		if err := p.printNow(&reply); err != nil {
			return err
		}
	}
}
