package opt

import zmq "gozmq"

// LastEndpoint is ZMQ_LAST_ENDPOINT: the endpoint that was bound or connected
// last, with wildcards resolved.
//
//	Default  empty
//	Sockets  all
//	Since    libzmq 3.2
//
// Socket.LastEndpoint reads it too.
const LastEndpoint zmq.ReadOption[string] = 32

// Type is ZMQ_TYPE: the socket's type.
//
//	Sockets  all
//	Since    libzmq 2.1
const Type zmq.ReadOption[zmq.SocketType] = 16

// Events is ZMQ_EVENTS: what the socket is ready for: bit 0 to receive, bit 1
// to send.
//
//	Sockets  all
//	Since    libzmq 2.1
//
// It is for curiosity: the answer is old when it arrives. Calls that wait, and
// Poller, are made for this.
const Events zmq.ReadOption[int] = 15

// FD is ZMQ_FD: the file descriptor that becomes readable when Events may have
// changed.
//
//	Sockets  all but the thread-safe drafts
//	Since    libzmq 2.1
//
// It belongs to libzmq: it must not be read, written or closed. It tells of
// news only once, and this library watches it already.
const FD zmq.ReadOption[uintptr] = 14

// RecvMore is ZMQ_RCVMORE: whether frames of the message being received are
// left.
//
//	Sockets  all
//	Since    libzmq 2.0
//
// It is of no use here, since messages are received whole.
const RecvMore zmq.ReadOption[bool] = 13

// ThreadSafe is ZMQ_THREAD_SAFE: whether libzmq's own socket is thread-safe:
// the drafts CLIENT, SERVER, RADIO, DISH, GATHER, SCATTER, PEER, CHANNEL.
//
//	Sockets  all
//	Since    libzmq 4.2
//
// A Socket may be used from any goroutine whatever it says.
const ThreadSafe zmq.ReadOption[bool] = 81

// TopicsCount is ZMQ_TOPICS_COUNT: how many different subscriptions the socket
// knows: its own, or those of its subscribers. libzmq goes on counting those
// of subscribers that have disconnected.
//
//	Sockets  PUB XPUB SUB XSUB
//	Since    libzmq 4.3.5; draft, also in builds without drafts
//
// A subscription that is made twice counts once, in builds with drafts twice.
const TopicsCount zmq.ReadOption[int] = 116
