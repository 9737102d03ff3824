package gozeromq

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-zeromq/zmq4"
)

// Consume handles messages until the program is told to stop.
func Consume(endpoint string, handle func(string)) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	pull := zmq4.NewPull(ctx)
	defer pull.Close()
	if err := pull.Listen(endpoint); err != nil {
		return err
	}
	for {
		m, err := recv(ctx, pull)
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return err
		}
		handle(string(m.Frames[0]))
	}
}

// Deliver sends what it has and ends. The messages are in the hands of the
// operating system then.
func Deliver(ctx context.Context, endpoint string, messages []string) error {
	push := zmq4.NewPush(ctx)
	defer push.Close()
	if err := push.Dial(endpoint); err != nil {
		return err
	}
	for _, m := range messages {
		if err := push.Send(zmq4.NewMsgString(m)); err != nil {
			return err
		}
	}
	return nil
}
