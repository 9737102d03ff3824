//go:build zmq_4_x

package alecthomas

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	zmq "github.com/alecthomas/gozmq"
)

// Consume handles messages until the program is told to stop, which ends it
// when the next message comes or a quarter of a second has passed.
func Consume(zctx *zmq.Context, endpoint string, handle func(string)) error {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(quit)
	pull, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return err
	}
	defer pull.Close()
	if err := pull.SetRcvTimeout(250 * time.Millisecond); err != nil {
		return err
	}
	if err := pull.Bind(endpoint); err != nil {
		return err
	}
	for {
		select {
		case <-quit:
			return nil
		default:
		}
		m, err := pull.Recv(0)
		switch err {
		case nil:
			handle(string(m))
		case syscall.EAGAIN, syscall.EINTR:
		default:
			return err
		}
	}
}

// Deliver sends what it has and ends. What could not be handed over within
// five seconds is lost, and nothing tells so.
func Deliver(endpoint string, messages []string) error {
	zctx, err := zmq.NewContext()
	if err != nil {
		return err
	}
	defer zctx.Close()
	push, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		return err
	}
	defer push.Close()
	if err := push.SetLinger(5 * time.Second); err != nil {
		return err
	}
	if err := push.Connect(endpoint); err != nil {
		return err
	}
	for _, m := range messages {
		if err := push.Send([]byte(m), 0); err != nil {
			return err
		}
	}
	return nil
}
