package capi

// Socket types, for [SocketNew]. Like all numbers of this package they are spelled as in zmq.h,
// without the ZMQ_ in front, so that C code can be carried over and searched for.
const (
	PAIR   = 0  // one exclusive peer, both ways
	PUB    = 1  // sends to all subscribers
	SUB    = 2  // receives what it subscribed to
	REQ    = 3  // sends a request and receives the reply, in turn
	REP    = 4  // receives a request and sends the reply, in turn
	DEALER = 5  // sends to its peers in turn and receives from all
	ROUTER = 6  // receives with, and sends to, an address
	PULL   = 7  // receives from all
	PUSH   = 8  // sends to its peers in turn
	XPUB   = 9  // a PUB that receives the subscriptions
	XSUB   = 10 // a SUB that sends subscriptions as messages
	STREAM = 11 // plain TCP connections
)

// Draft socket types, which need a libzmq with drafts. All but DGRAM are thread-safe and carry
// messages of one frame.
const (
	SERVER  = 12 // receives with, and sends to, a routing id
	CLIENT  = 13 // talks to SERVERs
	RADIO   = 14 // sends to groups
	DISH    = 15 // receives from the groups it joined
	GATHER  = 16 // receives from all
	SCATTER = 17 // sends to its peers in turn
	DGRAM   = 18 // plain UDP datagrams
	PEER    = 19 // a SERVER that connects to others of its kind
	CHANNEL = 20 // a thread-safe PAIR
)

// Old names of socket types.
const (
	XREQ = DEALER // old name of DEALER
	XREP = ROUTER // old name of ROUTER
)

// Flags for sending and receiving, to be added up.
const (
	DONTWAIT = 1        // return EAGAIN and do not wait
	SNDMORE  = 2        // another frame of the same message follows
	NOBLOCK  = DONTWAIT // old name of DONTWAIT
)

// Properties of a frame that are numbers, for [Msg.Get].
const (
	MORE   = 1 // 1 when another frame follows
	SRCFD  = 2 // the descriptor it came from; deprecated
	SHARED = 3 // 1 when others share the content
)

// Properties of a frame that are text, for [Msg.Gets]. They exist in every libzmq, though zmq.h
// calls the names a draft.
const (
	MSG_PROPERTY_ROUTING_ID   = "Routing-Id"   // the routing id the peer gave itself
	MSG_PROPERTY_SOCKET_TYPE  = "Socket-Type"  // the peer's socket type, for example DEALER
	MSG_PROPERTY_USER_ID      = "User-Id"      // who the peer is, as the ZAP handler said
	MSG_PROPERTY_PEER_ADDRESS = "Peer-Address" // the peer's address without the port
)

// Events for [Poll] and [Poller], to be added up.
const (
	POLLIN         = 1  // a frame can be received
	POLLOUT        = 2  // a frame can be sent
	POLLERR        = 4  // an error, of descriptors only
	POLLPRI        = 8  // urgent data, of descriptors only
	POLLITEMS_DFLT = 16 // a number of items that is usual in C code
)

// Security mechanisms: what the option [MECHANISM] reads.
const (
	NULL   = 0 // no security
	PLAIN  = 1 // user name and password, in clear text
	CURVE  = 2 // public keys and encryption
	GSSAPI = 3 // Kerberos
)

// Limits and defaults.
const (
	GROUP_MAX_LENGTH         = 255  // bytes in the name of a group (15 before libzmq 4.3.3)
	IO_THREADS_DFLT          = 1    // default of IO_THREADS
	MAX_SOCKETS_DFLT         = 1023 // default of MAX_SOCKETS
	THREAD_PRIORITY_DFLT     = -1   // default of THREAD_PRIORITY: the system's
	THREAD_SCHED_POLICY_DFLT = -1   // default of THREAD_SCHED_POLICY: the system's
)

// Kinds of [Device], which make no difference.
const (
	STREAMER  = 1 // PULL to PUSH
	FORWARDER = 2 // XSUB to XPUB
	QUEUE     = 3 // ROUTER to DEALER
)

// draftTypes are the names of the draft socket types.
var draftTypes = map[int]string{
	SERVER:  "SERVER",
	CLIENT:  "CLIENT",
	RADIO:   "RADIO",
	DISH:    "DISH",
	GATHER:  "GATHER",
	SCATTER: "SCATTER",
	DGRAM:   "DGRAM",
	PEER:    "PEER",
	CHANNEL: "CHANNEL",
}
