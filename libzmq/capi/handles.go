package capi

import (
	"sync"
	"unsafe"
)

// Ctx is a ZeroMQ context: its I/O threads and the sockets made in it. Make one with [CtxNew]
// and end it with [Ctx.Term]. All methods may be called from any goroutine at any time; the
// nil and the terminated Ctx give [EFAULT].
type Ctx struct {
	// mu lets calls finish before Term takes p away: libzmq frees the context in it.
	mu sync.RWMutex
	p  unsafe.Pointer // nil from the start of Term on
}

// Socket is a ZeroMQ socket. Make one with [SocketNew] and end it with [Socket.Close]. One
// goroutine may use it at a time, with a synchronisation in between; that holds for Close
// too. The nil and the closed Socket give [ENOTSOCK].
type Socket struct {
	p      unsafe.Pointer // nil when closed
	polled int            // how many pollers it was added to
}

// Msg is one frame, in 64 bytes of Go memory that libzmq uses as its zmq_msg_t.
//
// The zero Msg holds nothing: every method but the Inits gives [EFAULT], as it does after Close
// (in C those calls end the process). One of the Inits makes it a frame, [Msg.Close] frees
// what the frame holds. A Msg must not be copied by assignment while it holds a frame: use
// [Msg.Move] or [Msg.Copy]. One goroutine may use it at a time; frames that share content may be
// used by different goroutines.
type Msg struct {
	// All zero, or a message that libzmq considers valid; libzmq's own are never all zero.
	w [8]uint64
}

// holds reports whether m may be given to libzmq.
func (m *Msg) holds() bool {
	return m != nil && m.w != [8]uint64{}
}

// PollItem is one thing that [Poll] waits for.
type PollItem struct {
	// Socket is the socket to wait for. When it is nil, FD is used.
	Socket *Socket
	// FD is a file descriptor of the system, or a SOCKET on Windows.
	FD uintptr
	// Events says what to wait for: [POLLIN], [POLLOUT], [POLLERR] and [POLLPRI], added up. 0
	// waits for nothing.
	Events int
	// Revents is set by Poll to the events that are there.
	Revents int
}

// Poller is libzmq's draft poller. Make one with [PollerNew] and end it with
// [Poller.Destroy]. One goroutine may use it at a time. The nil and the destroyed Poller give
// [EFAULT].
type Poller struct {
	p       unsafe.Pointer // nil when destroyed
	sockets map[unsafe.Pointer]polledSocket
	fds     map[uintptr]uintptr // user data by descriptor
}

// polledSocket is what a Poller knows about a socket.
type polledSocket struct {
	s    *Socket
	user uintptr
}

// PollerEvent is what [Poller.Wait] found.
type PollerEvent struct {
	// Socket is the socket that is ready; nil when it is a descriptor.
	Socket *Socket
	// FD is the descriptor that is ready, when Socket is nil.
	FD uintptr
	// UserData is the number given to Add or AddFD.
	UserData uintptr
	// Events says what it is ready for: [POLLIN], [POLLOUT], [POLLERR] and [POLLPRI], added up.
	Events int
}

// Timers is a set of timers that call Go functions. Make one with [TimersNew] and end it with
// [Timers.Destroy]. One goroutine may use it at a time. The nil and the destroyed Timers give
// [EFAULT].
type Timers struct {
	p         unsafe.Pointer  // nil when destroyed
	handles   map[int]uintptr // the cgo.Handle of each timer
	executing bool
	failure   *timerPanic // from a callback, until Execute raises it again
}

// timerPanic carries a panic across the C frames between a callback and Execute.
type timerPanic struct{ value any }

// AtomicCounter is an integer that many goroutines may change at once. Make one with
// [AtomicCounterNew] and end it with [AtomicCounter.Destroy], after the last use by any
// goroutine. The nil and the destroyed counter give [EFAULT].
type AtomicCounter struct {
	p unsafe.Pointer // nil when destroyed
}

// Stopwatch measures time. Make one with [StopwatchStart] and end it with [Stopwatch.Stop]. One
// goroutine may use it at a time. The nil and the stopped Stopwatch give [EFAULT].
type Stopwatch struct {
	p unsafe.Pointer // nil when stopped
}

// Thread is a thread of the system that libzmq started. Make one with [ThreadStart] and end
// it with [Thread.Close]. One goroutine may use it at a time. The nil and the closed Thread
// give [EFAULT].
type Thread struct {
	p unsafe.Pointer // nil when closed
}
