//go:build cgo

package capi

/*
#cgo noescape gozmq_send
#cgo nocallback gozmq_send
#cgo noescape gozmq_send_const
#cgo nocallback gozmq_send_const
#cgo noescape gozmq_recv
#cgo nocallback gozmq_recv
#cgo noescape gozmq_sendmsg
#cgo nocallback gozmq_sendmsg
#cgo noescape gozmq_recvmsg
#cgo nocallback gozmq_recvmsg
#cgo noescape gozmq_sendiov
#cgo nocallback gozmq_sendiov
#cgo noescape gozmq_recviov
#cgo nocallback gozmq_recviov
#include <stdlib.h>
#include "shims_socket.h"
*/
import "C"

import (
	"math"
	"runtime"
	"unsafe"
)

// ioResult is resultErr for calls whose result is a length.
func ioResult(fn string, rc C.int) (int, error) {
	if rc < 0 {
		return 0, resultErr(fn, int(rc))
	}
	return int(rc), nil
}

// Send sends one frame with a copy of buf and returns its length. flags is 0 or a sum of
// [DONTWAIT] and [SNDMORE], which says that another frame of the same message follows. Without
// DONTWAIT it blocks while no peer can take the message, for [SNDTIMEO] at most, signals or
// not. It wraps zmq_send. Errors: [EAGAIN], [ENOTSUP], [EFSM], [EINVAL], [EHOSTUNREACH], [ETERM],
// [ENOTSOCK].
func (s *Socket) Send(buf []byte, flags int) (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	f, ok := cint(flags)
	if !ok {
		return 0, EINVAL
	}
	return ioResult("zmq_send", C.gozmq_send(p, bytesPtr(buf), C.size_t(len(buf)), f))
}

// SendConst is [Socket.Send] without the copy: libzmq reads the n bytes at buf at any later time,
// in this process' life. So buf must be C memory that is never freed or changed; Go
// memory breaks the rules of cgo, use [Msg.InitData] for it. It wraps zmq_send_const.
func (s *Socket) SendConst(buf unsafe.Pointer, n int, flags int) (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	f, ok := cint(flags)
	if !ok || n < 0 || (buf == nil && n > 0) {
		return 0, EINVAL
	}
	if n == 0 {
		// libzmq 4.3 insists on an address even for no bytes.
		return ioResult("zmq_send", C.gozmq_send(p, nil, 0, f))
	}
	return ioResult("zmq_send_const", C.gozmq_send_const(p, buf, C.size_t(n), f))
}

// Recv receives one frame into buf and returns the frame's length, which is more than len(buf)
// when the rest was cut off and lost. flags is 0 or [DONTWAIT]. Without it Recv blocks until
// there is a frame, for [RCVTIMEO] at most, signals or not. The option [RCVMORE] then tells whether
// the message has another frame. It wraps zmq_recv. Errors: [EAGAIN], [ENOTSUP], [EFSM], [ETERM],
// [ENOTSOCK].
func (s *Socket) Recv(buf []byte, flags int) (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	f, ok := cint(flags)
	if !ok {
		return 0, EINVAL
	}
	return ioResult("zmq_recv", C.gozmq_recv(p, bytesPtr(buf), C.size_t(len(buf)), f))
}

// SendMsg is [Msg.Send]. It wraps zmq_sendmsg.
//
// Deprecated: use Msg.Send.
func (s *Socket) SendMsg(m *Msg, flags int) (int, error) {
	p, f, err := ioArgs(m, s, flags)
	if err != nil {
		return 0, err
	}
	return ioResult("zmq_sendmsg", C.gozmq_sendmsg(p, m.c(), f))
}

// RecvMsg is [Msg.Recv]. It wraps zmq_recvmsg.
//
// Deprecated: use Msg.Recv.
func (s *Socket) RecvMsg(m *Msg, flags int) (int, error) {
	p, f, err := ioArgs(m, s, flags)
	if err != nil {
		return 0, err
	}
	return ioResult("zmq_recvmsg", C.gozmq_recvmsg(p, m.c(), f))
}

// ioArgs checks what moves a message through a socket.
func ioArgs(m *Msg, s *Socket, flags int) (unsafe.Pointer, C.int, error) {
	p, err := s.open()
	if err != nil {
		return nil, 0, err
	}
	if !m.holds() {
		return nil, 0, EFAULT
	}
	f, ok := cint(flags)
	if !ok {
		return nil, 0, EINVAL
	}
	return p, f, nil
}

// SendIov sends copies of several buffers and returns the length of the last: with the flag
// [SNDMORE] as the frames of one message, of which the last frame ends it, and without it as
// that many messages of one frame. It wraps zmq_sendiov, which libzmq does not document. On an
// error the messages before the one that failed have been sent. Errors: [EINVAL] when there is
// no buffer, and those of Send.
func (s *Socket) SendIov(bufs [][]byte, flags int) (int, error) {
	p, err := s.open()
	if err != nil {
		return 0, err
	}
	f, ok := cint(flags)
	if !ok || len(bufs) == 0 || len(bufs) > math.MaxInt32 {
		return 0, EINVAL
	}
	// C gets an array of addresses in Go memory, so each has to be pinned.
	var pin runtime.Pinner
	defer pin.Unpin()
	iov := make([]C.struct_iovec, len(bufs))
	var none [1]byte // an address for empty buffers: C's memcpy wants one
	pin.Pin(&none)
	for i, b := range bufs {
		a := unsafe.Pointer(&none)
		if len(b) > 0 {
			a = unsafe.Pointer(&b[0])
			pin.Pin(a)
		}
		iov[i].iov_base = a
		iov[i].iov_len = C.size_t(len(b))
	}
	if flags&SNDMORE != 0 {
		return ioResult("zmq_sendiov", C.gozmq_sendiov(p, &iov[0], C.size_t(len(iov)), f))
	}
	// One at a time: then an interrupted call has sent nothing and can be repeated.
	n := 0
	for i := range iov {
		if n, err = ioResult("zmq_sendiov", C.gozmq_sendiov(p, &iov[i], 1, f)); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// RecvIov receives one message and returns at most limit of its frames, as copies; when the option
// [RCVMORE] then reads 1, the next call gets the rest. flags is 0 or [DONTWAIT]. On an error the
// frames that came before it are returned with it. It wraps zmq_recviov, which libzmq does not
// document. Errors: [EINVAL] for a limit below 1, and those of Recv.
func (s *Socket) RecvIov(limit int, flags int) ([][]byte, error) {
	p, err := s.open()
	if err != nil {
		return nil, err
	}
	f, ok := cint(flags)
	if !ok || limit < 1 || limit > math.MaxInt32 {
		return nil, EINVAL
	}
	// libzmq takes an array as long as the limit; frames beyond a thousand come in a next round.
	const room = 1024
	iov := make([]C.struct_iovec, min(limit, room))
	var frames [][]byte
	for {
		n := C.size_t(min(limit-len(frames), len(iov)))
		want := int(n)
		rc := C.gozmq_recviov(p, &iov[0], &n, f)
		for _, v := range iov[:n] {
			frames = append(frames, append([]byte{}, unsafe.Slice((*byte)(v.iov_base), int(v.iov_len))...))
			C.free(v.iov_base)
		}
		if rc < 0 {
			return frames, resultErr("zmq_recviov", int(rc))
		}
		if int(n) < want || len(frames) == limit {
			return frames, nil
		}
		if more, err := s.GetInt(RCVMORE); err != nil || more == 0 {
			return frames, err
		}
	}
}
