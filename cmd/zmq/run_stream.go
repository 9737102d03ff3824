package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	zmq "gozmq"
	"gozmq/opt"
)

const streamHelp = `--stream carries one stream of bytes, whatever they are, instead of messages:

  zmq pull --bind :5555 --stream | tar x          # here
  tar c . | zmq push --connect here:5555 --stream # there

The stream goes in blocks of --block (64KiB) as they are read, at most 8 MiB of
them wait on each side, and the sender waits for the receiver: nothing is
dropped, and memory stays the same however long the stream is. It ends with the
sender's input. The receiver then leaves, with 0, and the sender waits for that.
The receiver ends with 1 if anything is missing, if the sender breaks off or goes
away, or if two senders mix, and the sender with 1 if its receiver goes away
earlier.

  push, pull   one sender, one receiver. The sender's 0 means that everything
               was handed over.
  pair         the same, and the receiver confirms: the sender's 0 means that
               everything is written there. One side has --send-only, the other
               --recv-only.
  pub, sub     one sender, several receivers: --wait 3 begins with three of them,
               who all get everything. The slowest sets the pace.

For other programs: a message has two frames, a head of 20 bytes and a block.
The head is "ZST1", 8 bytes that are the same in the whole stream, and the
offset of the block in 8 bytes, high byte first. An empty block is the end; a
third frame behind it says why the sender broke off. After the end the receiver
closes its socket; that of a pair first sends the last message back.`

const (
	streamBlock  = 64 << 10
	streamQueue  = 8 << 20 // bytes that wait on each side, about
	confirmation = "the receiver has not confirmed the stream"
)

// streamSettings bound what waits.
func (c *socketCommand) streamSettings() []zmq.Setting {
	n := int(max(2, streamQueue/c.blockSize()))
	return []zmq.Setting{opt.SendHWM.To(n), opt.RecvHWM.To(n)}
}

func (c *socketCommand) blockSize() int64 {
	if c.in.block > 0 {
		return c.in.block
	}
	return streamBlock
}

// resolveStream checks the flags of --stream.
func (c *socketCommand) resolveStream(changed func(string) bool, args []string) error {
	for _, flag := range []string{"count", "format", "in-format", "out-format", "sep", "delimiter", "multipart", "meta", "rate", "max-size", "drop", "subscribe"} {
		if changed(flag) {
			return usagef("--stream carries bytes, not messages: --%s has no meaning with it", flag)
		}
	}
	switch {
	case len(args) > 0:
		return usagef("--stream reads stdin or --file, not arguments")
	case c.manner == both && !c.sendOnly && !c.recvOnly:
		return usagef("a stream goes one way: add --send-only or --recv-only")
	case c.in.block > 1<<30:
		return usagef("--block is 1GiB at most")
	}
	return nil
}

func (c *socketCommand) runStream(ctx context.Context, s *session) error {
	if c.manner == sends || c.sendOnly {
		return c.sendStream(ctx, s)
	}
	return c.receiveStream(ctx, s)
}

// errPeerLost ends a stream whose other side has gone.
var errPeerLost = errors.New("gone")

// losses counts the peers that a socket has lost.
type losses struct {
	mu   sync.Mutex
	lost int
}

// watchPeers begins to follow the peers. The context ends when the last one
// goes.
func (s *session) watchPeers(ctx context.Context) (context.Context, *losses) {
	ctx, cancel := context.WithCancelCause(ctx)
	l := &losses{}
	before, begun := 0, false
	s.report.onPeers(func(came int) {
		n, err := s.sock.Peers()
		if err != nil {
			return // the socket is closed
		}
		// All who have come, but for those that are there, have gone. Among
		// those that are there may be some whose coming is still to be
		// reported: then that report corrects the sum.
		gone := came - n
		if !begun {
			before, begun = gone, true
		}
		if gone -= before; l.note(gone) && n == 0 {
			cancel(errPeerLost)
		}
	})
	return ctx, l
}

// note takes in how many are lost, and reports whether any are.
func (l *losses) note(n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lost = max(l.lost, n)
	return l.lost > 0
}

// count is how many were lost.
func (l *losses) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lost
}

// lost reports whether a context has ended because nobody is left.
func lost(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errPeerLost) }

func wrongPeers(n int) error {
	return fmt.Errorf("%d receivers are connected, and each would get a part: push --stream is for one, pub --stream for several", n)
}
