//go:build czmq

package goczmq

import (
	"github.com/zeromq/goczmq/v4"
)

// Observe reports what happens to the connections of a server, until stop is
// closed.
func Observe(stop <-chan struct{}, server *goczmq.Sock, endpoint string, report func(event, address string)) error {
	monitor := goczmq.NewMonitor(server)
	defer monitor.Destroy()
	if err := monitor.Listen("ALL"); err != nil {
		return err
	}
	if err := monitor.Start(); err != nil {
		return err
	}
	poller, err := goczmq.NewPoller(monitor.Socket())
	if err != nil {
		return err
	}
	defer poller.Destroy()
	if _, err := server.Bind(endpoint); err != nil {
		return err
	}
	for {
		_, event, err := next(stop, poller) // its name, its value, its address
		if err != nil {
			return err
		}
		report(string(event[0]), string(event[2]))
	}
}
