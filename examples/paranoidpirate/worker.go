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

// answerFunc works on a request. It returns when ctx ends: the queue is lost.
type answerFunc func(ctx context.Context, request []byte) []byte

// worker answers requests until ctx ends. When the queue is silent it begins
// anew, after a time that is longer each time that this does not help.
func worker(ctx context.Context, zctx *zmq.Context, queueAt string, beat time.Duration, answer answerFunc) error {
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
func session(ctx context.Context, zctx *zmq.Context, queueAt string, beat time.Duration, answer answerFunc) (heard bool, err error) {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	dealer := socks.Connect(zmq.DEALER, queueAt, opt.Linger.To(0))
	if err := socks.Err(); err != nil {
		return false, err
	}
	inbox, work := socks.Inbox(dealer), make(chan [][]byte)
	err = run.With(ctx,
		func(ctx context.Context) error { return listen(ctx, dealer, inbox, beat, work, &heard) },
		func(ctx context.Context) error { return answerAll(ctx, dealer, work, answer) },
		socks.Receive)
	return heard, err
}

// listen reports to the queue, sends heartbeats and hands over requests, until
// the queue is silent.
func listen(ctx context.Context, dealer *zmq.Socket, inbox <-chan *zmq.Msg, beat time.Duration, work chan<- [][]byte, heard *bool) error {
	if err := dealer.Send(ctx, []byte(ready)); err != nil {
		return err
	}
	clock := time.NewTicker(beat)
	defer clock.Stop()
	silence := time.NewTimer(liveness * beat)
	defer silence.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-silence.C:
			return errSilent
		case m := <-inbox: // [heartbeat] or [client, ..., empty, body]
			*heard = true
			silence.Reset(liveness * beat)
			if m.Len() == 1 {
				continue
			}
			// This does not wait: only a worker that is idle gets a request.
			select {
			case work <- m.Frames():
			case <-ctx.Done():
				return ctx.Err()
			}
		case <-clock.C:
			if err := dealer.Send(ctx, []byte(heartbeat)); err != nil {
				return err
			}
		}
	}
}

// answerAll works on requests, until ctx ends.
func answerAll(ctx context.Context, dealer *zmq.Socket, work <-chan [][]byte, answer answerFunc) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case request := <-work:
			body := len(request) - 1
			request[body] = answer(ctx, request[body])
			if err := dealer.Send(ctx, request...); err != nil {
				return err
			}
		}
	}
}
