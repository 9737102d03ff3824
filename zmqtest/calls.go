package zmqtest

import (
	"context"
	"maps"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// A call is one that may wait.
type call func(context.Context) error

// receives are all ways to receive.
func receives(s *zmq.Socket) map[string]call {
	return map[string]call{
		"Recv":      func(ctx context.Context) error { _, err := s.Recv(ctx); return err },
		"RecvMsg":   func(ctx context.Context) error { return s.RecvMsg(ctx, new(zmq.Msg)) },
		"RecvBatch": func(ctx context.Context) error { _, err := s.RecvBatch(ctx, make([]zmq.Msg, 3)); return err },
	}
}

// sends are all ways to send, here "x" and "y" in one message.
func sends(s *zmq.Socket) map[string]call {
	return map[string]call{
		"Send":    func(ctx context.Context) error { return s.Send(ctx, []byte("x"), []byte("y")) },
		"SendMsg": func(ctx context.Context) error { return s.SendMsg(ctx, zmq.NewMsg([]byte("x"), []byte("y"))) },
		"SendBatch": func(ctx context.Context) error {
			msgs := make([]zmq.Msg, 3)
			for i := range msgs {
				msgs[i].Append([]byte("x"), []byte("y"))
			}
			_, err := s.SendBatch(ctx, msgs)
			return err
		},
	}
}

// calls are all that can wait, on a socket without messages and on one that
// takes none.
func calls(empty, full *zmq.Socket) map[string]call {
	all := receives(empty)
	maps.Copy(all, sends(full))
	return all
}

// quickly makes a connection that is refused or lost be tried again soon.
var quickly = opt.ReconnectInterval.To(time.Millisecond)

// events is what s is ready for now.
func events(t *T, s *zmq.Socket) zmq.Events {
	t.Helper()
	ready, err := opt.Events.Get(s)
	t.OK(err)
	return zmq.Events(ready)
}

// readable waits until s has something to receive.
func readable(t *T, s *zmq.Socket) { waitFor(t, s, zmq.In) }

func waitFor(t *T, s *zmq.Socket, want zmq.Events) {
	t.Helper()
	var p zmq.Poller
	t.OK(p.Add(s, want))
	defer func() { t.OK(p.Close()) }()
	_, err := p.Wait(testkit.Soon(t), make([]zmq.Ready, 1))
	t.OK(err)
}
