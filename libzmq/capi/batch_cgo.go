//go:build cgo

package capi

/*
#include "batch.h"
#include "forward.h"
_Static_assert(sizeof(struct gozmq_forwarded) == 32, "Forwarded in forward.go has this layout");
_Static_assert(sizeof(struct gozmq_io) == 40, "IO in batch.go has this layout");
_Static_assert(sizeof(struct gozmq_record) == 16, "RecordHeader");

#cgo noescape gozmq_send_one
#cgo nocallback gozmq_send_one
#cgo noescape gozmq_send_batch
#cgo nocallback gozmq_send_batch
#cgo noescape gozmq_recv_batch
#cgo nocallback gozmq_recv_batch
#cgo noescape gozmq_forward
#cgo nocallback gozmq_forward
#cgo noescape gozmq_give_back
#cgo nocallback gozmq_give_back
#cgo noescape gozmq_io_free
#cgo nocallback gozmq_io_free
#cgo noescape gozmq_property
#cgo nocallback gozmq_property
#cgo noescape gozmq_blocks_free
#cgo nocallback gozmq_blocks_free
#cgo noescape gozmq_wait_readable
#cgo nocallback gozmq_wait_readable

static int64_t gozmq_held(void) { return __atomic_load_n(&gozmq_held_count, __ATOMIC_RELAXED); }
*/
import "C"

import "unsafe"

func (s *Socket) typed() *C.struct_gozmq_socket { return (*C.struct_gozmq_socket)(s.p) }

func (io *IO) c() *C.struct_gozmq_io { return (*C.struct_gozmq_io)(unsafe.Pointer(io)) }

// SendOne sends one frame as a whole message without waiting, in one
// crossing. The bytes are copied. It returns 0, or an error's number negated,
// for BatchError. Source: zmq_send with ZMQ_DONTWAIT.
func (s *Socket) SendOne(frame []byte, io *IO) int {
	if s == nil || s.p == nil {
		return -int(ENOTSOCK)
	}
	return int(C.gozmq_send_one(s.typed(), (*C.char)(unsafe.Pointer(unsafe.SliceData(frame))), C.size_t(len(frame)), io.c()))
}

// SendBatch sends count messages, whose records are in buf, without waiting,
// in one crossing, and stops at the first that is refused: of that one
// nothing is left behind. It returns how many were sent or, when none was, an
// error's number negated. All bytes are copied. Source: zmq_msg_send.
func (s *Socket) SendBatch(buf []byte, count int, io *IO) int {
	if s == nil || s.p == nil {
		return -int(ENOTSOCK)
	}
	return int(C.gozmq_send_batch(s.typed(), (*C.char)(unsafe.Pointer(unsafe.SliceData(buf))), C.size_t(len(buf)), C.int(count), io.c()))
}

// RecvBatch receives up to max messages without waiting, in one crossing, as
// records in buf from io.Used on. Frames of at least lendMin bytes, and those
// that do not fit, are lent: they stay in C's memory until Release. It returns
// how many messages are complete or, when none is, an error's number negated.
// Source: zmq_msg_recv.
func (s *Socket) RecvBatch(buf []byte, max, lendMin int, io *IO) int {
	if s == nil || s.p == nil {
		return -int(ENOTSOCK)
	}
	return int(C.gozmq_recv_batch(s.typed(), (*C.char)(unsafe.Pointer(unsafe.SliceData(buf))), C.size_t(len(buf)), C.int(max), C.size_t(lendMin), io.c()))
}

// Forward passes up to max messages on to another socket without waiting, in one
// crossing and without a copy: received here and sent there, frame by frame.
// It stops when there is none or when the other cannot take one; f says what
// became of that one. The caller may use both sockets, and has set in.Used to 0.
// It returns how many were passed on or, when that is none and f.Back is 0, an
// error's number negated. Source: zmq_msg_recv, zmq_msg_send.
func (s *Socket) Forward(to *Socket, buf []byte, max, lendMin int, in, out *IO, f *Forwarded) int {
	if s == nil || s.p == nil || to == nil || to.p == nil {
		return -int(ENOTSOCK)
	}
	return int(C.gozmq_forward(s.typed(), to.typed(), (*C.char)(unsafe.Pointer(unsafe.SliceData(buf))), C.size_t(len(buf)), C.int(max),
		C.size_t(lendMin), in.c(), out.c(), (*C.struct_gozmq_forwarded)(unsafe.Pointer(f))))
}

// Release gives lent frames back, by the handles in their records, and zeroes
// the handles. Each must be given back once; any goroutine may do so.
func Release(handles []uint64) {
	if len(handles) > 0 {
		C.gozmq_give_back((*C.uint64_t)(unsafe.Pointer(unsafe.SliceData(handles))), C.size_t(len(handles)))
	}
}

// Property is a property of the message behind a handle, such as "User-Id", or
// "". The handle must not have been given back. Any goroutine may ask. Source:
// zmq_msg_gets.
func Property(handle uint64, name string) string {
	cname := C.CString(name)
	defer C.free(unsafe.Pointer(cname))
	value := C.gozmq_property(C.uint64_t(handle), cname)
	if value == nil {
		return ""
	}
	return C.GoString(value)
}

// Free gives back the memory that C keeps in io, which may be used again.
func (io *IO) Free() { C.gozmq_io_free(io.c()) }

// FreeBlocks gives back the memory that is kept, up to 8 MiB in the whole
// process, for large frames that batch calls send. It may be called at any time.
func FreeBlocks() { C.gozmq_blocks_free() }

// Lent is the number of frames that are lent at this moment, in the whole
// process. It is for leak checks in tests.
func Lent() int { return int(C.gozmq_held()) }

// WaitReadable waits until the file descriptor or SOCKET is readable, for at
// most ms milliseconds, on this goroutine's thread. It reports whether it is.
// It is for systems where Go's netpoller takes no foreign descriptor. Source:
// zmq_poll.
func WaitReadable(fd uintptr, ms int) bool {
	return C.gozmq_wait_readable(C.uintptr_t(fd), C.int(ms)) > 0
}

// BatchError is the error that a batch call's negative result stands for; nil
// for others.
func BatchError(rc int) error { return resultErr("a draft message function", rc) }
