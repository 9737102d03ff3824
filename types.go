package zmq

import "strconv"

// SocketType is one of ZeroMQ's socket types. The values are libzmq's.
type SocketType int

// The socket types. The drafts from SERVER on need a library built with
// drafts; on another one NewSocket refuses them with errors.ErrUnsupported.
const (
	PAIR    SocketType = 0  // exactly one peer, both ways
	PUB     SocketType = 1  // sends to every subscriber; never waits, drops for the slow
	SUB     SocketType = 2  // receives what it subscribed to
	REQ     SocketType = 3  // sends a request, then receives its reply, in turn
	REP     SocketType = 4  // receives a request, then sends its reply, in turn
	DEALER  SocketType = 5  // sends round-robin, receives fairly from all peers
	ROUTER  SocketType = 6  // receives with the sender's routing id first, sends to the id named first
	PULL    SocketType = 7  // receives fairly from all PUSH peers
	PUSH    SocketType = 8  // sends round-robin to PULL peers; waits when there is none
	XPUB    SocketType = 9  // PUB that receives subscriptions as messages
	XSUB    SocketType = 10 // SUB that subscribes by sending messages
	STREAM  SocketType = 11 // raw TCP peers: [id][bytes]
	SERVER  SocketType = 12 // draft: answers CLIENTs by Msg.RoutingID; one frame
	CLIENT  SocketType = 13 // draft: talks to SERVERs; one frame
	RADIO   SocketType = 14 // draft: sends to the group in Msg.Group; one frame
	DISH    SocketType = 15 // draft: receives from the groups it joined; one frame
	GATHER  SocketType = 16 // draft: PULL for one frame
	SCATTER SocketType = 17 // draft: PUSH for one frame
	DGRAM   SocketType = 18 // draft: raw UDP peers: [address][bytes]
	PEER    SocketType = 19 // draft: PEERs talk to each other by Msg.RoutingID; one frame
	CHANNEL SocketType = 20 // draft: PAIR for one frame
)

var typeNames = [...]string{"PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM",
	"SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", "DGRAM", "PEER", "CHANNEL"}

// String is ZeroMQ's name of the type.
func (t SocketType) String() string {
	if t >= 0 && int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "SocketType(" + strconv.Itoa(int(t)) + ")"
}

// singleFrame reports whether a message of this type is exactly one frame:
// the thread-safe drafts.
func (t SocketType) singleFrame() bool {
	switch t {
	case SERVER, CLIENT, RADIO, DISH, GATHER, SCATTER, PEER, CHANNEL:
		return true
	}
	return false
}
