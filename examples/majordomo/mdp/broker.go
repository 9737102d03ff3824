package mdp

import (
	"context"
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// patience is how long a request waits for a worker.
const patience = time.Minute

// Broker gives the requests of clients to workers, by service, until ctx ends.
// Beat is the time between two heartbeats, the same as that of the workers.
//
// The broker offers a service itself: "mmi.service" says "200" when there are
// workers for the service in the request and "404" when there are none; it is
// ZeroMQ's RFC 8.
func Broker(ctx context.Context, zctx *zmq.Context, endpoint string, beat time.Duration) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	router := socks.Bind(zmq.ROUTER, endpoint, opt.Linger.To(time.Second))
	if err := socks.Err(); err != nil {
		return err
	}
	b := broker{
		send:     func(frames [][]byte) error { return router.Send(ctx, frames...) },
		beat:     beat,
		services: map[string]*service{},
		workers:  map[string]*worker{},
	}
	inbox := socks.Inbox(router)
	clock := time.NewTicker(beat)
	defer clock.Stop()
	return run.With(ctx, func(ctx context.Context) error {
		for {
			var err error
			select {
			case <-ctx.Done():
				err = ctx.Err()
			case m := <-inbox:
				err = b.handle(m.Frames(), time.Now())
			case now := <-clock.C:
				err = b.tick(now)
			}
			if err != nil {
				return err
			}
		}
	}, socks.Receive)
}

// broker is the state of a broker. One goroutine uses it.
type broker struct {
	send     func(frames [][]byte) error
	beat     time.Duration
	services map[string]*service
	workers  map[string]*worker // by routing id
}

// service is what is known of one service.
type service struct {
	name     string
	requests []*request // that wait for a worker
	idle     []*worker  // the longest first
	workers  int        // idle or not
}

// request is one request of a client.
type request struct {
	client []byte // routing id
	body   [][]byte
	until  time.Time // how long it may wait
}

// worker is one worker that lives.
type worker struct {
	id      string // routing id
	service *service
	seen    time.Time // when it last said anything
	job     *request  // what it works on, or nil
	replied bool      // part of the answer was sent already
}

// handle deals with one message. Of what is against the protocol nothing is
// answered but a worker's, with DISCONNECT.
func (b *broker) handle(m [][]byte, now time.Time) error {
	if len(m) < 3 {
		return nil
	}
	from, header, command, rest := m[0], string(m[1]), string(m[2]), m[3:]
	switch header {
	case clientHeader:
		if command == clientRequest && len(rest) >= 2 {
			return b.request(&request{from, rest[1:], now.Add(patience)}, string(rest[0]))
		}
	case workerHeader:
		return b.fromWorker(string(from), command, rest, now)
	}
	return nil
}

// request takes a request for a service.
func (b *broker) request(r *request, name string) error {
	if strings.HasPrefix(name, "mmi.") {
		return b.reply(r.client, clientFinal, name, [][]byte{b.manage(name, r.body)})
	}
	s := b.service(name)
	s.requests = append(s.requests, r)
	return b.dispatch(s)
}

// manage answers a request for one of the broker's own services.
func (b *broker) manage(name string, body [][]byte) []byte {
	if name != "mmi.service" {
		return []byte("501")
	}
	if s := b.services[string(body[0])]; s != nil && s.workers > 0 {
		return []byte("200")
	}
	return []byte("404")
}

func (b *broker) fromWorker(id, command string, rest [][]byte, now time.Time) error {
	w := b.workers[id]
	if w != nil {
		w.seen = now
	}
	switch {
	case command == workerDisconnect:
		return b.remove(w)
	case command == workerReady && w == nil && len(rest) == 1 && !strings.HasPrefix(string(rest[0]), "mmi."):
		w = &worker{id: id, service: b.service(string(rest[0])), seen: now}
		b.workers[id] = w
		w.service.workers++
		return b.free(w)
	case command == workerHeartbeat && w != nil:
		return nil
	case command == workerPartial && w.worksFor(rest):
		w.replied = true
		return b.reply(w.job.client, clientPartial, w.service.name, rest[2:])
	case command == workerFinal && w.worksFor(rest):
		if err := b.reply(w.job.client, clientFinal, w.service.name, rest[2:]); err != nil {
			return err
		}
		w.job = nil
		return b.free(w)
	}
	// Out of turn, or from before this broker: the worker is to begin anew.
	if err := b.remove(w); err != nil {
		return err
	}
	return b.send(message(nil, id, workerHeader, workerDisconnect))
}

// worksFor reports whether an answer, [client, empty, body...], is to the
// request that the worker has.
func (w *worker) worksFor(rest [][]byte) bool {
	return w != nil && w.job != nil && len(rest) >= 3 && string(rest[0]) == string(w.job.client) && len(rest[1]) == 0
}

func (b *broker) service(name string) *service {
	s := b.services[name]
	if s == nil {
		s = &service{name: name}
		b.services[name] = s
	}
	return s
}

// free notes that a worker has nothing to do.
func (b *broker) free(w *worker) error {
	w.replied = false
	w.service.idle = append(w.service.idle, w)
	return b.dispatch(w.service)
}

// dispatch gives requests of a service to its idle workers.
func (b *broker) dispatch(s *service) error {
	for len(s.requests) > 0 && len(s.idle) > 0 {
		r, w := s.requests[0], s.idle[0]
		s.requests, s.idle = s.requests[1:], s.idle[1:]
		w.job = r
		if err := b.send(message(r.body, w.id, workerHeader, workerRequest, string(r.client), "")); err != nil {
			return err
		}
	}
	return nil
}

func (b *broker) reply(client []byte, command, service string, body [][]byte) error {
	return b.send(message(body, string(client), clientHeader, command, service))
}

// remove forgets a worker. What it worked on goes to another, unless the
// client has part of the answer already.
func (b *broker) remove(w *worker) error {
	if w == nil {
		return nil
	}
	delete(b.workers, w.id)
	s := w.service
	s.workers--
	s.idle = slices.DeleteFunc(s.idle, func(other *worker) bool { return other == w })
	if w.job != nil && !w.replied {
		s.requests = slices.Insert(s.requests, 0, w.job)
	}
	return b.dispatch(s)
}

// tick forgets workers that are silent and requests that nobody wants, and
// sends heartbeats.
func (b *broker) tick(now time.Time) error {
	for _, w := range b.workers {
		if now.Sub(w.seen) > liveness*b.beat {
			if err := b.remove(w); err != nil {
				return err
			}
		}
	}
	for name, s := range b.services {
		s.requests = slices.DeleteFunc(s.requests, func(r *request) bool { return now.After(r.until) })
		if s.workers == 0 && len(s.requests) == 0 {
			delete(b.services, name)
		}
	}
	for id := range b.workers {
		if err := b.send(message(nil, id, workerHeader, workerHeartbeat)); err != nil {
			return err
		}
	}
	return nil
}
