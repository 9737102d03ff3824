//go:build cgo

package capi

/*
#cgo noescape gozmq_setsockopt
#cgo nocallback gozmq_setsockopt
#cgo noescape gozmq_getsockopt
#cgo nocallback gozmq_getsockopt
#include "shims_socket.h"
*/
import "C"

import (
	"math"
	"unsafe"
)

// SetOption sets a socket option from its bytes: numbers in the machine's order, text without a
// NUL. A nil value is NULL with length 0, which some options take as "none"; an empty one that is not
// nil is an address with length 0. It wraps zmq_setsockopt. Errors: [EINVAL] for an unknown
// option, a wrong length or a wrong value, [ETERM], [ENOTSOCK].
func (s *Socket) SetOption(num int, value []byte) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	o, ok := cint(num)
	if !ok {
		return EINVAL
	}
	return resultErr("zmq_setsockopt", int(C.gozmq_setsockopt(p, o, bytesPtr(value), C.size_t(len(value)))))
}

// GetOption writes a socket option into buf and returns its length; text ends with a NUL that
// counts. It wraps zmq_getsockopt. Errors: [EINVAL] for an unknown option or a buf that is too
// short (for keys: not exactly 32 or 41), [ETERM], [ENOTSOCK].
func (s *Socket) GetOption(num int, buf []byte) (n int, err error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	o, ok := cint(num)
	if !ok || len(buf) == 0 {
		return 0, EINVAL
	}
	size := C.size_t(len(buf))
	if err := resultErr("zmq_getsockopt", int(C.gozmq_getsockopt(p, o, bytesPtr(buf), &size))); err != nil {
		return 0, err
	}
	return int(size), nil
}

// SetInt sets an option of type int, which has 32 bits in libzmq: most of them. It
// wraps zmq_setsockopt. Errors: as [Socket.SetOption].
func (s *Socket) SetInt(opt, value int) error {
	if int64(value) < math.MinInt32 || int64(value) > math.MaxInt32 {
		if _, err := s.open(); err != nil {
			return err
		}
		return EINVAL
	}
	v := int32(value)
	return s.SetOption(opt, (*[4]byte)(unsafe.Pointer(&v))[:])
}

// SetInt64 sets an option of type int64: [MAXMSGSIZE]. It wraps zmq_setsockopt. Errors: as
// [Socket.SetOption].
func (s *Socket) SetInt64(opt int, value int64) error {
	return s.SetOption(opt, (*[8]byte)(unsafe.Pointer(&value))[:])
}

// SetUint64 sets an option of type uint64: [AFFINITY] and the VMCI buffers. It
// wraps zmq_setsockopt. Errors: as [Socket.SetOption].
func (s *Socket) SetUint64(opt int, value uint64) error {
	return s.SetOption(opt, (*[8]byte)(unsafe.Pointer(&value))[:])
}

// SetBytes sets an option that is bytes, for example [ROUTING_ID]. It is [Socket.SetOption]
// by the name that goes with the others. It wraps zmq_setsockopt.
func (s *Socket) SetBytes(opt int, value []byte) error {
	return s.SetOption(opt, value)
}

// SetString sets an option that is text, for example [SUBSCRIBE]; "" is an empty text, not "none".
// It wraps zmq_setsockopt. Errors: as [Socket.SetOption].
func (s *Socket) SetString(opt int, value string) error {
	b := make([]byte, len(value))
	copy(b, value)
	return s.SetOption(opt, b)
}

// GetInt returns an option of type int. It wraps zmq_getsockopt. Errors: as
// [Socket.GetOption]; [EINVAL] for an option of another type.
func (s *Socket) GetInt(opt int) (int, error) {
	var v int32
	n, err := s.GetOption(opt, (*[4]byte)(unsafe.Pointer(&v))[:])
	if err == nil && n != 4 {
		err = EINVAL
	}
	if err != nil {
		return 0, err
	}
	return int(v), nil
}

// GetInt64 returns an option of type int64. It wraps zmq_getsockopt. Errors: as
// [Socket.GetOption]; [EINVAL] for an option of another type.
func (s *Socket) GetInt64(opt int) (int64, error) {
	v, err := s.GetUint64(opt)
	return int64(v), err
}

// GetUint64 returns an option of type uint64. It wraps zmq_getsockopt. Errors: as
// [Socket.GetOption]; [EINVAL] for an option of another type.
func (s *Socket) GetUint64(opt int) (uint64, error) {
	var v uint64
	n, err := s.GetOption(opt, (*[8]byte)(unsafe.Pointer(&v))[:])
	if err == nil && n != 8 {
		err = EINVAL
	}
	if err != nil {
		return 0, err
	}
	return v, nil
}

// maxOption bounds the search for a buffer that is long enough; options are far shorter.
const maxOption = 64 << 10

// GetBytes returns an option of any type as its bytes; text keeps its NUL, and keys are their 32
// bytes. It asks again with a longer buffer when libzmq finds it too short. It
// wraps zmq_getsockopt. Errors: as [Socket.GetOption].
func (s *Socket) GetBytes(opt int) ([]byte, error) {
	size := 256
	if isKey(opt) {
		size = 32
	}
	for {
		buf := make([]byte, size)
		n, err := s.GetOption(opt, buf)
		if err == nil {
			return buf[:n], nil
		}
		// libzmq says EINVAL for a short buffer, and for everything else too.
		if err != EINVAL || size >= maxOption || isKey(opt) {
			return nil, err
		}
		size *= 4
	}
}

// GetString returns an option that is text, for example [LAST_ENDPOINT]; keys are their 40
// characters. It wraps zmq_getsockopt. Errors: as [Socket.GetOption].
func (s *Socket) GetString(opt int) (string, error) {
	var buf []byte
	var err error
	if isKey(opt) {
		buf = make([]byte, 41)
		_, err = s.GetOption(opt, buf)
	} else {
		buf, err = s.GetBytes(opt)
	}
	if err != nil {
		return "", err
	}
	return goString(buf), nil
}

// isKey reports whether libzmq gives the option only in a buffer of exactly the right length.
func isKey(opt int) bool {
	return opt == CURVE_PUBLICKEY || opt == CURVE_SECRETKEY || opt == CURVE_SERVERKEY
}

// FD returns the descriptor that becomes readable when the option [EVENTS] should be read again. It
// belongs to libzmq: wait for it, but never read, write or close it. It
// wraps zmq_getsockopt with ZMQ_FD. Errors: [EINVAL] for thread-safe (draft) socket types,
// [ETERM], [ENOTSOCK].
func (s *Socket) FD() (uintptr, error) {
	var fd C.gozmq_fd
	if _, err := s.GetOption(FD, (*[unsafe.Sizeof(fd)]byte)(unsafe.Pointer(&fd))[:]); err != nil {
		return 0, err
	}
	return uintptr(fd), nil
}
