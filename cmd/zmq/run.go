package main

import (
	"context"
	"errors"
	"strconv"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/opt"
)

// work opens the socket, does what the command is for, and ends in order.
func (c *socketCommand) work(ctx context.Context, args []string) (err error) {
	// A stream only minds when there is more to write: tar leaves before the end.
	ctx, stop := watchOutput(ctx, c.manner != sends && !c.sendOnly && !c.stream)
	defer stop()
	s, err := c.openSocket(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if gone := context.Cause(ctx); errors.Is(gone, errOutputGone) {
			err = gone
		}
		if timedOut(err) {
			// Enough was waited, also for what was sent.
			err = errors.Join(err, s.sock.Set(opt.Linger.To(0)))
		}
		err = errors.Join(err, s.close(ctx, max(c.timeout, 0)))
	}()
	switch {
	case c.stream:
		return c.runStream(ctx, s)
	case c.manner == sends, c.sendOnly:
		return c.runSend(ctx, s, args)
	case c.manner == receives, c.recvOnly:
		return c.endless(ctx, c.runReceive(ctx, s))
	case c.manner == asks:
		return c.runAsk(ctx, s, args)
	case c.manner == answers, c.echo, c.exec != "":
		return c.endless(ctx, c.runAnswer(ctx, s, args))
	}
	return c.endless(ctx, c.runBoth(ctx, s, args))
}

// endless makes a signal the regular end of a command that nothing else ends.
func (c *socketCommand) endless(ctx context.Context, err error) error {
	if c.count == 0 {
		return untilStopped(ctx, err)
	}
	return err
}

// openSocket makes the socket with what its type and the flags ask for.
func (c *socketCommand) openSocket(ctx context.Context) (*session, error) {
	settings := c.typeSettings()
	if c.timeout != units.Forever {
		if c.manner != receives {
			settings = append(settings, opt.SendTimeout.To(c.timeout))
		}
		if c.manner != sends {
			settings = append(settings, opt.RecvTimeout.To(c.timeout))
		}
	}
	if c.stream {
		settings = append(settings, c.streamSettings()...)
	}
	typ := c.typ
	if typ == zmq.PUB {
		typ = zmq.XPUB // it sends alike, but knows its subscribers, and can wait for them
	}
	if c.typ != zmq.PEER || len(c.connect) != 1 {
		return c.open(typ, &c.connection, c.prepare, settings...)
	}
	// Connecting is what tells the id of the peer.
	bound := c.connection
	bound.connect = nil
	s, err := c.open(typ, &bound, c.prepare, settings...)
	if err != nil {
		return nil, err
	}
	s.where = at(c.bind, c.connect)
	id, err := s.sock.ConnectPeer(c.connect[0])
	if err != nil {
		return nil, errors.Join(err, s.close(ctx, 0))
	}
	c.peer = strconv.AppendUint(nil, uint64(id), 10)
	return s, nil
}

// typeSettings are those that make a type behave as its command says.
func (c *socketCommand) typeSettings() []zmq.Setting {
	switch c.typ {
	case zmq.PUB:
		return []zmq.Setting{opt.XPubVerbose.To(true), opt.XPubNoDrop.To(!c.drop)}
	case zmq.ROUTER:
		return []zmq.Setting{opt.RouterMandatory.To(true)}
	case zmq.STREAM:
		if len(c.connect) == 1 {
			c.peer = []byte("peer")
			return []zmq.Setting{opt.ConnectRoutingID.To(string(c.peer))}
		}
	}
	return nil
}

// prepare does what comes before Bind and Connect.
func (c *socketCommand) prepare(sock *zmq.Socket) error {
	if c.typ == zmq.SUB {
		if err := sock.Subscribe(c.subscribe...); err != nil {
			return err
		}
	}
	if c.typ == zmq.XSUB {
		for _, topic := range c.subscribe {
			if err := sock.Send(context.Background(), []byte("\x01"+topic)); err != nil {
				return err
			}
		}
	}
	if len(c.join) > 0 {
		return sock.Join(c.join...)
	}
	return nil
}
