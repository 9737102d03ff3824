package main

import (
	"context"
	"errors"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// errSilent: the queue was not heard for too long.
var errSilent = errors.New("the queue is silent")

// worker answers requests until ctx ends. When the queue is silent it begins
// anew, after a time that is longer each time that this does not help.
func worker(ctx context.Context, zctx *zmq.Context, queueAt string, beat time.Duration, answer func([]byte) []byte) error {
	pause := beat
	for {
		heard, err := session(ctx, zctx, queueAt, beat, answer)
		if !errors.Is(err, errSilent) {
			return err
		}
		if heard {
			pause = beat
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
		pause = min(2*pause, 32*beat)
	}
}

// session is one connection to the queue, until that is silent. It says whether
// the queue was heard at all.
func session(ctx context.Context, zctx *zmq.Context, queueAt string, beat time.Duration, answer func([]byte) []byte) (heard bool, err error) {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	dealer := socks.Connect(zmq.DEALER, queueAt, opt.Linger.To(0))
	if err := socks.Err(); err != nil {
		return false, err
	}
	if err := dealer.Send(ctx, []byte(ready)); err != nil {
		return false, err
	}
	inbox, answered := socks.Inbox(dealer), make(chan [][]byte)
	clock := time.NewTicker(beat)
	defer clock.Stop()
	silence := time.NewTimer(liveness * beat)
	defer silence.Stop()

	loop := func(ctx context.Context) error {
		for {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-silence.C:
				return errSilent
			case m := <-inbox: // [heartbeat] or [client, ..., empty, body]
				heard = true
				silence.Reset(liveness * beat)
				if m.Len() == 1 {
					continue
				}
				// The queue sends a request only to a worker that is idle, so
				// one goroutine works at a time.
				go func() {
					reply := m.Frames()
					reply[len(reply)-1] = answer(reply[len(reply)-1])
					select {
					case answered <- reply:
					case <-ctx.Done():
					}
				}()
			case reply := <-answered:
				if err := dealer.Send(ctx, reply...); err != nil {
					return err
				}
			case <-clock.C:
				if err := dealer.Send(ctx, []byte(heartbeat)); err != nil {
					return err
				}
			}
		}
	}
	err = run.With(ctx, loop, socks.Receive)
	return heard, err
}
