package opt

import (
	"strconv"
	"time"

	zmq "gozmq"
)

// IPv6 is ZMQ_IPV6: use IPv6 too. Wildcard addresses then take connections of
// both kinds.
//
//	Default  false, or that of opt.ContextIPv6
//	Sockets  all; tcp, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
const IPv6 zmq.Option[bool] = 42

// IPv4Only is ZMQ_IPV4ONLY: the opposite of IPv6.
//
//	Default  true
//	Sockets  all; tcp, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
//
// Deprecated: use IPv6.
const IPv4Only zmq.Option[bool] = 31

// Backlog is ZMQ_BACKLOG: how many connections the system may hold that nobody
// has accepted yet.
//
//	Default  100
//	Range    0 to 2147483647
//	Sockets  all that bind; tcp, ipc, tipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.1
const Backlog zmq.Option[int] = 19

// SendBuffer is ZMQ_SNDBUF: the size of the system's send buffer of a
// connection, in bytes. -1 leaves it to the system.
//
//	Default  -1
//	Range    -1 to 2147483647
//	Sockets  all; tcp, ipc, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
//
// Linux doubles the value and has a limit, net.core.wmem_max.
const SendBuffer zmq.Option[int] = 11

// RecvBuffer is ZMQ_RCVBUF: the size of the system's receive buffer of a
// connection, in bytes. -1 leaves it to the system.
//
//	Default  -1
//	Range    -1 to 2147483647
//	Sockets  all; tcp, ipc, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
//
// Linux doubles the value and has a limit, net.core.rmem_max.
const RecvBuffer zmq.Option[int] = 12

// TCPKeepAlive is ZMQ_TCP_KEEPALIVE: whether the system probes idle
// connections.
//
//	Default  KeepAliveDefault
//	Range    -1 to 1
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
const TCPKeepAlive zmq.Option[KeepAlive] = 34

// TCPKeepAliveCount is ZMQ_TCP_KEEPALIVE_CNT: after how many probes without an
// answer a connection is dead. -1 leaves it to the system.
//
//	Default  -1
//	Range    -1 to 127
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
//
// It counts with TCPKeepAlive KeepAliveOn. 0 and what is over the range is
// what Linux refuses, and libzmq loses a descriptor at each connection then.
const TCPKeepAliveCount zmq.Option[int] = 35

// TCPKeepAliveIdle is ZMQ_TCP_KEEPALIVE_IDLE: how long a connection is silent
// before the first probe. Negative leaves it to the system.
//
//	Default  the system's
//	Unit     seconds
//	Range    -1 to 32767 s
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
//
// It counts with TCPKeepAlive KeepAliveOn. 0 and what is over the range is
// what Linux refuses, and libzmq loses a descriptor at each connection then.
const TCPKeepAliveIdle zmq.Option[time.Duration] = 36

// TCPKeepAliveInterval is ZMQ_TCP_KEEPALIVE_INTVL: how long to wait between
// two probes. Negative leaves it to the system.
//
//	Default  the system's
//	Unit     seconds
//	Range    -1 to 32767 s
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
//
// It counts with TCPKeepAlive KeepAliveOn. 0 and what is over the range is
// what Linux refuses, and libzmq loses a descriptor at each connection then.
const TCPKeepAliveInterval zmq.Option[time.Duration] = 37

// TCPMaxRetransmit is ZMQ_TCP_MAXRT: how long sent bytes may stay
// unacknowledged before the system gives the connection up. 0 leaves it to the
// system.
//
//	Default  0
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
//
// It is TCP_USER_TIMEOUT on Linux, TCP_MAXRT on Windows (in whole seconds),
// nothing elsewhere.
const TCPMaxRetransmit zmq.Option[time.Duration] = 80

// TypeOfService is ZMQ_TOS: the type-of-service byte of outgoing packets, such
// as 0x28 for DSCP AF11.
//
//	Default  0
//	Range    0 to 2147483647
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// Only the low eight bits travel.
const TypeOfService zmq.Option[int] = 57

// Priority is ZMQ_PRIORITY: the priority of outgoing packets in the queues of
// this machine (SO_PRIORITY).
//
//	Default  0
//	Range    0 to 6
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.4; draft, needs a build with drafts
//
// The system asks for privileges above 6, and libzmq would abort the process
// without them, so more is refused here. Linux only, and some builds take it
// and do nothing.
const Priority zmq.Option[int] = 112

// BusyPoll is ZMQ_BUSY_POLL: how long a receive may poll the network card
// before it sleeps, in microseconds (SO_BUSY_POLL). 0 is off.
//
//	Default  0
//	Range    0 to 2147483647
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts
//
// The system asks for privileges. Linux only. libzmq has a getter for it that
// always fails.
const BusyPoll zmq.WriteOption[int] = 113

// BindToDevice is ZMQ_BINDTODEVICE: bind to one network interface, such as
// "eth0", or to a VRF. "" is any.
//
//	Default  empty
//	Range    0 to 16 bytes
//	Sockets  all; tcp, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.0
//
// The system may ask for CAP_NET_RAW. Linux only.
const BindToDevice zmq.Option[string] = 92

// LoopbackFastPath is ZMQ_LOOPBACK_FASTPATH: a shortcut of Windows for
// connections within the machine.
//
//	Default  false
//	Sockets  all; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2.4; draft, also in builds without drafts
//
// Elsewhere it is accepted and does nothing.
const LoopbackFastPath zmq.Option[bool] = 94

// InBatchSize is ZMQ_IN_BATCH_SIZE: how many bytes are read from a connection
// at once.
//
//	Default  8192
//	Range    9 to 2147483647
//	Sockets  all; tcp, ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.2; draft, needs a build with drafts
//
// libzmq overwrites memory with less, which a frame's length may fill alone.
const InBatchSize zmq.Option[int] = 101

// OutBatchSize is ZMQ_OUT_BATCH_SIZE: how many bytes are written to a
// connection at once.
//
//	Default  8192
//	Range    1 to 2147483647
//	Sockets  all; tcp, ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.2; draft, needs a build with drafts
const OutBatchSize zmq.Option[int] = 102

// UseFD is ZMQ_USE_FD: a file descriptor that listens already, for the next
// Bind to take over, as systemd gives one. -1 is none.
//
//	Default  -1
//	Range    -1 to 2147483647
//	Sockets  all that bind; tcp, ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
//
// It must be bound to what the endpoint says, and listen: Bind is ErrInvalid
// otherwise. It belongs to libzmq from Bind on, which closes it.
const UseFD zmq.Option[int] = 89

// TCPAcceptFilter is ZMQ_TCP_ACCEPT_FILTER: let only peers of an address range
// connect, such as "10.0.0.0/8". Each setting adds a range; "" takes all back.
//
//	Range    0 to 255 bytes
//	Sockets  all that bind; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.2
//
// With IPv6, an IPv4 range is one of mapped addresses: set IPv6 first.
//
// Deprecated: use a ZAP handler.
const TCPAcceptFilter zmq.WriteOption[string] = 38

// KeepAlive says who decides whether idle TCP connections are probed.
type KeepAlive int

// The values of KeepAlive.
const (
	KeepAliveDefault KeepAlive = -1 // the system decides
	KeepAliveOff     KeepAlive = 0  // no probes
	KeepAliveOn      KeepAlive = 1  // probes
)

// String is the name of the value.
func (v KeepAlive) String() string {
	switch v {
	case KeepAliveDefault:
		return "default"
	case KeepAliveOff:
		return "off"
	case KeepAliveOn:
		return "on"
	}
	return "KeepAlive(" + strconv.Itoa(int(v)) + ")"
}
