package opt

import zmq "gozmq"

// IOThreads is ZMQ_IO_THREADS: how many threads move bytes. One is enough for
// about a gigabyte a second; 0 is enough for inproc.
//
//	Default  1
//	Range    0 to 2147483647
//	Effect   only before the first socket
//	Since    libzmq 3.2
const IOThreads zmq.ContextOption[int] = 1

// MaxSockets is ZMQ_MAX_SOCKETS: how many sockets may be open at once. More
// are ErrTooManySockets.
//
//	Default  1023
//	Range    1 to SocketLimit
//	Effect   only before the first socket
//	Since    libzmq 3.2
//
// A monitor is a socket too. The limit counts the ones that are still sending
// what Close left.
const MaxSockets zmq.ContextOption[int] = 2

// SocketLimit is ZMQ_SOCKET_LIMIT: the highest MaxSockets.
//
//	Since    libzmq 4.1
const SocketLimit zmq.ContextReadOption[int] = 3

// ContextIPv6 is ZMQ_IPV6: opt.IPv6 for new sockets.
//
//	Default  false
//	Effect   sockets made later
//	Since    libzmq 4.0
const ContextIPv6 zmq.ContextOption[bool] = 42

// Blocky is ZMQ_BLOCKY: whether new sockets wait for ever for their unsent
// messages: with false they get opt.Linger 0.
//
//	Default  true
//	Effect   sockets made later
//	Since    libzmq 4.2
const Blocky zmq.ContextOption[bool] = 70

// ZeroCopyRecv is ZMQ_ZERO_COPY_RECV: let received messages of middle size
// share the buffer they were read into.
//
//	Default  true
//	Effect   sockets made later
//	Since    libzmq 4.2.4; draft, also in builds without drafts
//
// false saves memory when a few small messages are kept for long.
const ZeroCopyRecv zmq.ContextOption[bool] = 10

// ContextMaxMsgSize is ZMQ_MAX_MSGSZ: a limit that libzmq stores and never
// looks at. opt.MaxMsgSize is the one that works.
//
//	Default  2147483647
//	Range    0 to 2147483647
//	Effect   never
//	Since    libzmq 4.2
const ContextMaxMsgSize zmq.ContextOption[int] = 5

// MsgTSize is ZMQ_MSG_T_SIZE: the size of libzmq's zmq_msg_t, in bytes.
//
//	Default  64
//	Since    libzmq 4.3.0
const MsgTSize zmq.ContextReadOption[int] = 6
