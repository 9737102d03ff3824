package opt

import (
	"time"

	zmq "gozmq"
)

// Rate is ZMQ_RATE: how many kilobits a second are sent at most.
//
//	Default  100
//	Range    1 to 2147483647
//	Sockets  PUB SUB XPUB XSUB; pgm, norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
const Rate zmq.Option[int] = 8

// RecoveryInterval is ZMQ_RECOVERY_IVL: for how long lost packets can be had
// again, which costs memory at the given rate.
//
//	Default  10s
//	Unit     milliseconds
//	Range    0 to 2147483647 ms
//	Sockets  PUB SUB XPUB XSUB; pgm, norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
const RecoveryInterval zmq.Option[time.Duration] = 9

// MulticastHops is ZMQ_MULTICAST_HOPS: how many routers a multicast packet may
// pass.
//
//	Default  1
//	Range    1 to 2147483647
//	Sockets  PUB XPUB RADIO DGRAM; pgm, norm, udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.0
const MulticastHops zmq.Option[int] = 25

// MulticastMaxTPDU is ZMQ_MULTICAST_MAXTPDU: the size of the largest multicast
// packet, in bytes.
//
//	Default  1500
//	Range    1 to 2147483647
//	Sockets  PUB SUB XPUB XSUB; pgm, norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2
const MulticastMaxTPDU zmq.Option[int] = 84

// MulticastLoop is ZMQ_MULTICAST_LOOP: receive on this machine too what it
// sends.
//
//	Default  true
//	Sockets  RADIO DISH DGRAM; udp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.0; draft, also in builds without drafts
const MulticastLoop zmq.Option[bool] = 96
