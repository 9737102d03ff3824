package main

import (
	"context"
	"errors"
	"io"

	zmq "gozmq"
)

// answerer makes the answer to a request: frames without the envelope.
type answerer func(ctx context.Context, request [][]byte, m *zmq.Msg) ([][]byte, error)

// errNoAnswer is the end of the input while somebody waits.
var errNoAnswer = errors.New("the input has ended, and a request waits for its answer")

// runAnswer prints requests and answers them.
func (c *socketCommand) runAnswer(ctx context.Context, s *session, args []string) error {
	p, err := c.out.printer(c.app, c.kind)
	if err != nil {
		return err
	}
	answer, over, err := c.answerer(ctx, args)
	if err != nil {
		return err
	}
	t := c.startTraffic("answered", c.progress, false, -1)
	defer t.end(c.app)
	var request, reply zmq.Msg
	for n := 0; (c.count == 0 || n < c.count) && !over(); n++ {
		if err := s.sock.RecvMsg(ctx, &request); err != nil {
			return c.tooSlow(s, "no request at", err)
		}
		t.add(request.Frames())
		if err := p.printNow(&request); err != nil {
			return err
		}
		envelope, body := c.split(c.frames(&request))
		if c.typ == zmq.STREAM && len(body) == 1 && len(body[0]) == 0 {
			continue // somebody has come or gone, and asks nothing
		}
		frames, err := answer(ctx, body, &request)
		if err != nil {
			return err
		}
		reply.Reset()
		if err := c.kind.fill(&reply, append(envelope, frames...)); err != nil {
			return err
		}
		switch err := s.sock.SendMsg(ctx, &reply); {
		case errors.Is(err, zmq.ErrHostUnreachable):
			c.Warn("who asked has gone, so the answer is dropped")
		case err != nil:
			return c.tooSlow(s, "nobody took the answer at", err)
		}
	}
	return nil
}

// answerer chooses how answers are made. over reports that there will be no
// more of them.
func (c *socketCommand) answerer(ctx context.Context, args []string) (answer answerer, over func() bool, err error) {
	never := func() bool { return false }
	switch {
	case c.echo:
		return func(_ context.Context, request [][]byte, _ *zmq.Msg) ([][]byte, error) { return request, nil }, never, nil
	case c.exec != "":
		return c.runCommand, never, nil
	case len(args) > 0:
		list, err := c.in.messages(args)
		if err != nil {
			return nil, nil, err
		}
		n := 0
		return func(context.Context, [][]byte, *zmq.Msg) ([][]byte, error) {
			n++
			return list[(n-1)%len(list)], nil
		}, never, nil
	}
	f, err := c.in.feed(ctx, c.app, nil, 0)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, _ [][]byte, _ *zmq.Msg) ([][]byte, error) {
		m, err := f.next(ctx)
		if err == io.EOF {
			err = errNoAnswer
		}
		return m, err
	}, f.over, nil
}
