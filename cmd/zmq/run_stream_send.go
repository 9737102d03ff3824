package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/stream"
	"gozmq/opt"
)

// sendStream sends the input as a stream.
func (c *socketCommand) sendStream(ctx context.Context, s *session) error {
	c.wait = max(c.wait, 1)
	watched, peers := s.watchPeers(ctx)
	if err := c.waitForPeers(watched, s); err != nil {
		return err
	}
	in, total, err := c.openStream()
	if err != nil {
		return err
	}
	t := c.startTraffic("sent", c.progress, true, total)
	defer t.end(c.app)
	out := stream.NewSender()
	if err := c.sendBlocks(watched, s, in, out, t); err != nil {
		return c.breakStream(watched, s, out, err)
	}
	gone := peers.count() // who goes later may have everything
	if err := s.sock.Send(watched, out.End()...); err != nil {
		return c.breakStream(watched, s, out, err)
	}
	if c.typ == zmq.PAIR {
		return c.confirmed(watched, s, out)
	}
	if gone > 0 && !lost(watched) {
		return fmt.Errorf("%d of the receivers have gone before the end of the stream", gone)
	}
	return c.waitUntilLeft(watched, s)
}

// waitUntilLeft waits until the receivers have gone, which they do when they
// have everything. The socket stays open for that: once it is closed, nobody
// learns that a receiver has gone that did not take everything.
func (c *socketCommand) waitUntilLeft(watched context.Context, s *session) error {
	soon := time.AfterFunc(time.Second, func() { c.Note("waiting until %s has taken everything and left", s.where) })
	defer soon.Stop()
	ctx, most, cancel := c.atMost(watched)
	defer cancel()
	<-ctx.Done()
	switch {
	case lost(watched):
		s.peersLeft = true
		return s.sock.Set(opt.Linger.To(graceForNobody))
	case timedOut(ctx.Err()):
		return timeoutf("the receiver at %s has not left within %s of the end of the stream", s.where, most)
	}
	return ctx.Err()
}

// openStream opens the files one after the other, or stdin, and says how long
// they are, or -1.
func (c *socketCommand) openStream() (in io.Reader, total int64, err error) {
	files := c.in.files
	if len(files) == 0 {
		files = []string{"-"}
	}
	var all []io.Reader
	for _, name := range files {
		f, err := openInput(name)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, f)
		info, err := f.Stat()
		switch {
		case err != nil:
			return nil, 0, err
		case info.IsDir():
			return nil, 0, fmt.Errorf("%s is a folder: pipe tar c into --stream", name)
		case !info.Mode().IsRegular():
			total = -1
		case total >= 0:
			total += info.Size()
		}
	}
	return io.MultiReader(all...), total, nil
}

// block is what one read gave.
type block struct {
	bytes []byte
	err   error // io.EOF at the end
}

// readBlocks reads into two buffers in turn: while one is sent, the other is
// filled. A buffer is used again when it comes back through free.
func readBlocks(ctx context.Context, in io.Reader, size int64) (blocks <-chan block, free chan<- []byte) {
	full, empty := make(chan block), make(chan []byte, 2)
	empty <- make([]byte, size)
	empty <- make([]byte, size)
	go func() {
		for {
			var buf []byte
			select {
			case buf = <-empty:
			case <-ctx.Done():
				return
			}
			n, err := in.Read(buf)
			select {
			case full <- block{buf[:n], err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return full, empty
}

// sendBlocks sends the input to its end.
func (c *socketCommand) sendBlocks(ctx context.Context, s *session, in io.Reader, out *stream.Sender, t *traffic) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	blocks, free := readBlocks(ctx, in, c.blockSize())
	for {
		var b block
		select {
		case b = <-blocks:
		case <-ctx.Done():
			return ctx.Err()
		}
		if n, err := s.sock.Peers(); err == nil && n > 1 && c.typ == zmq.PUSH {
			return wrongPeers(n)
		}
		if len(b.bytes) > 0 {
			m := out.Block(b.bytes)
			if err := s.sock.Send(ctx, m...); err != nil {
				return err
			}
			t.add(m[1:])
		}
		switch b.err {
		case nil:
			free <- b.bytes[:cap(b.bytes)]
		case io.EOF:
			return nil
		default:
			return fmt.Errorf("read the input: %w", b.err)
		}
	}
}

// breakStream tells the receivers, if there are any, that the stream is not
// complete, and says why.
func (c *socketCommand) breakStream(ctx context.Context, s *session, out *stream.Sender, err error) error {
	if lost(ctx) {
		err := fmt.Errorf("the receiver at %s has gone after %d bytes, before the end of the stream", s.where, out.Sent())
		var last zmq.Msg
		if c.typ == zmq.PAIR && s.sock.TryRecv(&last) == nil {
			err = cmp.Or(out.Confirmed(last.Frames()), err) // it said why
		}
		// The rest is of no use to another one.
		return errors.Join(err, s.sock.Set(opt.Linger.To(0)))
	}
	soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	why := err
	if ctx.Err() != nil {
		why = errors.New("it was stopped")
	}
	peers := 1
	if n, counting := s.sock.Peers(); counting == nil && c.typ == zmq.PUSH {
		peers = n // one for each: a PUSH sends in turn
	}
	for range peers {
		if telling := s.sock.Send(soon, out.Break(why)...); telling != nil {
			c.Detail("the receiver was not told of the end: %v", telling)
			break
		}
	}
	return c.tooSlow(s, "no block was taken at", err)
}

// confirmed waits until the receiver has written everything.
func (c *socketCommand) confirmed(ctx context.Context, s *session, out *stream.Sender) error {
	var answer zmq.Msg
	err := s.sock.RecvMsg(ctx, &answer)
	if err != nil && lost(ctx) {
		err = s.sock.TryRecv(&answer) // what it said before it went
	}
	switch {
	case errors.Is(err, zmq.ErrAgain):
		return errors.New(confirmation + ": it has gone")
	case timedOut(err):
		return timeoutf("%s within %s", confirmation, c.timeout)
	case err != nil:
		return err
	}
	return out.Confirmed(answer.Frames())
}
