//go:build cgo

package capi

/*
#cgo noescape gozmq_socket
#cgo nocallback gozmq_socket
#cgo noescape gozmq_close
#cgo nocallback gozmq_close
#cgo noescape gozmq_bind
#cgo nocallback gozmq_bind
#cgo noescape gozmq_connect
#cgo nocallback gozmq_connect
#cgo noescape gozmq_unbind
#cgo nocallback gozmq_unbind
#cgo noescape gozmq_disconnect
#cgo nocallback gozmq_disconnect
#cgo noescape gozmq_socket_monitor
#cgo nocallback gozmq_socket_monitor
#cgo noescape gozmq_socket_monitor_versioned
#cgo nocallback gozmq_socket_monitor_versioned
#cgo noescape gozmq_socket_monitor_pipes_stats
#cgo nocallback gozmq_socket_monitor_pipes_stats
#cgo noescape gozmq_socket_get_peer_state
#cgo nocallback gozmq_socket_get_peer_state
#cgo noescape gozmq_join
#cgo nocallback gozmq_join
#cgo noescape gozmq_leave
#cgo nocallback gozmq_leave
#cgo noescape gozmq_connect_peer
#cgo nocallback gozmq_connect_peer
#cgo noescape gozmq_disconnect_peer
#cgo nocallback gozmq_disconnect_peer
#include "shims_socket.h"
*/
import "C"

import "unsafe"

// SocketNew returns a new socket of type typ, for example [REQ]. The caller ends it with
// [Socket.Close]. It wraps zmq_socket.
//
// A draft type (from [SERVER] to [CHANNEL]) needs a libzmq with drafts. Others do not refuse
// it; they end the process when the socket meets a peer. So SocketNew refuses it then, with a
// [*MissingError].
// Errors: also [EINVAL] for a type nobody knows, [EFAULT] for a nil or ended context,
// [EMFILE] when the context has [MAX_SOCKETS], [ETERM].
func SocketNew(ctx *Ctx, typ int) (*Socket, error) {
	p, err := ctx.acquire()
	if err != nil {
		return nil, err
	}
	defer ctx.release()
	t, ok := cint(typ)
	if !ok {
		return nil, EINVAL
	}
	if name, draft := draftTypes[typ]; draft && !Has("draft") {
		return nil, &MissingError{Func: "zmq_socket", What: "socket type " + name, Version: versionString()}
	}
	var sp unsafe.Pointer
	if err := resultErr("zmq_socket", int(C.gozmq_socket(&sp, p, t))); err != nil {
		return nil, err
	}
	return &Socket{p: sp}, nil
}

// open returns the C socket; ENOTSOCK when there is none.
func (s *Socket) open() (unsafe.Pointer, error) {
	if s == nil || s.p == nil {
		return nil, ENOTSOCK
	}
	return s.p, nil
}

// withText makes a call that takes the socket and one string.
func (s *Socket) withText(fn, text string, call func(unsafe.Pointer, *C.char) C.int) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	c, err := cstring(text)
	if err != nil {
		return err
	}
	return resultErr(fn, int(call(p, c)))
}

// Close ends the socket. It returns at once; libzmq goes on sending what is queued for as long
// as the option [LINGER] says, and drops what was not received. It wraps zmq_close. Errors:
// [ENOTSOCK], also for the second Close; [EBUSY] when the socket is still in a [Poller], which
// would go on using it.
func (s *Socket) Close() error {
	p, err := s.open()
	if err != nil {
		return err
	}
	if s.polled > 0 {
		return EBUSY
	}
	if err := resultErr("zmq_close", int(C.gozmq_close(p))); err != nil {
		return err
	}
	s.p = nil
	return nil
}

// Bind accepts connections at endpoint, for example "tcp://127.0.0.1:5555"; the port * lets the
// system choose, and the option [LAST_ENDPOINT] tells what it chose. It wraps zmq_bind.
// Errors: [EINVAL], [EADDRINUSE], [EADDRNOTAVAIL], [ENODEV], [EPROTONOSUPPORT],
// [ENOCOMPATPROTO], [EMTHREAD], [ENAMETOOLONG], [ENOENT], [EACCES], [ETERM], [ENOTSOCK].
func (s *Socket) Bind(endpoint string) error {
	return s.withText("zmq_bind", endpoint, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_bind(p, c) })
}

// Connect connects to endpoint in the background and keeps the connection up; an absent peer is
// no error. It wraps zmq_connect. Errors: [EINVAL], [EPROTONOSUPPORT], [ENOCOMPATPROTO],
// [EMTHREAD], [ENAMETOOLONG], [ETERM], [ENOTSOCK].
func (s *Socket) Connect(endpoint string) error {
	return s.withText("zmq_connect", endpoint, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_connect(p, c) })
}

// Unbind ends what Bind began, and the connections that came through it. The endpoint is the one
// [LAST_ENDPOINT] gave after the Bind. It wraps zmq_unbind. Errors: [ENOENT] for an endpoint
// that is not bound, [EINVAL], [ETERM], [ENOTSOCK].
func (s *Socket) Unbind(endpoint string) error {
	return s.withText("zmq_unbind", endpoint, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_unbind(p, c) })
}

// Disconnect ends what Connect began; what is queued is still sent within [LINGER]. It
// wraps zmq_disconnect. Errors: [ENOENT] for an endpoint that is not connected, [EINVAL],
// [ETERM], [ENOTSOCK].
func (s *Socket) Disconnect(endpoint string) error {
	return s.withText("zmq_disconnect", endpoint, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_disconnect(p, c) })
}

