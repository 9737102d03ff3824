package zmq

import (
	"fmt"

	"gozmq/internal/engine"
)

// Events says what a socket or a file descriptor is ready for.
type Events uint8

// What to wait for, and what has come. The values are libzmq's ZMQ_POLLIN and
// ZMQ_POLLOUT.
const (
	In  = Events(engine.In)  // a whole message can be received, or a descriptor read
	Out = Events(engine.Out) // a whole message can be sent, or a descriptor written
)

// String is the names of the events, such as "In|Out".
func (e Events) String() string {
	switch e {
	case 0:
		return "none"
	case In:
		return "In"
	case Out:
		return "Out"
	case In | Out:
		return "In|Out"
	}
	return fmt.Sprintf("Events(%d)", uint8(e))
}
