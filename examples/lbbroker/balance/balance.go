// Package balance gives each request to the worker that has been idle for
// longest. It is the queue of examples lbbroker and simplepirate.
package balance

import (
	"context"
	"errors"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// Ready is what a worker says first. Later each reply says that it is ready
// for another request.
const Ready = "\x01"

// Run is the queue, until ctx ends. Clients are REQ sockets, DEALERs that do as
// REQ, or a zmq.Requester. Workers are REQ sockets: they ask for work.
func Run(ctx context.Context, zctx *zmq.Context, clientsAt, workersAt string) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	clients := socks.Bind(zmq.ROUTER, clientsAt)
	// A worker that has gone is an error then, not a lost request.
	workers := socks.Bind(zmq.ROUTER, workersAt, opt.RouterMandatory.To(true))
	if err := socks.Err(); err != nil {
		return err
	}

	idle := make(chan []byte, 1000) // routing ids of workers
	return run.All(ctx,
		func(ctx context.Context) error { return requests(ctx, clients, workers, idle) },
		func(ctx context.Context) error { return replies(ctx, clients, workers, idle) },
	)
}

// requests takes a request from a client whenever a worker is idle, and not
// before: what nobody can work on waits in the queues of the sockets, and in
// the end at the clients.
func requests(ctx context.Context, clients, workers *zmq.Socket, idle <-chan []byte) error {
	for {
		worker, err := next(ctx, idle)
		if err != nil {
			return err
		}
		request, err := clients.Recv(ctx)
		if err != nil {
			return err
		}
		for {
			// The empty frame is what a REQ expects.
			err = workers.Send(ctx, append([][]byte{worker, nil}, request...)...)
			if !errors.Is(err, zmq.ErrHostUnreachable) {
				break
			}
			if worker, err = next(ctx, idle); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}

func next(ctx context.Context, idle <-chan []byte) ([]byte, error) {
	select {
	case worker := <-idle:
		return worker, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// replies passes replies to clients. Who sent one is idle again.
func replies(ctx context.Context, clients, workers *zmq.Socket, idle chan<- []byte) error {
	for {
		message, err := workers.Recv(ctx) // [worker, empty, ready] or [worker, empty, reply...]
		if err != nil {
			return err
		}
		if len(message) < 3 {
			continue // that is no worker
		}
		worker, reply := message[0], message[2:]
		select {
		case idle <- worker:
		case <-ctx.Done():
			return ctx.Err()
		}
		if string(reply[0]) == Ready {
			continue
		}
		if err := clients.Send(ctx, reply...); err != nil {
			return err
		}
	}
}
