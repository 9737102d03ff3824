package after

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// Consume handles messages until the program is told to stop, which ends it at
// once.
func Consume(zctx *zmq.Context, endpoint string, handle func(string)) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	pull, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return err
	}
	defer pull.Close()
	if err := pull.Bind(endpoint); err != nil {
		return err
	}
	for {
		m, err := pull.Recv(ctx)
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return err
		}
		handle(string(m[0]))
	}
}

// Deliver sends what it has and ends. A nil error says that all was handed
// over; it gives up after five seconds.
func Deliver(ctx context.Context, endpoint string, messages []string) error {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer zctx.Close()
	push, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		return err
	}
	if err := push.Connect(endpoint); err != nil {
		return err
	}
	for _, m := range messages {
		if err := push.Send(ctx, []byte(m)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return zctx.Shutdown(ctx)
}
