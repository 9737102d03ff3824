package zmq

import (
	"fmt"
	"log/slog"
	"math/bits"
	"strings"
	"time"

	"gozmq/internal/engine"
)

// EventType is one kind of MonitorEvent, or several added up. The values are
// libzmq's ZMQ_EVENT_ numbers.
type EventType uint64

// What a Monitor reports. Of a connection that works, the connecting socket
// reports EventConnectDelayed, EventConnected, EventHandshakeSucceeded, and
// the bound one EventListening, EventAccepted, EventHandshakeSucceeded; when
// it is lost, both report EventDisconnected, and the connecting one then
// EventConnectRetried. Transport inproc has no events.
const (
	EventConnected          EventType = 0x0001 // the network connection is made; the handshake comes next
	EventConnectDelayed     EventType = 0x0002 // connecting takes a while; Err says so or why
	EventConnectRetried     EventType = 0x0004 // will connect again after Retry
	EventListening          EventType = 0x0008 // bound
	EventBindFailed         EventType = 0x0010 // cannot bind; Err says why
	EventAccepted           EventType = 0x0020 // a network connection came in; the handshake comes next
	EventAcceptFailed       EventType = 0x0040 // cannot accept; Err says why
	EventClosed             EventType = 0x0080 // stopped listening, or a try to connect ended
	EventCloseFailed        EventType = 0x0100 // cannot close; Err says why
	EventDisconnected       EventType = 0x0200 // the network connection is lost, before or after its handshake
	EventMonitorStopped     EventType = 0x0400 // the socket is closed: the last event
	EventHandshakeFailed    EventType = 0x0800 // a handshake failed; Err is the system's reason
	EventHandshakeSucceeded EventType = 0x1000 // the peer is there: messages can flow
	EventHandshakeProtocol  EventType = 0x2000 // the peer or the ZAP handler broke the protocol; Err is a ProtocolError
	EventHandshakeAuth      EventType = 0x4000 // a peer was not let in; Err is an AuthError

	// EventAll is all of these.
	EventAll EventType = 0xFFFF
)

// Names are libzmq's, so that they can be looked up.
var eventNames = [...]string{"CONNECTED", "CONNECT_DELAYED", "CONNECT_RETRIED", "LISTENING", "BIND_FAILED",
	"ACCEPTED", "ACCEPT_FAILED", "CLOSED", "CLOSE_FAILED", "DISCONNECTED", "MONITOR_STOPPED",
	"HANDSHAKE_FAILED_NO_DETAIL", "HANDSHAKE_SUCCEEDED", "HANDSHAKE_FAILED_PROTOCOL", "HANDSHAKE_FAILED_AUTH"}

// String is libzmq's names, such as "CONNECTED" or "ACCEPTED|DISCONNECTED";
// "ALL" for EventAll and "UNREADABLE" for 0.
func (t EventType) String() string {
	switch t {
	case EventAll:
		return "ALL"
	case 0:
		return "UNREADABLE"
	}
	var names []string
	for rest := uint64(t); rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if i < len(eventNames) {
			names = append(names, eventNames[i])
		} else {
			names = append(names, fmt.Sprintf("%#x", uint64(1)<<i))
		}
	}
	return strings.Join(names, "|")
}

// MonitorEvent is something that happened to a connection of a socket. Which
// fields are set besides Type is said at the types.
type MonitorEvent struct {
	// Type is one EventType. It is 0 for a report of the library that cannot
	// be understood; Err says what it was.
	Type EventType
	// Endpoint is the address the event is about: on the side that connects
	// the remote one, on the side that bound the local one. Wildcards are
	// replaced, host names maybe.
	Endpoint string
	// Local and Remote are both ends of the connection. They are known when
	// libzmq is built with drafts, and empty otherwise.
	Local, Remote string
	// Err is the reason of what failed: errors.Is finds the syscall.Errno,
	// errors.As a ProtocolError or an AuthError.
	Err error
	// Retry is how long EventConnectRetried will wait, with milliseconds'
	// precision.
	Retry time.Duration
	// Value is the number that libzmq reports. For EventConnected,
	// EventListening, EventAccepted, EventClosed and EventDisconnected that is a
	// descriptor, which is libzmq's own and may be another's by now: it is
	// good for telling connections apart, not for use.
	Value uint64
}

func newMonitorEvent(ev engine.Event) MonitorEvent {
	e := MonitorEvent{
		Type: EventType(ev.Type), Endpoint: ev.Endpoint, Local: ev.Local, Remote: ev.Remote,
		Err: ev.Err, Value: ev.Value,
	}
	switch e.Type {
	case EventConnectRetried:
		e.Retry = time.Duration(ev.Value) * time.Millisecond
	case EventHandshakeProtocol:
		e.Err = ProtocolError(ev.Value)
	case EventHandshakeAuth:
		e.Err = AuthError(ev.Value)
	}
	return e
}

// String is one line, such as "CONNECTED tcp://127.0.0.1:5555".
func (e MonitorEvent) String() string {
	var b strings.Builder
	b.WriteString(e.Type.String())
	if e.Endpoint != "" {
		b.WriteString(" " + e.Endpoint)
	}
	if e.Retry != 0 {
		b.WriteString(" in " + e.Retry.String())
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// LogValue is the event for package log/slog, without what is empty.
func (e MonitorEvent) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("event", e.Type.String())}
	for _, text := range [...]struct{ key, value string }{
		{"endpoint", e.Endpoint}, {"local", e.Local}, {"remote", e.Remote},
	} {
		if text.value != "" {
			attrs = append(attrs, slog.String(text.key, text.value))
		}
	}
	if e.Retry != 0 {
		attrs = append(attrs, slog.Duration("retry", e.Retry))
	}
	if e.Err != nil {
		attrs = append(attrs, slog.String("error", e.Err.Error()))
	}
	return slog.GroupValue(attrs...)
}
