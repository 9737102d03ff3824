package libzmq

import (
	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// reasons gives ZeroMQ's failures the names that all engines share. Other
// numbers stay what they are: capi.Errno knows its syscall.Errno.
var reasons = map[capi.Errno]engine.Code{
	capi.EAGAIN:          engine.ErrAgain,
	capi.EFSM:            engine.ErrState,
	capi.ENOTSOCK:        engine.ErrClosed,
	capi.ETERM:           engine.ErrTerminated,
	capi.EHOSTUNREACH:    engine.ErrHostUnreachable,
	capi.EMFILE:          engine.ErrTooManySockets,
	capi.ENOTSUP:         engine.ErrNotSupported,
	capi.EINVAL:          engine.ErrInvalid,
	capi.EPROTONOSUPPORT: engine.ErrProtocol,
	capi.ENOCOMPATPROTO:  engine.ErrIncompatible,
	capi.EMTHREAD:        engine.ErrNoIOThread,
}

func reason(err error) error {
	if n, ok := err.(capi.Errno); ok {
		if code, ok := reasons[n]; ok {
			return code
		}
	}
	return err
}

// again is the batch calls' result for ErrAgain, which is no news on the
// paths that run hot.
const again = -int(capi.EAGAIN)

// batchReason is reason for the negative result of a batch call.
func batchReason(rc int) error {
	if rc == again {
		return engine.ErrAgain
	}
	return reason(capi.BatchError(rc))
}
