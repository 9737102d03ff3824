package mdp

import (
	"context"
	"errors"
	"iter"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// Client asks a broker for services. One goroutine at a time may use it: the
// protocol's answers do not say which request they are to.
type Client struct {
	// Timeout is how long one try waits for an answer, or for its next part.
	Timeout time.Duration
	// Retries is how many more tries a request gets.
	Retries int

	zctx   *zmq.Context
	broker string
	dealer *zmq.Socket // nil when the next request needs a new one
}

// NewClient makes a client. Close it.
func NewClient(zctx *zmq.Context, broker string) *Client {
	return &Client{Timeout: 2500 * time.Millisecond, Retries: 3, zctx: zctx, broker: broker}
}

// Close ends the client.
func (c *Client) Close() {
	if c.dealer != nil {
		_ = c.dealer.Close() // fails only if it is closed
		c.dealer = nil
	}
}

// Request asks a service and returns the last part of its answer.
func (c *Client) Request(ctx context.Context, service string, body ...[]byte) (final [][]byte, err error) {
	for final, err = range c.Replies(ctx, service, body...) {
		if err != nil {
			return nil, err
		}
	}
	return final, nil
}

// Replies asks a service and gives the parts of its answer as they come. It
// asks again when no part has come in time, so the service may work on a
// request twice. An error is the last turn: os.ErrDeadlineExceeded when there
// was no answer, or that of ctx.
func (c *Client) Replies(ctx context.Context, service string, body ...[]byte) iter.Seq2[[][]byte, error] {
	return func(yield func([][]byte, error) bool) {
		for try := 0; ; try++ {
			got, err := c.try(ctx, service, body, func(part [][]byte) bool { return yield(part, nil) })
			if err == nil {
				return
			}
			if got || try >= c.Retries || !errors.Is(err, os.ErrDeadlineExceeded) || ctx.Err() != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// try asks once. It says whether any part of the answer has come.
func (c *Client) try(ctx context.Context, service string, body [][]byte, yield func([][]byte) bool) (got bool, err error) {
	if c.dealer == nil {
		c.dealer, err = socket.Connect(c.zctx, zmq.DEALER, c.broker, opt.Linger.To(0), opt.RecvTimeout.To(c.Timeout))
		if err != nil {
			return false, err
		}
	}
	whole := false
	defer func() {
		if !whole {
			c.Close() // what comes late must not be taken for another answer
		}
	}()
	if err := c.dealer.Send(ctx, message(body, clientHeader, clientRequest, service)...); err != nil {
		return false, err
	}
	for {
		m, err := c.dealer.Recv(ctx)
		if err != nil {
			return got, err
		}
		if len(m) < 4 || string(m[0]) != clientHeader || string(m[2]) != service {
			continue // that is no broker
		}
		got = true
		whole = string(m[1]) == clientFinal
		if !yield(m[3:]) || whole {
			return got, nil
		}
	}
}
