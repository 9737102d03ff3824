package capi

// IO is a socket's memory between batch calls: make one for each socket, at
// rest in the heap, and call Free before it is forgotten. Whoever may use
// the socket may use its IO. The layout is C's struct gozmq_io.
type IO struct {
	// Used is how many bytes of the buffer hold records. RecvBatch goes on
	// from there; the caller sets it to 0 when it has read them.
	Used uint64
	// spare and peers are memory that C keeps: for the next message it
	// lends, and of the peers it has told about.
	spare, peers uint64
	// Events is ZMQ_EVENTS, or -1 if it could not be read. WantEvents says
	// when the call is to read it: 0, or Events... below.
	Events     int32
	WantEvents int32
	// Partial is not 0 when the last message in the buffer is not complete:
	// the buffer was too small for its frames' headers. The caller copies
	// what there is into a larger one and calls RecvBatch again.
	Partial int32
	// Kind says what messages of this socket's type carry: Kind... bits.
	Kind uint32
}

// When a batch call reads ZMQ_EVENTS, for IO.WantEvents.
const (
	// EventsAfter is for whoever must know what the socket is ready for
	// after the call.
	EventsAfter = iota + 1
	// EventsFirst is for RecvBatch: libzmq does its housekeeping first, and
	// a message is taken only if it says that there is one.
	EventsFirst
)

// What a socket's type makes of messages, for IO.Kind.
const (
	KindBalanced = 1 << iota // PUSH, DEALER, REQ: sends go round among peers
	KindRequest              // REQ
	KindRouted               // SERVER, PEER: messages carry a routing id
	KindGrouped              // DISH: messages carry a group
	KindPeers                // tell which peer a message is from; libzmq 4.2.5 to 4.3.x
)

// Peers is how many peers a socket's messages are told apart by at one time:
// RecordPeer numbers them from 0.
const Peers = 32

// RecordHeader is the size of the header before each frame in a batch buffer:
// uint64 length, uint32 flags, uint32 routing id, in the host's byte order.
// The frame's bytes follow, padded to a multiple of 8.
const RecordHeader = 16

// Flags in a record's header.
const (
	// RecordMore: another frame of the same message follows.
	RecordMore = 1 << iota
	// RecordBorrowed: the bytes are elsewhere. Sending, an 8-byte pointer to
	// pinned memory follows; receiving, the handle for Release and then the
	// pointer to the bytes, 8 bytes each.
	RecordBorrowed
	// RecordGroup: not a frame, but the group of the message that follows,
	// with a NUL at its end.
	RecordGroup
	// RecordPeer: not a frame. A handle follows, 8 bytes, for Property and
	// Release: its metadata is that of the peer whose number is in the
	// header's routing id, until the number is given to another.
	RecordPeer
)

// RecordPeerShift is the first bit of a record's flags that holds, on the last
// frame of a message, the number of its peer plus 1, or 0 where it is unknown.
const RecordPeerShift = 16
