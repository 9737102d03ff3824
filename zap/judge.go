package zap

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"
)

// judge is a handler at work.
type judge struct {
	handler Handler
	config
	ctx    context.Context
	cancel context.CancelFunc
	cases  sync.WaitGroup  // its own, from began to ended
	all    *sync.WaitGroup // and those of the whole hub

	mu      sync.Mutex // guards what follows
	running int        // calls of the handler
	queue   []question // what waits for one of them to end
}

// question is a request that waits for its answer.
type question struct {
	*Request
	reply func(Response)
	since time.Time
}

// maxQueue bounds memory. Peers give up by themselves long before so many
// have come, and a program that wants fewer sets opt.Backlog.
const maxQueue = 1 << 14

func (h *hub) newJudge(handler Handler, c config) *judge {
	j := &judge{handler: handler, config: c, all: &h.cases}
	j.ctx, j.cancel = context.WithCancel(h.ctx)
	return j
}

// began counts a case that decide will end. Only the hub's goroutine begins
// any, so that its end can wait for all.
func (j *judge) began() {
	j.cases.Add(1)
	j.all.Add(1)
}

func (j *judge) ended() {
	j.cases.Done()
	j.all.Done()
}

// decide has the handler called in a goroutine of its own, now or after others,
// and its answer, or that of the clock, given to reply: once. The case has
// begun.
func (j *judge) decide(r *Request, reply func(Response)) {
	q := question{r, reply, time.Now()}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.running < j.config.calls:
		j.running++
		go j.call(q)
	case len(j.queue) < maxQueue:
		j.queue = append(j.queue, q)
	default:
		j.log.Error("zap: too many requests wait", "domain", r.Domain, "calls", j.config.calls)
		reply(TryLater("too many requests"))
		j.ended()
	}
}

// next lets the oldest question that waits have the call that has ended.
func (j *judge) next() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.queue) == 0 {
		j.running--
		return
	}
	q := j.queue[0]
	j.queue[0] = question{} // it may be long before the slice moves
	j.queue = j.queue[1:]
	go j.call(q)
}

func (j *judge) call(q question) {
	ctx, cancel := context.WithTimeout(j.ctx, j.timeout)
	answered := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(answered)
		q.reply(j.late(ctx, q))
	})
	response, returned := Fail("the handler gave no answer"), false
	// All that follows the handler is deferred: it may panic, and it may end
	// its goroutine, as the Fatal of a test does.
	defer func() {
		if p := recover(); p != nil {
			j.log.Error("zap: the handler panics", "domain", q.Domain, "panic", p, "stack", string(debug.Stack()))
		} else if !returned {
			j.log.Error("zap: the handler ended its goroutine", "domain", q.Domain)
		}
		switch {
		case !stop():
			<-answered
		case ctx.Err() != nil: // it ended just now, and the clock has not answered yet
			q.reply(j.late(ctx, q))
		default:
			q.reply(response)
		}
		cancel()
		j.next()
		j.ended()
	}()
	switch {
	case ctx.Err() != nil:
	case time.Since(q.since) > j.timeout:
		response = TryLater("too many requests before this one")
	default:
		response = j.handler.Authenticate(ctx, q.Request)
	}
	returned = true
}

// late is the answer for a handler that has not answered in time.
func (j *judge) late(ctx context.Context, q question) Response {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		j.log.Error("zap: the handler is too slow", "domain", q.Domain, "timeout", j.timeout)
		return Fail("the handler is too slow")
	}
	return TryLater("the ZAP server is closing")
}

// wait waits until no case is open any more, or ctx ends.
func (j *judge) wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		j.cases.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
