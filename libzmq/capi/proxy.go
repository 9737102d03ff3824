//go:build cgo

package capi

/*
#cgo noescape gozmq_proxy
#cgo nocallback gozmq_proxy
#cgo noescape gozmq_proxy_steerable
#cgo nocallback gozmq_proxy_steerable
#cgo noescape gozmq_device
#cgo nocallback gozmq_device
#include "shims_poll.h"
*/
import "C"

import "unsafe"

// Proxy passes messages between frontend and backend, both ways, and sends a copy of each to
// capture, which may be nil. It blocks until the context is shut down, and returns why: [ETERM].
// While it runs it uses all sockets, from this thread, on which no signals are delivered. It
// wraps zmq_proxy. Errors: [ENOTSOCK], [ETERM].
func Proxy(frontend, backend, capture *Socket) error {
	f, b, c, err := proxyArgs(frontend, backend, capture)
	if err != nil {
		return err
	}
	return resultErr("zmq_proxy", int(C.gozmq_proxy(f, b, c)))
}

// ProxySteerable is [Proxy] with a socket control that takes the commands PAUSE, RESUME, TERMINATE
// and STATISTICS, each as one frame; after TERMINATE it returns nil. capture and control may be nil.
//
// libzmq's versions disagree: 4.3.4 and older end the process when the command is unknown and
// reply to STATISTICS only, 4.3.5 has PAUSE and RESUME exchanged and replies to every command,
// later ones reply only when control is a REP. Package zmq's Proxy has none of this. It
// wraps zmq_proxy_steerable. Errors: as Proxy; [EINVAL] when frontend and backend are the same
// socket and control is not nil, where libzmq would crash.
func ProxySteerable(frontend, backend, capture, control *Socket) error {
	f, b, c, err := proxyArgs(frontend, backend, capture)
	if err != nil {
		return err
	}
	var ctl unsafe.Pointer
	if control != nil {
		if ctl, err = control.open(); err != nil {
			return err
		}
		if f == b {
			return EINVAL
		}
	}
	return resultErr("zmq_proxy_steerable", int(C.gozmq_proxy_steerable(f, b, c, ctl)))
}

// Device is the old form of [Proxy], without capture. typ is [STREAMER], [FORWARDER] or [QUEUE], and
// does not matter. It wraps zmq_device. Errors: as Proxy.
//
// Deprecated: use Proxy.
func Device(typ int, frontend, backend *Socket) error {
	f, b, _, err := proxyArgs(frontend, backend, nil)
	if err != nil {
		return err
	}
	t, ok := cint(typ)
	if !ok {
		return EINVAL
	}
	return resultErr("zmq_device", int(C.gozmq_device(t, f, b)))
}

// proxyArgs returns the C sockets; capture may be nil but not closed.
func proxyArgs(frontend, backend, capture *Socket) (f, b, c unsafe.Pointer, err error) {
	if f, err = frontend.open(); err != nil {
		return
	}
	if b, err = backend.open(); err != nil {
		return
	}
	if capture != nil {
		c, err = capture.open()
	}
	return
}
