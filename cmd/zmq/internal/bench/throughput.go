package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

// throughput sends as fast as it goes. The server's clock counts, from the
// first message to the last.
func (c *client) throughput(ctx context.Context, plan Plan, p *Progress) (res Result, err error) {
	sock, err := c.start(ctx, Throughput, zmq.PUSH)
	if err != nil {
		return res, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, sock.Set(opt.Linger.To(0))) // nobody counts the rest
		}
		err = errors.Join(err, sock.Close())
	}()
	if err := sendAll(ctx, sock, plan, p); err != nil {
		return res, err
	}
	if err := sock.Send(ctx, []byte("end"), nil); err != nil {
		return res, err
	}
	r, err := c.arrived(ctx)
	if err != nil {
		return res, err
	}
	if r.Messages != p.Messages() {
		return res, fmt.Errorf("%d messages were sent, but %d came", p.Messages(), r.Messages)
	}
	seconds := max(r.Seconds, 1e-9)
	perSecond := float64(r.Messages) / seconds
	return Result{
		Kind: Throughput, Size: plan.Size, Messages: r.Messages, Seconds: r.Seconds,
		PerSecond: perSecond, BytesPerSecond: perSecond * float64(plan.Size), Samples: r.Samples,
	}, nil
}

// sendAll sends messages that all have the same bytes, which costs a receiver
// as much as others.
func sendAll(ctx context.Context, sock *zmq.Socket, plan Plan, p *Progress) error {
	body := make([]byte, plan.Size)
	msgs := make([]zmq.Msg, max(plan.Batch, 1))
	for i := range msgs {
		msgs[i].Append(body)
	}
	began := p.begin()
	for sent := 0; plan.Count == 0 || sent < plan.Count; {
		n := len(msgs)
		if plan.Count > 0 {
			n = min(n, plan.Count-sent)
		} else if time.Since(began) >= plan.Duration {
			return nil
		}
		n, err := sock.SendBatch(ctx, msgs[:n])
		sent += n
		p.messages.Store(int64(sent))
		if err != nil {
			return err
		}
	}
	return nil
}

// stalled is how long a server may receive nothing while there is something.
const stalled = 10 * time.Second

// arrived waits until the server has received the last message.
func (c *client) arrived(ctx context.Context) (report, error) {
	last, since := int64(-1), time.Now()
	for {
		r, err := c.ask(ctx, order{Do: doReport})
		switch {
		case err != nil:
			return r, err
		case r.Done:
			return r, nil
		case r.Messages != last:
			last, since = r.Messages, time.Now()
		case time.Since(since) > stalled:
			return r, fmt.Errorf("%s has received nothing for %v, after %d messages: %w", c.endpoint, stalled, last, os.ErrDeadlineExceeded)
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return r, ctx.Err()
		}
	}
}
