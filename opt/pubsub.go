package opt

import zmq "gozmq"

// Subscribe is ZMQ_SUBSCRIBE: let messages through that begin with a prefix.
// Empty is every message.
//
//	Range    any length
//	Sockets  SUB; XPUB with XPubManual
//	Effect   at once
//	Since    libzmq 2.0
//
// Socket.Subscribe does the same. Each prefix counts: one that is subscribed
// twice must be unsubscribed twice. Of some prefixes publishers are told only
// the beginning, because libzmq would fail, and what is too much is filtered
// out here: those longer than 1024 bytes, with libzmq 4.3.3 and 4.3.4 those of
// 246 to 255, and later that of 255. InvertMatching does not work with them.
const Subscribe zmq.WriteOption[[]byte] = 6

// Unsubscribe is ZMQ_UNSUBSCRIBE: take a Subscribe back.
//
//	Range    any length
//	Sockets  SUB; XPUB with XPubManual
//	Effect   at once
//	Since    libzmq 2.0
//
// Socket.Unsubscribe does the same. A prefix that was never subscribed is
// ignored.
const Unsubscribe zmq.WriteOption[[]byte] = 7

// XPubVerbose is ZMQ_XPUB_VERBOSE: receive every subscription, also those that
// another peer has made before.
//
//	Default  false
//	Sockets  XPUB
//	Effect   at once
//	Since    libzmq 3.2
//
// It switches XPubVerboser off.
const XPubVerbose zmq.WriteOption[bool] = 40

// XPubVerboser is ZMQ_XPUB_VERBOSER: receive every subscription and every
// unsubscription.
//
//	Default  false
//	Sockets  XPUB
//	Effect   at once
//	Since    libzmq 4.2
//
// It switches XPubVerbose as well.
const XPubVerboser zmq.WriteOption[bool] = 78

// XPubManual is ZMQ_XPUB_MANUAL: leave it to the program which subscriptions
// count.
//
//	Default  false
//	Sockets  XPUB
//	Effect   at once
//	Since    libzmq 4.2
//
// Socket.Subscribe and Unsubscribe then speak for the peer whose message was
// received last. With libzmq before 4.3.5 that peer must still be there: if it
// has gone before its message was received, Subscribe writes to memory that
// libzmq has freed.
const XPubManual zmq.WriteOption[bool] = 71

// XPubManualLastValue is ZMQ_XPUB_MANUAL_LAST_VALUE: XPubManual, and each
// message goes only to the peer whose message was received last.
//
//	Default  false
//	Sockets  XPUB
//	Effect   at once
//	Since    libzmq 4.3.2; draft, also in builds without drafts
//
// It is for last-value caches, which answer a new subscriber with what they
// have.
const XPubManualLastValue zmq.WriteOption[bool] = 98

// XPubNoDrop is ZMQ_XPUB_NODROP: make a send wait when a subscriber is full,
// instead of dropping for that one.
//
//	Default  false
//	Sockets  PUB XPUB RADIO
//	Effect   at once
//	Since    libzmq 4.1
//
// One slow subscriber then stops all.
const XPubNoDrop zmq.WriteOption[bool] = 69

// XPubWelcomeMsg is ZMQ_XPUB_WELCOME_MSG: a message that each new subscriber
// gets, if its subscriptions let it through. Empty is none.
//
//	Default  none
//	Range    any length
//	Sockets  XPUB
//	Effect   at once, for new peers
//	Since    libzmq 4.2
const XPubWelcomeMsg zmq.WriteOption[[]byte] = 72

// InvertMatching is ZMQ_INVERT_MATCHING: let messages through that match no
// subscription.
//
//	Default  false
//	Sockets  PUB XPUB SUB
//	Effect   at once
//	Since    libzmq 4.2
//
// Both ends must say so.
const InvertMatching zmq.Option[bool] = 74

// OnlyFirstSubscribe is ZMQ_ONLY_FIRST_SUBSCRIBE: take only the first frame of
// a message for a subscription, and the others for data.
//
//	Default  false
//	Sockets  XPUB XSUB
//	Effect   at once
//	Since    libzmq 4.3.3; draft, also in builds without drafts
const OnlyFirstSubscribe zmq.WriteOption[bool] = 108

// XSubVerboseUnsubscribe is ZMQ_XSUB_VERBOSE_UNSUBSCRIBE: pass every
// unsubscription on to the publishers, also those of prefixes that are still
// subscribed.
//
//	Default  false
//	Sockets  XSUB
//	Effect   at once
//	Since    libzmq 4.3.5; draft, needs a build with drafts
const XSubVerboseUnsubscribe zmq.WriteOption[bool] = 115
