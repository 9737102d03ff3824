package libzmq

import (
	"errors"
	"fmt"
	"sync/atomic"

	"gozmq/internal/engine"
	"gozmq/internal/options"
	"gozmq/libzmq/capi"
)

// monitor reads what libzmq reports of one socket. libzmq sends reports from
// its own threads through a PAIR, and blocks them, or the caller of Bind, when
// nobody takes the reports. So the other PAIR, h, has no limit, is there before
// anybody can wait for long, is always read, and is closed by its reader only,
// after the last report.
type monitor struct {
	ctx  *context
	h    *capi.Socket // run's own
	pump *pump
	read reader
	sink func(engine.Event)
	done chan struct{} // closed when run has ended
}

// monitors numbers the endpoints that carry reports: every one is new.
var monitors atomic.Uint64

func (s *socket) Monitor(sink func(engine.Event)) (stop func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed != nil {
		return nil, s.closed
	}
	if s.monitor != nil {
		return nil, refused{engine.ErrInvalid, "the socket is monitored already"}
	}
	m := &monitor{ctx: s.ctx, sink: sink, done: make(chan struct{})}
	if err := m.open(); err != nil {
		return nil, reason(err)
	}
	endpoint := fmt.Sprintf("inproc://monitor-%d.gozmq", monitors.Add(1))
	if err := m.arm(s.h, endpoint); err != nil {
		m.close()
		return nil, reason(err)
	}
	s.monitor = m
	go m.run()
	return func() { s.unmonitor(m) }, nil
}

// open makes the reading end.
func (m *monitor) open() error {
	h, err := capi.SocketNew(m.ctx.h, capi.PAIR)
	if err != nil {
		return err
	}
	m.h = h
	if err := m.prepare(); err != nil {
		_ = h.Close()
		return err
	}
	return nil
}

func (m *monitor) prepare() error {
	if err := m.h.SetInt(options.RecvHWM, 0); err != nil {
		return err
	}
	fd, err := m.h.FD()
	if err != nil {
		return err
	}
	if m.pump, err = newPump(fd); err != nil {
		return err
	}
	if err := m.ctx.addPump(); err != nil {
		m.pump.stop()
		return err
	}
	return nil
}

// arm lets libzmq report, and connects the reading end. The caller holds the
// socket's mu, so that only I/O threads can report in between; they wait for
// the connection, which does not wait for them. The other order would leave a
// connection behind, and the slot of a socket, when libzmq refuses.
func (m *monitor) arm(socket *capi.Socket, endpoint string) error {
	err := socket.MonitorVersioned(endpoint, capi.EVENT_ALL, 2, capi.PAIR)
	if errors.Is(err, errors.ErrUnsupported) { // no drafts
		err = socket.Monitor(endpoint, capi.EVENT_ALL)
	}
	if err != nil {
		return err
	}
	return m.h.Connect(endpoint) // fails in a terminated context only, where nobody waits
}

func (m *monitor) run() {
	defer close(m.done)
	defer m.close()
	m.pump.run(m.drain)
}

func (m *monitor) close() {
	m.pump.stop()
	_ = m.h.Close()
	m.ctx.pumps.Done()
}

// drain passes on every report that has come, and says whether the last was
// among them.
func (m *monitor) drain(uintptr) (stopped bool) {
	for {
		frames, err := m.report()
		if err == capi.EAGAIN {
			return false
		}
		if err != nil {
			m.sink(engine.Event{Type: engine.EventStopped, Err: reason(err)})
			return true
		}
		ev := m.read.event(frames)
		m.sink(ev)
		if ev.Type == engine.EventStopped {
			return true
		}
	}
}

// report receives one message.
func (m *monitor) report() (frames [][]byte, err error) {
	var msg capi.Msg
	if err := msg.Init(); err != nil {
		return nil, err
	}
	defer msg.Close()
	for more := true; more; {
		if _, err := msg.Recv(m.h, capi.DONTWAIT); err != nil {
			return nil, err
		}
		data, err := msg.Data()
		if err != nil {
			return nil, err
		}
		frames = append(frames, append([]byte(nil), data...))
		if more, err = msg.More(); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

// bind is zmq_bind with the right reason for a failure. libzmq reports that to
// the monitor before it returns, which may leave the report's own EAGAIN in
// errno; no bind fails with that.
func (s *socket) bind(endpoint string) (err error) {
	for range 10 {
		if err = s.h.Bind(endpoint); s.monitor == nil || err != capi.EAGAIN {
			break
		}
	}
	return err
}

// unmonitor ends m and waits for its last report.
func (s *socket) unmonitor(m *monitor) {
	s.mu.Lock()
	if s.monitor == m {
		s.stopMonitor()
	}
	s.mu.Unlock()
	<-m.done
}

// stopMonitor makes libzmq send the last report. The caller holds mu, and the
// zmq socket is open.
func (s *socket) stopMonitor() {
	if s.monitor == nil {
		return
	}
	s.monitor = nil
	_ = s.h.Monitor("", 0) // fails only in a terminated context, which has stopped it
}
