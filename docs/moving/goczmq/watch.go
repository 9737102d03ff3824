//go:build czmq

package goczmq

import (
	"time"

	"github.com/zeromq/goczmq/v4"
)

// Poll handles what comes from two sockets, until stop is closed.
func Poll(stop <-chan struct{}, news, tasks string, handle func(string)) error {
	sub, err := goczmq.NewSub(news, "")
	if err != nil {
		return err
	}
	defer sub.Destroy()
	pull, err := goczmq.NewPull(">" + tasks)
	if err != nil {
		return err
	}
	defer pull.Destroy()
	poller, err := goczmq.NewPoller(sub, pull)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		_, m, err := next(stop, poller)
		if err != nil {
			return err
		}
		handle(string(m[0]))
	}
}

// React handles messages and looks at the clock, until stop is closed.
func React(stop <-chan struct{}, news, tasks string, handle func(string), tick func()) error {
	sub := goczmq.NewSubChanneler(news, "")
	defer sub.Destroy()
	pull := goczmq.NewPullChanneler(">" + tasks)
	defer pull.Destroy()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case m := <-sub.RecvChan:
			handle(string(m[0]))
		case m := <-pull.RecvChan:
			handle(string(m[0]))
		case err := <-sub.ErrChan:
			return err
		case err := <-pull.ErrChan:
			return err
		case <-ticker.C:
			tick()
		case <-stop:
			return errStopped
		}
	}
}

// Echo sends back what comes, by way of channels, until stop is closed.
func Echo(stop <-chan struct{}, endpoint string) error {
	router := goczmq.NewRouterChanneler(endpoint)
	defer router.Destroy()
	for {
		select {
		case m := <-router.RecvChan:
			router.SendChan <- m
		case err := <-router.ErrChan:
			return err
		case <-stop:
			return errStopped
		}
	}
}
