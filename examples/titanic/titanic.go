package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/majordomo/mdp"
)

// Statuses, the first frame of each answer.
const (
	statusOK      = "200"
	statusPending = "300"
	statusUnknown = "400"
	statusFailed  = "500"
)

// titanic offers the three services of the protocol to a Majordomo broker, and
// has the requests done that it stores, until ctx ends. It looks for workers
// when a request comes, and every so often.
func titanic(ctx context.Context, zctx *zmq.Context, broker, dir string, beat, every time.Duration) error {
	s, err := openStore(dir)
	if err != nil {
		return err
	}
	added := make(chan struct{}, 1)
	offer := func(service string, handle func(request [][]byte) [][]byte) func(context.Context) error {
		return func(ctx context.Context) error {
			return mdp.Work(ctx, zctx, broker, service, beat,
				func(_ context.Context, request [][]byte, _ func(...[]byte) error) [][]byte { return handle(request) })
		}
	}
	return run.All(ctx,
		offer("titanic.request", func(request [][]byte) [][]byte {
			answer := accept(s, request)
			select {
			case added <- struct{}{}:
			default: // it will look anyway
			}
			return answer
		}),
		offer("titanic.reply", func(request [][]byte) [][]byte { return lookUp(s, string(request[0])) }),
		offer("titanic.close", func(request [][]byte) [][]byte { return closeRequest(s, string(request[0])) }),
		func(ctx context.Context) error { return dispatch(ctx, zctx, broker, s, added, every) },
	)
}

// accept stores a request, [service, body...], and answers with its id.
func accept(s *store, request [][]byte) [][]byte {
	if len(request) < 2 {
		return status(statusFailed)
	}
	id, err := s.add(request)
	if err != nil {
		slog.Error("storing a request", "err", err)
		return status(statusFailed)
	}
	return status(statusOK, []byte(id))
}

// lookUp answers with the reply to a request.
func lookUp(s *store, id string) [][]byte {
	reply, err := s.reply(id)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := s.request(id); errors.Is(err, fs.ErrNotExist) {
			return status(statusUnknown)
		}
		return status(statusPending)
	}
	if err != nil {
		slog.Error("reading a reply", "err", err)
		return status(statusFailed)
	}
	return status(statusOK, reply...)
}

// closeRequest forgets a request.
func closeRequest(s *store, id string) [][]byte {
	if err := s.remove(id); err != nil {
		slog.Error("removing a request", "err", err)
		return status(statusFailed)
	}
	return status(statusOK)
}

func status(code string, frames ...[]byte) [][]byte {
	return append([][]byte{[]byte(code)}, frames...)
}

// dispatch has the stored requests done, until ctx ends.
func dispatch(ctx context.Context, zctx *zmq.Context, broker string, s *store, added <-chan struct{}, every time.Duration) error {
	c := mdp.NewClient(zctx, broker)
	defer c.Close()
	clock := time.NewTicker(every)
	defer clock.Stop()
	for {
		ids, err := s.pending()
		if err != nil {
			return err
		}
		for _, id := range ids {
			// Without an answer it stays pending, until the next look.
			if err := do(ctx, c, s, id); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
				return err
			}
		}
		select {
		case <-added:
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// do has one request done, if there is a worker for it.
func do(ctx context.Context, c *mdp.Client, s *store, id string) error {
	request, err := s.request(id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // closed meanwhile
	}
	if err != nil {
		return err
	}
	service := request[0]
	there, err := c.Request(ctx, "mmi.service", service)
	if err != nil || string(there[0]) != "200" {
		return err
	}
	reply, err := c.Request(ctx, string(service), request[1:]...)
	if err != nil {
		return err
	}
	if err := s.answer(id, reply); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
