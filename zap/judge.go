package zap

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
)

// judge is a handler at work.
type judge struct {
	handler Handler
	config
	slots  chan struct{} // one is taken by each call
	ctx    context.Context
	cancel context.CancelFunc
	calls  sync.WaitGroup  // its own
	all    *sync.WaitGroup // and those of the whole hub
}

func (h *hub) newJudge(handler Handler, c config) *judge {
	j := &judge{handler: handler, config: c, slots: make(chan struct{}, c.calls), all: &h.calls}
	j.ctx, j.cancel = context.WithCancel(h.ctx)
	return j
}

// began counts a call that decide will end. Only the hub's goroutine begins
// calls, so that its end can wait for all.
func (j *judge) began() {
	j.calls.Add(1)
	j.all.Add(1)
}

func (j *judge) ended() {
	j.calls.Done()
	j.all.Done()
}

// decide has the handler called in a goroutine of its own, and its answer, or
// that of the clock, given to reply: once. The call has begun.
func (j *judge) decide(r *Request, reply func(Response)) {
	select {
	case j.slots <- struct{}{}:
		go j.call(r, reply)
	default:
		defer j.ended()
		j.log.Warn("zap: too many calls at a time", "domain", r.Domain, "calls", cap(j.slots))
		reply(TryLater("too many requests"))
	}
}

func (j *judge) call(r *Request, reply func(Response)) {
	ctx, cancel := context.WithTimeout(j.ctx, j.timeout)
	answered := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(answered)
		reply(j.late(ctx, r))
	})
	response := Fail("the handler gave no answer")
	// All that follows the handler is deferred: it may panic, and it may end
	// its goroutine, as the Fatal of a test does.
	defer func() {
		if p := recover(); p != nil {
			j.log.Error("zap: the handler panics", "domain", r.Domain, "panic", p, "stack", string(debug.Stack()))
		}
		if stop() {
			reply(response)
		} else {
			<-answered
		}
		cancel()
		<-j.slots
		j.ended()
	}()
	response = j.handler.Authenticate(ctx, r)
}

// late is the answer for a handler that has not answered in time.
func (j *judge) late(ctx context.Context, r *Request) Response {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		j.log.Error("zap: the handler is too slow", "domain", r.Domain, "timeout", j.timeout)
		return Fail("the handler is too slow")
	}
	return TryLater("the ZAP server is closing")
}

// wait waits until no call runs any more, or ctx ends.
func (j *judge) wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		j.calls.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