// Monitor makes the socket report what happens to its connections, as messages on a [PAIR] socket
// that it binds at addr, which must be inproc. events is [EVENT_ALL] or a sum of EVENT_ numbers.
// An empty addr ends the reports.
//
// Connect a PAIR to addr before anything happens, and read it always: libzmq blocks inside Bind
// and other calls when nobody reads. A report is two frames: a 16 bit event and a 32 bit
// value, unpadded and in the machine's byte order; and the endpoint. It wraps zmq_socket_monitor.
// Errors: [EINVAL], [EPROTONOSUPPORT] when addr is not inproc, [EADDRINUSE], [ETERM],
// [ENOTSOCK].
func (s *Socket) Monitor(addr string, events int) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	e, ok := cint(events)
	if !ok {
		return EINVAL
	}
	c, err := optionalText(addr)
	if err != nil {
		return err
	}
	return resultErr("zmq_socket_monitor", int(C.gozmq_socket_monitor(p, c, e)))
}

// MonitorVersioned is [Socket.Monitor] with a choice of the format (1 or 2) and of the type of the
// reporting socket ([PAIR], [PUB] or [PUSH]). Format 2 is frames of 64 bit numbers (the event,
// how many values, the values) and then the local and the remote endpoint. It
// wraps zmq_socket_monitor_versioned, a draft. Errors: as Monitor, and [*MissingError].
func (s *Socket) MonitorVersioned(addr string, events uint64, version, typ int) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	v, ok1 := cint(version)
	t, ok2 := cint(typ)
	// libzmq takes any version, and then reports nothing.
	if !ok1 || !ok2 || version < 1 || version > CURRENT_EVENT_VERSION_DRAFT {
		return EINVAL
	}
	c, err := optionalText(addr)
	if err != nil {
		return err
	}
	return resultErr("zmq_socket_monitor_versioned",
		int(C.gozmq_socket_monitor_versioned(p, c, C.uint64_t(events), v, t)))
}

// optionalText is cstring with NULL for "".
func optionalText(s string) (*C.char, error) {
	if s == "" {
		return nil, nil
	}
	return cstring(s)
}

// MonitorPipesStats asks for a report [EVENT_PIPES_STATS], with the lengths of the queues, for
// each connection. The reports come while the socket is used: read [EVENTS] until they are there. It
// wraps zmq_socket_monitor_pipes_stats, a draft. Errors: [EINVAL] when
// that event is not monitored, [EAGAIN] when there is no connection, [*MissingError],
// [ETERM], [ENOTSOCK].
func (s *Socket) MonitorPipesStats() error {
	p, err := s.open()
	if err != nil {
		return err
	}
	return resultErr("zmq_socket_monitor_pipes_stats", int(C.gozmq_socket_monitor_pipes_stats(p)))
}

// GetPeerState tells whether the peer with that routing id can be sent to now: [POLLOUT] or 0. It
// is for ROUTER sockets. It wraps zmq_socket_get_peer_state, a draft. Errors: [ENOTSUP] for
// other types, [EHOSTUNREACH] for an unknown peer, [EINVAL], [*MissingError], [ETERM],
// [ENOTSOCK].
func (s *Socket) GetPeerState(routingID []byte) (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	if len(routingID) == 0 {
		return 0, EINVAL
	}
	rc := int(C.gozmq_socket_get_peer_state(p, bytesPtr(routingID), C.size_t(len(routingID))))
	if err := resultErr("zmq_socket_get_peer_state", rc); err != nil {
		return 0, err
	}
	return rc, nil
}

// Join makes a DISH socket receive the messages of group. It wraps zmq_join, a draft. Errors:
// [ENOTSUP] for other types, [EINVAL] for a group that is joined or longer than
// [GROUP_MAX_LENGTH], [*MissingError], [ETERM], [ENOTSOCK].
func (s *Socket) Join(group string) error {
	return s.withText("zmq_join", group, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_join(p, c) })
}

// Leave undoes [Socket.Join]. It wraps zmq_leave, a draft. Errors: as Join; [EINVAL] for a group
// that is not joined.
func (s *Socket) Leave(group string) error {
	return s.withText("zmq_leave", group, func(p unsafe.Pointer, c *C.char) C.int { return C.gozmq_leave(p, c) })
}

// ConnectPeer connects a PEER socket to endpoint and returns the routing id of that peer, for
// [Msg.SetRoutingID]. It wraps zmq_connect_peer, a draft. Errors: [ENOTSUP] for other types, [EFAULT]
// when the option [IMMEDIATE] is set, those of Connect, [*MissingError].
func (s *Socket) ConnectPeer(endpoint string) (uint32, error) {
	var id C.uint32_t
	err := s.withText("zmq_connect_peer", endpoint, func(p unsafe.Pointer, c *C.char) C.int {
		return C.gozmq_connect_peer(p, c, &id)
	})
	return uint32(id), err
}

// DisconnectPeer ends the connection to the peer with that routing id, of a SERVER or PEER
// socket. It wraps zmq_disconnect_peer, a draft that is newer than libzmq 4.3.5. Errors:
// [ENOTSUP] for other types, [EHOSTUNREACH] for an unknown peer, [*MissingError], [ETERM],
// [ENOTSOCK].
func (s *Socket) DisconnectPeer(routingID uint32) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	return resultErr("zmq_disconnect_peer", int(C.gozmq_disconnect_peer(p, C.uint32_t(routingID))))
}
