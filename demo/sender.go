package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// senderMain is the second process. Its errors go to the first, which knows
// what to make of them.
func senderMain(ctx context.Context, tree string, in io.Reader, out io.Writer) int {
	entries, size, err := scan(ctx, tree)
	if err == nil {
		err = obey(ctx, &sending{tree: tree, entries: entries, size: size}, in, out)
	}
	if err == nil {
		return 0
	}
	// When this fails too, the first process sees the end of the pipe.
	_ = json.NewEncoder(out).Encode(report{Err: err.Error()})
	return 1
}

// sending is what the orders work with.
type sending struct {
	zctx    *zmq.Context
	orders  <-chan order
	tree    string
	entries []entry
	size    int64
}

// obey says what the tree holds, then carries out orders until they end.
func obey(ctx context.Context, s *sending, in io.Reader, out io.Writer) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.zctx, err = libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.zctx.Close()) }()
	s.orders = readOrders(ctx, cancel, in)

	reports := json.NewEncoder(out)
	if err := reports.Encode(report{Messages: len(s.entries), Bytes: s.size}); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	for o := range s.orders {
		r, err := s.carryOut(ctx, o)
		if err != nil {
			return fmt.Errorf("%s: %w", o.Do, err)
		}
		if err := reports.Encode(r); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return nil
}

// readOrders reads the pipe all the time: its end means that the first
// process has gone, and stops whatever is being sent.
func readOrders(ctx context.Context, stop context.CancelFunc, in io.Reader) <-chan order {
	orders := make(chan order)
	go func() {
		defer close(orders)
		defer stop()
		for d := json.NewDecoder(in); ; {
			var o order
			if err := d.Decode(&o); err != nil {
				return
			}
			select {
			case orders <- o:
			case <-ctx.Done():
				return
			}
		}
	}()
	return orders
}

func (s *sending) carryOut(ctx context.Context, o order) (report, error) {
	switch o.Do {
	case doFiles:
		return s.pushFiles(ctx, o.Endpoint)
	case doAnswer:
		return s.answer(ctx, o.Endpoint)
	case doPublish:
		return s.publish(ctx, o.Endpoint, o.Messages)
	}
	return report{}, errors.New("unknown order")
}

// confirmed waits for the first process to say what has arrived, which must
// be what was sent.
func (s *sending) confirmed(messages int, bytes int64) (report, error) {
	o, open := <-s.orders
	switch {
	case !open:
		return report{}, errors.New("nobody confirmed what was sent")
	case o.Do != doConfirm:
		return report{}, fmt.Errorf("got the order to %s instead of a confirmation", o.Do)
	case o.Messages != messages || o.Bytes != bytes:
		return report{}, fmt.Errorf("sent %d messages with %d bytes, but %d with %d arrived",
			messages, bytes, o.Messages, o.Bytes)
	}
	return report{Messages: messages, Bytes: bytes}, nil
}

// confirmedOnly is for sockets whose messages are confirmed: what is still
// unsent when they are closed was lost to an error, and nobody waits for it.
var confirmedOnly = opt.Linger.To(0)

// connect makes a socket that reaches the first process.
func (s *sending) connect(t zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	sock, err := s.zctx.NewSocket(t, settings...)
	if err != nil {
		return nil, err
	}
	if err := sock.Connect(endpoint); err != nil {
		return nil, errors.Join(err, sock.Close())
	}
	return sock, nil
}
