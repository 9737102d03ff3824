// Package libzmq is the engine that runs sockets on the C library libzmq.
//
//	zctx, err := libzmq.NewContext()
//
// The library is loaded when it is first needed, from the file that Load or
// the environment variable ZMQ_LIBRARY names, or from where the system keeps
// it. Every version from 4.1.2 on works, with or without drafts; what the one
// at hand lacks is an error that is errors.ErrUnsupported and names it.
//
// Package capi below it is the C API itself, for code that needs it exactly.
package libzmq

import (
	zmq "gozmq"
	"gozmq/libzmq/capi"
)

// NewContext makes a context whose sockets run on libzmq. Settings come from
// package opt; opt.IOThreads and opt.MaxSockets are the usual ones. It fails
// when no usable libzmq is found, with the package to install in the error,
// or when a setting is refused. Close the context when done. Source:
// zmq_ctx_new.
func NewContext(settings ...zmq.ContextSetting) (*zmq.Context, error) {
	h, err := capi.CtxNew()
	if err != nil {
		return nil, &zmq.Error{Op: "new context", Err: reason(err)}
	}
	return zmq.NewEngineContext(newContext(h), settings...)
}

// Load loads libzmq from a file, for the whole process and for good. Only
// programs that choose a file themselves need it, before their first context.
// When another library is loaded already, Load says which.
func Load(path string) error { return capi.Load(path) }

// Version is that of the library, which is loaded if need be. Source:
// zmq_version.
func Version() (major, minor, patch int, err error) { return capi.Version() }

// Has reports whether the library has a capability: "ipc", "curve", "gssapi",
// "pgm", "tipc", "norm", "vmci", "WS", "WSS", "draft". It is false when no
// library can be loaded. Source: zmq_has.
func Has(capability string) bool { return capi.Has(capability) }
