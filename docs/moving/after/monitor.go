package after

import (
	"context"

	zmq "gozmq"
)

// Observe reports what happens to the connections of a server, until ctx ends.
func Observe(ctx context.Context, server *zmq.Socket, endpoint string, report func(event, address string)) error {
	monitor, err := server.Monitor()
	if err != nil {
		return err
	}
	defer monitor.Close()
	if err := server.Bind(endpoint); err != nil {
		return err
	}
	for event, err := range monitor.Events(ctx) {
		if err != nil {
			return err
		}
		report(event.Type.String(), event.Endpoint)
	}
	return nil
}
