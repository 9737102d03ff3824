// Package engine is the seam between package zmq and what moves the
// messages: libzmq through cgo today, ZMTP in pure Go beside it later.
//
// What every engine needs is written once in package zmq: contexts with
// deadlines, message rules, iterators, poller, proxy, errors with their place.
// What differs is behind the interfaces here. Whole messages and batches of
// them cross the seam, never frames with a MORE flag, and no call blocks
// except those that say so. A capability that an engine lacks is an error
// that is errors.ErrUnsupported and names it, never a pretence.
package engine

import "context"

// Events says what a socket is ready for. The bits are libzmq's ZMQ_POLLIN
// and ZMQ_POLLOUT.
type Events uint8

const (
	In  Events = 1 << iota // a whole message can be received
	Out                    // a whole message can be sent
	// News is for a Waiter only, after a try that failed although the socket
	// is ready: something has happened at one of its connections, so another
	// try may fare better. The socket may miss some, so who waits for it
	// tries now and then without.
	News
)

// A Context makes sockets and owns what they share: I/O threads, inproc
// names, limits. Every method may be called from any goroutine.
type Context interface {
	// NewSocket makes a socket of one of ZeroMQ's types, by libzmq's number.
	NewSocket(typ int) (Socket, error)
	// SetOption and GetOption take libzmq's context option numbers.
	// Values are encoded as libzmq takes them, in the host's byte order.
	SetOption(num int, value []byte) error
	GetOption(num int, buf []byte) (n int, err error)
	// Has reports a capability by libzmq's name: "curve", "ipc", "draft"...
	Has(capability string) bool
	// Version is that of the libzmq whose options the engine has: 40304 is
	// 4.3.4.
	Version() int
	// Shutdown closes every socket and waits until all that was sent is
	// handed over or its LINGER has ended, or ctx is done. It may be called
	// again after ctx ended it, to wait on. It returns nil once nothing is
	// left, ErrLinger when that took so long that a LINGER ran out on the
	// way, or ctx's error when the wait was given up.
	Shutdown(ctx context.Context) error
}

// A Socket is one ZeroMQ socket. Every method may be called from any
// goroutine; none blocks for longer than a system call, except where an
// endpoint holds a host name to resolve.
type Socket interface {
	// Send gives whole messages to the socket, in order, until one would
	// block. It returns how many were accepted; those are the socket's, their
	// bytes no longer needed. n < len(batch) comes with the reason:
	// ErrAgain when the next one would block. A refused message has left
	// nothing behind.
	Send(batch []Message) (n int, err error)
	// SendFrame is Send for one message of one frame and nothing else, which
	// is what most messages are. It keeps no reference to the frame.
	SendFrame(frame []byte) error
	// Recv fills messages with what has arrived, up to len(batch), and
	// returns how many; none is ErrAgain. An error that comes after some
	// messages is kept for the next call. What the filled messages held is
	// released; the others stay as they are.
	Recv(batch []Message) (n int, err error)
	// Unread puts messages back that were received and could not be handed on:
	// the next Recv gets them first, in this order. It takes their content
	// and leaves the batch's messages empty. A closed socket drops them.
	Unread(batch []Message)
	// Arm asks to be woken. When the socket is ready for any of w.Want, or
	// cannot become so any more, Arm returns that at once and w is not armed;
	// unless w is Shared the caller then tries what it wanted.
	// Otherwise w is armed and gets one token on w.C as soon as a call is
	// worth another try; every armed Waiter must be disarmed by its owner.
	Arm(w *Waiter) (ready Events, err error)
	// Disarm takes w back. If a token had been sent and nobody used it, the
	// wake-up goes to the next Waiter: a call that gives up loses nothing.
	// When w.N says that messages came with it, they are the owner's.
	Disarm(w *Waiter)
	// Attend is Arm, wait and Disarm in one, for a w that is not Shared, in a
	// place from which the socket's news wake the caller directly. It returns
	// false at once, and has done nothing, when that place is taken or there
	// is none, or the socket has closed. After true the caller tries again,
	// unless w.N says that messages came, or ctx has ended.
	Attend(ctx context.Context, w *Waiter) bool

	Bind(endpoint string) error
	Connect(endpoint string) error
	Unbind(endpoint string) error
	Disconnect(endpoint string) error

	SetOption(num int, value []byte) error
	GetOption(num int, buf []byte) (n int, err error)

	// Monitor calls sink with every event of the socket's connections from
	// now on, in order, from one goroutine; sink does not wait. Only one
	// Monitor at a time. EventStopped is the last event, after stop or Close.
	// stop ends it and returns when sink will not be called again; it may be
	// called more than once, but not from sink.
	Monitor(sink func(Event)) (stop func(), err error)

	// Join and Leave are for DISH; ConnectPeer is for PEER, DisconnectPeer
	// for PEER and SERVER, PeerWritable for ROUTER.
	Join(group string) error
	Leave(group string) error
	ConnectPeer(endpoint string) (id uint32, err error)
	DisconnectPeer(id uint32) error
	PeerWritable(id []byte) (bool, error)

	// Close ends the socket: at once for its callers, who are woken with
	// ErrClosed; unsent messages go on for LINGER. A second Close is
	// ErrClosed.
	Close() error
}

// A Forwarder is a Socket that can pass messages on to another of its engine
// without bringing them up. An engine need not have it: receiving and sending
// is the same, and dearer.
type Forwarder interface {
	// Forward receives up to most messages and sends each to to. It receives
	// none before to can send one, and one that to refuses can be received
	// as if it had not been. ok is false when what comes next is for the caller
	// to receive and send: the engine does not forward between such sockets,
	// the next message is one that was refused, or a call has an error to tell.
	Forward(to Socket, most int) (f Forwarded, ok bool)
}

// Forwarded is what a Forward has passed on.
type Forwarded struct {
	Messages, Frames, Bytes uint64
	Full                    bool // to cannot send, which is why there were not more
	Lost                    bool // one more was received and refused, and there was no memory to keep it
}
