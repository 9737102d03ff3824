package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/stream"
)

// receiveStream writes a stream to stdout.
func (c *socketCommand) receiveStream(ctx context.Context, s *session) error {
	t := c.startTraffic("received", c.progress, true, -1)
	defer t.end(c.app)
	var in stream.Receiver
	err := c.receiveBlocks(ctx, s, &in, t)
	if c.typ == zmq.PAIR && !errors.Is(err, errSenderLost) {
		if telling := s.sock.Send(context.WithoutCancel(ctx), in.Confirm(err)...); telling != nil {
			err = errors.Join(err, fmt.Errorf("confirm the stream: %w", telling))
		}
	}
	return err
}

var (
	errSenderLost = errors.New("the sender has gone before the end of the stream")
	errReaderGone = errors.New("the reader of stdout has gone before the end of the stream")
)

func (c *socketCommand) receiveBlocks(ctx context.Context, s *session, in *stream.Receiver, t *traffic) error {
	watched, _ := s.watchPeers(ctx)
	var m zmq.Msg
	for !in.Ended() {
		err := s.sock.RecvMsg(watched, &m)
		if err != nil && lost(watched) {
			// What it sent before it went is still there.
			if err = s.sock.TryRecv(&m); err != nil && in.Received() == 0 {
				watched, _ = s.watchPeers(ctx) // that was somebody else
				continue
			}
			if err != nil {
				return fmt.Errorf("%w, after %d bytes", errSenderLost, in.Received())
			}
		}
		if err != nil {
			return c.tooSlow(s, "no block from", err)
		}
		b, err := in.Take(m.Frames())
		if err != nil {
			return err
		}
		if _, err := c.app.out.Write(b); errors.Is(err, syscall.EPIPE) {
			return errReaderGone
		} else if err != nil {
			return fmt.Errorf("write to stdout after %d bytes: %w", in.Received()-uint64(len(b)), err)
		}
		t.add([][]byte{b})
	}
	return nil
}
