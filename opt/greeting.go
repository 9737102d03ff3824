package opt

import zmq "gozmq"

// HelloMsg is ZMQ_HELLO_MSG: a message that each new peer receives first.
// Empty is none.
//
//	Default  none
//	Range    any length
//	Sockets  ROUTER DEALER CLIENT SERVER PEER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts
const HelloMsg zmq.WriteOption[[]byte] = 110

// DisconnectMsg is ZMQ_DISCONNECT_MSG: a message that this socket receives
// from a peer which is gone. Empty is none.
//
//	Default  none
//	Range    any length
//	Sockets  ROUTER SERVER PEER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts
//
// For peers that had connected to this socket only.
const DisconnectMsg zmq.WriteOption[[]byte] = 111

// HiccupMsg is ZMQ_HICCUP_MSG: a message that this socket receives when a
// connection it made is lost and being made again. Empty is none.
//
//	Default  none
//	Range    any length
//	Sockets  DEALER CLIENT PEER
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts
const HiccupMsg zmq.WriteOption[[]byte] = 114

// Metadata is ZMQ_METADATA: a property that peers see with each message,
// "X-key:value". Each setting adds one; the first value of a key stays.
//
//	Default  none
//	Range    X-key:value, a key of up to 255 bytes, no NUL
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2.4; draft, also in builds without drafts
//
// Peers read it with Msg.Property("X-key").
const Metadata zmq.WriteOption[string] = 95
