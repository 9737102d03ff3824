package mdp

import (
	"context"
	"errors"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// Handler does the work of one request. It may send parts of the answer with
// partial, and returns the last part; both are one frame at least. It returns
// when ctx ends: nobody waits for the answer any more.
type Handler func(ctx context.Context, request [][]byte, partial func(frames ...[]byte) error) (final [][]byte)

// errLost: the broker is silent, or wants the worker to begin anew.
var errLost = errors.New("mdp: the broker is lost")

// Work offers a service to a broker, until ctx ends: handle is called for one
// request after another. When the broker does not answer or goes away, Work
// registers again, after a time that is longer each time that this does not
// help. Beat is the time between two heartbeats, the same as the broker's.
func Work(ctx context.Context, zctx *zmq.Context, broker, service string, beat time.Duration, handle Handler) error {
	pause := beat
	for {
		began := time.Now()
		err := work(ctx, zctx, broker, service, beat, handle)
		if !errors.Is(err, errLost) {
			return err
		}
		if time.Since(began) > 2*liveness*beat {
			pause = beat // this one had worked
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
		pause = min(2*pause, 32*beat)
	}
}

// work is one registration with the broker.
func work(ctx context.Context, zctx *zmq.Context, broker, service string, beat time.Duration, handle Handler) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	dealer := socks.Connect(zmq.DEALER, broker, opt.Linger.To(0))
	if err := socks.Err(); err != nil {
		return err
	}
	if err := dealer.Send(ctx, message(nil, workerHeader, workerReady, service)...); err != nil {
		return err
	}
	inbox, requests := socks.Inbox(dealer), make(chan [][]byte)
	return run.With(ctx,
		func(ctx context.Context) error { return listen(ctx, dealer, beat, inbox, requests) },
		func(ctx context.Context) error { return answer(ctx, dealer, requests, handle) },
		socks.Receive)
}

// listen sends heartbeats and hands over requests, until the broker is lost.
func listen(ctx context.Context, dealer *zmq.Socket, beat time.Duration, inbox <-chan *zmq.Msg, requests chan<- [][]byte) error {
	clock := time.NewTicker(beat)
	defer clock.Stop()
	silence := time.NewTimer(liveness * beat)
	defer silence.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-silence.C:
			return errLost
		case <-clock.C:
			if err := dealer.Send(ctx, message(nil, workerHeader, workerHeartbeat)...); err != nil {
				return err
			}
		case m := <-inbox:
			if string(m.Frame(0)) != workerHeader {
				continue // that is no broker
			}
			silence.Reset(liveness * beat)
			switch {
			case string(m.Frame(1)) == workerDisconnect:
				return errLost
			case string(m.Frame(1)) == workerRequest && m.Len() >= 4:
				// This does not wait: only a worker that is idle gets a request.
				select {
				case requests <- m.Frames()[2:]:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
	}
}

// answer works on requests, until ctx ends. The socket is shared with listen.
func answer(ctx context.Context, dealer *zmq.Socket, requests <-chan [][]byte, handle Handler) error {
	for {
		var request [][]byte // [client, empty, body...]
		select {
		case <-ctx.Done():
			return ctx.Err()
		case request = <-requests:
		}
		send := func(command string, body [][]byte) error {
			return dealer.Send(ctx, message(body, workerHeader, command, string(request[0]), "")...)
		}
		final := handle(ctx, request[2:], func(frames ...[]byte) error { return send(workerPartial, frames) })
		if err := send(workerFinal, final); err != nil {
			return err
		}
	}
}
