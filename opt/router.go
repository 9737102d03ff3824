package opt

import zmq "gozmq"

// RoutingID is ZMQ_ROUTING_ID: the name that a ROUTER peer gives to messages
// of this socket. Any bytes; a first byte of 0 is reserved.
//
//	Default  empty; the ROUTER makes one up
//	Range    1 to 255 bytes
//	Sockets  REQ REP DEALER ROUTER
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
//
// It cannot be emptied again. Other types accept it and keep it to themselves.
// It was ZMQ_IDENTITY once.
//
// Get on a STREAM socket gives the name of the connection that was made last.
const RoutingID zmq.Option[string] = 5

// ConnectRoutingID is ZMQ_CONNECT_ROUTING_ID: the name of the peer that the
// next Connect reaches.
//
//	Range    1 to 255 bytes
//	Sockets  ROUTER STREAM
//	Effect   the next Connect, once
//	Since    libzmq 4.1
//
// A name that a connection of this socket has or had already is refused:
// libzmq would abort the process. It was ZMQ_CONNECT_RID once.
const ConnectRoutingID zmq.WriteOption[string] = 61

// ProbeRouter is ZMQ_PROBE_ROUTER: send an empty message to each new peer, so
// that a ROUTER learns of this socket at once.
//
//	Default  false
//	Sockets  ROUTER DEALER REQ
//	Effect   at once, for new peers
//	Since    libzmq 4.0
const ProbeRouter zmq.WriteOption[bool] = 51

// RouterMandatory is ZMQ_ROUTER_MANDATORY: fail for a message that can reach
// no peer instead of dropping it.
//
//	Default  false
//	Sockets  ROUTER
//	Effect   at once
//	Since    libzmq 3.2
//
// An unknown peer is then ErrHostUnreachable, and a send waits for a peer that
// is full. It was ZMQ_ROUTER_BEHAVIOR and ZMQ_FAIL_UNROUTABLE once.
const RouterMandatory zmq.WriteOption[bool] = 33

// RouterHandover is ZMQ_ROUTER_HANDOVER: let a new peer take over the name of
// another, which is cut off, instead of being refused.
//
//	Default  false
//	Sockets  ROUTER
//	Effect   at once
//	Since    libzmq 4.1
//
// Without it, a peer that comes back under its RoutingID before this socket has
// seen its last connection go is not heard, for as long as it stays connected.
const RouterHandover zmq.WriteOption[bool] = 56

// RouterRaw is ZMQ_ROUTER_RAW: talk to raw TCP peers.
//
//	Default  false
//	Sockets  ROUTER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// It cannot be switched off again.
//
// Deprecated: use a STREAM socket.
const RouterRaw zmq.WriteOption[bool] = 41

// RouterNotify is ZMQ_ROUTER_NOTIFY: receive a message of the name and an
// empty frame when a peer comes or goes.
//
//	Default  0
//	Range    a combination of NotifyConnect and NotifyDisconnect
//	Sockets  ROUTER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.0; draft, needs a build with drafts
const RouterNotify zmq.Option[RouterEvents] = 97

// StreamNotify is ZMQ_STREAM_NOTIFY: receive a message of the name and an
// empty frame when a connection comes or goes.
//
//	Default  true
//	Sockets  STREAM
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
const StreamNotify zmq.WriteOption[bool] = 73

// RouterEvents is a set of events, for RouterNotify.
type RouterEvents int

// The values of RouterEvents.
const (
	NotifyConnect    RouterEvents = 1 // a peer has come
	NotifyDisconnect RouterEvents = 2 // a peer has gone
)

// String names the bits.
func (v RouterEvents) String() string {
	return bits(int(v), "connect", "disconnect")
}
