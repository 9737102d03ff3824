//go:build zmq_4_x

package alecthomas

import (
	"syscall"
	"time"

	zmq "github.com/alecthomas/gozmq"
)

// Poll handles what comes from two sockets and looks at the clock, until the
// context is closed.
func Poll(sub, pull *zmq.Socket, handle func(string), tick func()) error {
	items := zmq.PollItems{
		{Socket: sub, Events: zmq.POLLIN},
		{Socket: pull, Events: zmq.POLLIN},
	}
	next := time.Now().Add(10 * time.Millisecond)
	for {
		if _, err := zmq.Poll(items, max(0, time.Until(next))); err != nil && err != syscall.EINTR {
			return err
		}
		for _, item := range items {
			if item.REvents&zmq.POLLIN == 0 {
				continue
			}
			m, err := recv(item.Socket)
			if err != nil {
				return err
			}
			handle(string(m[0]))
		}
		if !time.Now().Before(next) {
			tick()
			next = time.Now().Add(10 * time.Millisecond)
		}
	}
}
