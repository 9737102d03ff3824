package opt

import (
	"time"

	zmq "gozmq"
)

// Linger is ZMQ_LINGER: how long messages that were sent wait for their peers
// after Close. Negative is for ever, 0 drops them at once.
//
//	Default  for ever; 0 for SUB, XSUB, DISH, and for all with opt.Blocky false
//	Unit     milliseconds
//	Range    -1 to 2147483647 ms
//	Sockets  all
//	Effect   at once; the value at Close counts
//	Since    libzmq 2.1
const Linger zmq.Option[time.Duration] = 17

// SendTimeout is ZMQ_SNDTIMEO: how long a send waits at most. Negative is for
// ever.
//
//	Default  for ever
//	Unit     milliseconds
//	Range    -1 to 2147483647 ms
//	Sockets  all
//	Effect   at once
//	Since    libzmq 2.2
//
// A send that waits longer ends with os.ErrDeadlineExceeded. A context's
// deadline counts beside it, whichever is first.
const SendTimeout zmq.Option[time.Duration] = 28

// RecvTimeout is ZMQ_RCVTIMEO: how long a receive waits at most. Negative is
// for ever.
//
//	Default  for ever
//	Unit     milliseconds
//	Range    -1 to 2147483647 ms
//	Sockets  all
//	Effect   at once
//	Since    libzmq 2.2
//
// A receive that waits longer ends with os.ErrDeadlineExceeded. A context's
// deadline counts beside it, whichever is first.
const RecvTimeout zmq.Option[time.Duration] = 27

// ConnectTimeout is ZMQ_CONNECT_TIMEOUT: how long one attempt to connect may
// take before the next. 0 leaves it to the system.
//
//	Default  0
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
const ConnectTimeout zmq.Option[time.Duration] = 79

// HandshakeInterval is ZMQ_HANDSHAKE_IVL: how long a new connection may take
// for its handshake before it is dropped. 0 is for ever.
//
//	Default  30s
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all but STREAM
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// libzmq 4.3.3 and 4.3.4 also drop peers of ZMTP 1 and 2 after it.
const HandshakeInterval zmq.Option[time.Duration] = 66

// ReconnectInterval is ZMQ_RECONNECT_IVL: how long to wait before a lost or
// refused connection is tried again, plus a random part of up to as much.
// Negative is never.
//
//	Default  100ms
//	Unit     milliseconds
//	Range    -1 to 2147483647 ms
//	Sockets  all that connect
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.1
//
// 0 is never too since libzmq 4.3.3; before, it is at once.
const ReconnectInterval zmq.Option[time.Duration] = 18

// ReconnectIntervalMax is ZMQ_RECONNECT_IVL_MAX: up to where the wait before a
// new attempt doubles. 0 keeps it the same.
//
//	Default  0
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all that connect
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.0
//
// Up to libzmq 4.3.4 it is ignored unless above ReconnectInterval; since 4.3.5
// it also lowers the first wait.
const ReconnectIntervalMax zmq.Option[time.Duration] = 21

// ReconnectStop is ZMQ_RECONNECT_STOP: after which failures a connection is
// not tried again.
//
//	Default  0
//	Range    a combination of StopReason bits
//	Sockets  all that connect
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, also in builds without drafts
//
// StopAfterDisconnect works since libzmq 4.3.5, for ipc only. In 4.3.4 it has
// no bit of its own: either of the others means it too.
const ReconnectStop zmq.Option[StopReason] = 109

// HeartbeatInterval is ZMQ_HEARTBEAT_IVL: how often a PING goes to each peer.
// 0 is never.
//
//	Default  0
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
//
// Peers answer by themselves. Not over inproc.
const HeartbeatInterval zmq.Option[time.Duration] = 75

// HeartbeatTTL is ZMQ_HEARTBEAT_TTL: after which silence of this side peers
// shall give it up; it travels with each PING. 0 leaves that to them.
//
//	Default  0
//	Unit     milliseconds, in steps of 100
//	Range    0 to 6553599 ms
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
//
// It is counted in tenths of a second: other values are rounded up. libzmq
// misreads values over 655.3s that it receives.
const HeartbeatTTL zmq.Option[time.Duration] = 76

// HeartbeatTimeout is ZMQ_HEARTBEAT_TIMEOUT: how long to wait for any sign of
// life after a PING before the connection is given up. 0 is for ever.
//
//	Default  as HeartbeatInterval; Get says -1ns
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
const HeartbeatTimeout zmq.Option[time.Duration] = 77

// StopReason is a set of failures, for ReconnectStop.
type StopReason int

// The values of StopReason.
const (
	StopConnectionRefused StopReason = 1 // nobody listens at the endpoint
	StopHandshakeFailed   StopReason = 2 // the peer speaks another protocol, or its security refuses
	StopAfterDisconnect   StopReason = 4 // the connection was lost (ipc only; libzmq 4.3.5)
)

// String names the bits.
func (v StopReason) String() string {
	return bits(int(v), "refused", "handshake", "disconnect")
}
