// Package options is what the library knows of each of libzmq's options: how
// its value looks in C, in which unit, in which range. Package zmq encodes
// and checks values by it; package opt gives the options their Go types.
package options

import "time"

// Wire is the C type of an option's value.
type Wire uint8

const (
	Int        Wire = iota // int
	Int64                  // int64_t
	Uint64                 // uint64_t
	Bytes                  // binary
	Text                   // C string; what is read ends with a NUL
	FD                     // file descriptor; a SOCKET on Windows
	Key                    // CURVE key: 32 bytes, or 40 characters of Z85
	Uint32                 // uid_t, gid_t
	Metadata               // ZMQ_METADATA's "X-key:value"
	ThreadName             // ZMQ_THREAD_NAME_PREFIX: an int or, with drafts, text
)

// Spec describes one option.
type Spec struct {
	Name string // in C, such as "ZMQ_LINGER"
	Wire Wire
	// Unit is that of a number which is a duration: Go's value is divided by
	// it, rounding up. Zero means the number is none.
	Unit time.Duration
	// Min and Max bound a number in C's unit, or the length of bytes and
	// text. Both zero: no bound is checked here.
	Min, Max int64
	// Step is what libzmq counts in, in C's unit: numbers are rounded up to a
	// multiple of it. Zero is 1.
	Step int64
	// Clears means that empty text takes the value back, which is NULL in C.
	Clears bool
	// Secret values appear in no error and no log, not even their length.
	Secret bool

	// What follows explains why a library refuses the option.

	Since   int    // the version that brought it: 40303 is 4.3.3
	Draft   bool   // only in builds with drafts
	Needs   string // the capability it takes, such as "norm"
	Sockets string // the types that have it, where others refuse it
}

// Ranges that many options share.
const (
	maxInt    = 1<<31 - 1
	maxUint32 = 1<<32 - 1
	maxInt64  = 1<<63 - 1
)

// Socket gives the description of a socket option, by libzmq's number.
func Socket(num int) (Spec, bool) { s, ok := socket[num]; return s, ok }

// Context gives the description of a context option, by libzmq's number.
func Context(num int) (Spec, bool) { s, ok := context[num]; return s, ok }

// Numbers that package zmq and the engines know by themselves.
const (
	Subscribe         = 6
	Unsubscribe       = 7
	EventsNumber      = 15
	Linger            = 17
	SendHWM           = 23
	RecvHWM           = 24
	RecvTimeout       = 27
	SendTimeout       = 28
	LastEndpoint      = 32
	PlainServer       = 44
	CurveServer       = 47
	Conflate          = 54
	ZAPDomain         = 55
	ConnectRoutingID  = 61
	XPubManual        = 71
	InvertMatching    = 74
	ZAPEnforceDomain  = 93
	XPubManualLast    = 98
	ThreadPriority    = 3
	ThreadSchedPolicy = 4
	ThreadCPUAdd      = 7
	ThreadCPURemove   = 8
)
