package opt

import zmq "gozmq"

// SendHWM is ZMQ_SNDHWM: how many messages may wait to be sent to one peer
// before the socket is full for it. 0 is no limit.
//
//	Default  1000; here 0 for SUB and XSUB
//	Range    0 to 2147483647
//	Sockets  all
//	Effect   at once
//	Since    libzmq 3.0
//
// What a full socket does depends on its type: PUSH and REQ wait, PUB and
// ROUTER drop. Over inproc the limits of both ends add up.
//
// Best set before Bind and Connect: libzmq up to 4.3.5 may crash when it is set
// at the moment in which a connection ends. A queue that is full already does
// not go on with a higher value, but when its peer has read half as many as the
// value says, which more than twice the value of before may never be. Before
// libzmq 4.2 it counts for later connections only.
//
// SUB and XSUB send their subscriptions through the same queue, and libzmq
// drops those that exceed it; hence no limit there.
const SendHWM zmq.Option[int] = 23

// RecvHWM is ZMQ_RCVHWM: how many messages of one peer may wait to be
// received. 0 is no limit.
//
//	Default  1000
//	Range    0 to 2147483647
//	Sockets  all
//	Effect   at once
//	Since    libzmq 3.0
//
// Messages that a receive has brought along for the next one no longer count.
// Before libzmq 4.2 it counts for later connections only. Best set before Bind
// and Connect: libzmq up to 4.3.5 may crash when it is set at the moment in
// which a connection ends.
const RecvHWM zmq.Option[int] = 24

// Conflate is ZMQ_CONFLATE: keep only the newest message in each queue.
//
//	Default  false
//	Sockets  PULL PUSH SUB PUB DEALER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// It is for messages of one frame: longer ones fall apart. High-water marks do
// not count then. Other types accept the option and ignore it.
//
// It is for values that go on coming: when both sides are at the queue in the
// same moment libzmq may keep the newest message until the next is sent. A SUB
// has such a queue for its subscriptions too, so it can have one; and over
// inproc, what is sent before Bind may be lost.
const Conflate zmq.Option[bool] = 54

// Immediate is ZMQ_IMMEDIATE: queue messages only for connections that are
// complete.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// Without it, messages for a peer that is not there wait in its queue. With
// it, a socket without a peer waits or drops as its type does, and what is in
// a queue is lost with the connection. Best for sockets that only send, such
// as PUSH: libzmq, up to 4.3.5 at least, may abort the process when a
// connection is lost while messages of several frames are being received from
// it, and nothing here can prevent that.
const Immediate zmq.Option[bool] = 39

// MaxMsgSize is ZMQ_MAXMSGSIZE: the longest frame that is accepted from a
// peer, in bytes. -1 is no limit.
//
//	Default  -1
//	Range    -1 to 9223372036854775807
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 3.0
//
// A peer that sends more is cut off; if this side had connected, it does not
// connect again. The limit counts for the handshake too, so values under about
// 64 keep everybody out. Messages over inproc are not limited.
const MaxMsgSize zmq.Option[int64] = 22

// Affinity is ZMQ_AFFINITY: which I/O threads serve new connections, one bit
// each, the first thread being bit 0. 0 is all.
//
//	Default  0
//	Range    any
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 2.0
const Affinity zmq.Option[uint64] = 4
