package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// The messages that are no requests.
const (
	ping = "PING"
	pong = "PONG"
)

// agent is model 3: it knows by pings which servers live.
//
// A ROUTER connects to all servers. It sends to one of them by its routing id,
// which is its endpoint. One goroutine owns all state.
type agent struct {
	router  *zmq.Socket
	timeout time.Duration
	calls   chan *call
	cancel  context.CancelFunc
	ended   chan error // what the goroutine returned; then closed
}

// call is one request that is under way.
type call struct {
	ctx   context.Context // ends when nobody waits for the reply any more
	body  [][]byte
	reply chan [][]byte // has room for one

	server string // who is asked, "" for nobody
	until  time.Time
}

func newAgent(zctx *zmq.Context, servers []string, timeout time.Duration) (asker, error) {
	// RouterMandatory makes a server that is not connected an error.
	socks := socket.NewSet(zctx)
	router := socks.New(zmq.ROUTER, opt.RouterMandatory.To(true), opt.Linger.To(0))
	err := socks.Err()
	for _, server := range servers {
		err = errors.Join(err, router.Connect(server))
	}
	if err != nil {
		socks.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	a := &agent{router: router, timeout: timeout, calls: make(chan *call), cancel: cancel, ended: make(chan error, 1)}
	inbox := socks.Inbox(router)
	go func() {
		defer close(a.ended)
		defer socks.Close()
		a.ended <- run.With(ctx, func(ctx context.Context) error { return a.loop(ctx, servers, inbox) }, socks.Receive)
	}()
	return a, nil
}

// Request asks servers that live, one after another, until one answers or ctx
// ends.
func (a *agent) Request(ctx context.Context, body ...[]byte) ([][]byte, error) {
	c := &call{ctx: ctx, body: body, reply: make(chan [][]byte, 1)}
	select {
	case a.calls <- c:
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-a.ended:
		return nil, fmt.Errorf("the agent has ended: %w", errors.Join(err, zmq.ErrClosed))
	}
	select {
	case reply := <-c.reply:
		return reply, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-a.ended:
		return nil, fmt.Errorf("the agent has ended: %w", errors.Join(err, zmq.ErrClosed))
	}
}

// Close ends the agent, and waits for that.
func (a *agent) Close() error {
	a.cancel()
	if err := <-a.ended; !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// loop is the agent's goroutine.
func (a *agent) loop(ctx context.Context, servers []string, inbox <-chan *zmq.Msg) error {
	clock := time.NewTicker(a.timeout / 4)
	defer clock.Stop()
	calls, number := map[uint64]*call{}, uint64(0)
	seen := map[string]time.Time{} // when a server last said anything
	lives := func(server string, now time.Time) bool { return now.Sub(seen[server]) < a.timeout }

	// ask gives a call to a server that lives, another one than before.
	ask := func(n uint64, c *call, now time.Time) error {
		before := c.server
		c.server, c.until = "", now.Add(a.timeout)
		for _, server := range servers {
			if server == before || !lives(server, now) {
				continue
			}
			control := binary.BigEndian.AppendUint64(nil, n)
			err := a.router.Send(ctx, append([][]byte{[]byte(server), control}, c.body...)...)
			if err == nil {
				c.server = server
				return nil
			}
			if !errors.Is(err, zmq.ErrHostUnreachable) {
				return err
			}
		}
		return nil
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c := <-a.calls:
			number++
			calls[number] = c
			if err := ask(number, c, time.Now()); err != nil {
				return err
			}
		case m := <-inbox: // [server, PONG] or [server, number, body...]
			seen[string(m.Frame(0))] = time.Now()
			if m.Len() < 3 || len(m.Frame(1)) != 8 {
				continue
			}
			n := binary.BigEndian.Uint64(m.Frame(1))
			if c := calls[n]; c != nil {
				c.reply <- m.Frames()[2:]
				delete(calls, n)
			}
		case now := <-clock.C:
			for _, server := range servers {
				err := a.router.Send(ctx, []byte(server), []byte(ping))
				if err != nil && !errors.Is(err, zmq.ErrHostUnreachable) {
					return err
				}
			}
			for n, c := range calls {
				switch {
				case c.ctx.Err() != nil:
					delete(calls, n)
				case c.server != "" && now.Before(c.until) && lives(c.server, now):
				default:
					if err := ask(n, c, now); err != nil {
						return err
					}
				}
			}
		}
	}
}
