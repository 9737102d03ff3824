package engine

// An Event is something that happened to a connection of a socket.
type Event struct {
	// Type is one of libzmq's ZMQ_EVENT_ bits. It is 0 for a report that
	// could not be read, and Err says why.
	Type uint64
	// Value is what libzmq reports with the event: a descriptor, an errno,
	// milliseconds or a code.
	Value uint64
	// Endpoint is what was bound or connected, as far as the engine knows.
	Endpoint string
	// Local and Remote are both ends of the connection. Both are empty where
	// the engine is told of one only.
	Local, Remote string
	// Err is Value where that is an errno.
	Err error
}

// The events that package zmq itself acts on.
const (
	EventConnected       = 0x0001
	EventAccepted        = 0x0020
	EventDisconnected    = 0x0200
	EventStopped         = 0x0400
	EventNoDetail        = 0x0800
	EventHandshake       = 0x1000
	EventProtocol        = 0x2000
	EventAuth            = 0x4000
	EventHandshakeFailed = EventNoDetail | EventProtocol | EventAuth
)
