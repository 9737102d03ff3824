package main

import (
	"context"
	"errors"
	"time"

	zmq "gozmq"
)

// shotgun is model 2: it asks all servers at the same time.
type shotgun struct {
	requesters []*zmq.Requester // one for each server
	timeout    time.Duration
}

func newShotgun(zctx *zmq.Context, servers []string, timeout time.Duration) (asker, error) {
	s := &shotgun{timeout: timeout}
	for _, server := range servers {
		r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{Endpoints: []string{server}})
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		s.requesters = append(s.requesters, r)
	}
	return s, nil
}

// Request returns the first answer. The other servers' are ignored when they
// come.
func (s *shotgun) Request(ctx context.Context, body ...[]byte) ([][]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	type result struct {
		reply [][]byte
		err   error
	}
	results := make(chan result, len(s.requesters))
	for _, r := range s.requesters {
		go func() {
			reply, err := r.Request(ctx, body...)
			results <- result{reply, err}
		}()
	}
	var failed error
	for range s.requesters {
		r := <-results
		if r.err == nil {
			return r.reply, nil
		}
		failed = errors.Join(failed, r.err)
	}
	return nil, failed
}

// Close ends the requests that are under way.
func (s *shotgun) Close() (err error) {
	for _, r := range s.requesters {
		err = errors.Join(err, r.Close())
	}
	return err
}
