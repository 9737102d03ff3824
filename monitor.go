package zmq

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync"
)

// Monitor tells what happens to the connections of one socket. Every method
// may be called from any goroutine at any time.
//
// A Monitor never holds up its socket: up to 4096 events wait to be read,
// then the oldest are dropped, and counted by Dropped. It costs two of the
// context's opt.MaxSockets and three file descriptors, however many Monitors
// the socket has. Get one from Socket.Monitor, and Close it. The zero value
// answers every call with ErrClosed.
type Monitor struct {
	socket *Socket
	mask   EventType

	news chan struct{} // has a token while the queue may not be empty
	done chan struct{} // closed when no more events will come

	mu      sync.Mutex // guards what follows
	queue   eventQueue
	dropped uint64
	ended   bool
	closed  bool // by the reader: what is left is not wanted
}

// Monitor begins to report events of the given types; none given is
// EventAll. A socket may have any number of Monitors. Events from before are
// not reported, so a Monitor that must not miss any is made before Bind and
// Connect. Errors: ErrClosed, ErrTooManySockets, ErrInvalid for types that
// do not exist. Source: zmq_socket_monitor, and zmq_socket_monitor_versioned
// where libzmq has it.
func (s *Socket) Monitor(events ...EventType) (*Monitor, error) {
	if err := s.usable(); err != nil {
		return nil, s.fail(Error{Op: "monitor", Err: err})
	}
	mask := EventAll
	if len(events) > 0 {
		mask = 0
	}
	for _, e := range events {
		if e == 0 || e&^EventAll != 0 {
			return nil, s.fail(Error{Op: "monitor", Err: because{ErrInvalid, "no such event: " + e.String()}})
		}
		mask |= e
	}
	m := &Monitor{socket: s, mask: mask, news: make(chan struct{}, 1), done: make(chan struct{})}
	if err := s.hub.add(s.eng, m); err != nil {
		return nil, s.fail(Error{Op: "monitor", Err: err})
	}
	return m, nil
}

// Recv waits for the next event. After the socket is closed the events from
// before are still there, EventMonitorStopped last, then Recv is ErrClosed; so
// it is as soon as the Monitor is closed. Ending ctx gives an error that is
// ctx.Err(), and loses no event. Source: ZMQ_PAIR of zmq_socket_monitor.
func (m *Monitor) Recv(ctx context.Context) (MonitorEvent, error) {
	if m == nil || m.socket == nil {
		return MonitorEvent{}, m.fail(ErrClosed)
	}
	if ctx == nil {
		return MonitorEvent{}, m.fail(errNilContext)
	}
	if ctx.Err() != nil {
		return MonitorEvent{}, m.fail(ended(ctx))
	}
	for {
		if ev, ok, err := m.pop(); ok {
			return ev, nil
		} else if err != nil {
			return MonitorEvent{}, m.fail(err)
		}
		select {
		case <-m.news:
		case <-m.done:
		case <-ctx.Done():
			return MonitorEvent{}, m.fail(ended(ctx))
		}
	}
}

// Events gives the events as they come, until the socket or the Monitor is
// closed, which ends the loop without an error, or ctx ends, which is the
// last pair's error.
func (m *Monitor) Events(ctx context.Context) iter.Seq2[MonitorEvent, error] {
	return func(yield func(MonitorEvent, error) bool) {
		for {
			ev, err := m.Recv(ctx)
			if errors.Is(err, ErrClosed) || !yield(ev, err) || err != nil {
				return
			}
		}
	}
}

// Log writes every event to logger: what failed as a warning, the rest as
// information. It returns nil when the socket or the Monitor is closed, or an
// error that is ctx.Err().
func (m *Monitor) Log(ctx context.Context, logger *slog.Logger) error {
	if logger == nil {
		return m.fail(because{ErrInvalid, "the *slog.Logger is nil"})
	}
	for ev, err := range m.Events(ctx) {
		if err != nil {
			return err
		}
		level := slog.LevelInfo
		if ev.Err != nil && ev.Type != EventConnectDelayed {
			level = slog.LevelWarn
		}
		logger.LogAttrs(ctx, level, "zmq", slog.String("socket", m.socket.typ.String()), slog.Any("connection", ev))
	}
	return nil
}

// Dropped is how many events were dropped because nobody read them in time.
func (m *Monitor) Dropped() uint64 {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dropped
}

// Close ends the Monitor and wakes who waits in Recv with ErrClosed. The
// socket and its other Monitors go on. Closing twice is an ErrClosed that can
// be ignored. Source: zmq_socket_monitor with a NULL address.
func (m *Monitor) Close() error {
	if m == nil || m.socket == nil || !m.close() {
		return m.fail(ErrClosed)
	}
	m.socket.hub.remove(m)
	return nil
}

func (m *Monitor) close() (first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first = !m.closed
	m.closed = true
	m.queue = eventQueue{}
	m.endLocked()
	return first
}

func (m *Monitor) fail(err error) error {
	if m == nil {
		return &Error{Op: "monitor", Err: err}
	}
	return m.socket.fail(Error{Op: "monitor", Err: err})
}

// end says that no more events will come.
func (m *Monitor) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.endLocked()
}

func (m *Monitor) endLocked() {
	if !m.ended {
		m.ended = true
		close(m.done)
	}
}

// push adds an event; it does not wait.
func (m *Monitor) push(ev MonitorEvent) {
	if ev.Type&m.mask == 0 && ev.Type != 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return
	}
	if m.queue.push(ev) {
		m.dropped++
	}
	m.tell()
}

// pop takes the oldest event, and passes the token on when it was not the
// last. The error says that there will be none.
func (m *Monitor) pop() (ev MonitorEvent, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed || m.ended && m.queue.n == 0 {
		return ev, false, ErrClosed
	}
	if m.queue.n == 0 {
		return ev, false, nil
	}
	ev = m.queue.pop()
	if m.queue.n > 0 {
		m.tell()
	}
	return ev, true, nil
}

func (m *Monitor) tell() {
	select {
	case m.news <- struct{}{}:
	default:
	}
}
