//go:build czmq

package goczmq

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/zeromq/goczmq/v4"
)

// Consume handles messages until the program is told to stop.
func Consume(endpoint string, handle func(string)) error {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(quit)
	pull, err := goczmq.NewPull(endpoint)
	if err != nil {
		return err
	}
	defer pull.Destroy()
	poller, err := goczmq.NewPoller(pull)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		select {
		case <-quit:
			return nil
		default:
		}
		ready, err := poller.Wait(100)
		if err != nil {
			return err
		}
		if ready == nil {
			continue
		}
		m, err := pull.RecvMessage()
		if err != nil {
			return err
		}
		handle(string(m[0]))
	}
}

// Deliver sends what it has and ends. Without LINGER, Destroy would drop what is
// not handed over; with it, five seconds are left, and nothing tells how it went.
func Deliver(endpoint string, messages []string) error {
	push, err := goczmq.NewPush(endpoint)
	if err != nil {
		return err
	}
	defer push.Destroy()
	push.SetOption(goczmq.SockSetLinger(5000))
	for _, m := range messages {
		if err := push.SendFrame([]byte(m), goczmq.FlagNone); err != nil {
			return err
		}
	}
	return nil
}
