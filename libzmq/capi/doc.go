// Package capi is the C API of libzmq in Go: one Go function for each C function, stable and
// draft. The doc comment of each says which C function it wraps. It is for code that is ported
// from C, or that needs one exact libzmq behaviour; most programs want package zmq instead.
//
// # The library
//
// libzmq is loaded when the first function that needs it is called, not linked: a build needs
// a C compiler, but neither headers nor pkg-config. [Load] or the environment variable
// ZMQ_LIBRARY chooses the file. Any libzmq from 4.1.2 on works; what the loaded one lacks (most
// often the draft functions) returns a [*MissingError], which is an [errors.ErrUnsupported].
//
// With -tags libzmq_static the program contains libzmq.a instead. What else that archive needs is
// said in CGO_LDFLAGS, after the archive itself; for Debian's:
//
//	CGO_LDFLAGS="-l:libzmq.a -lstdc++ -lsodium -lpgm -lnorm -lgssapi_krb5 -lbsd" go build -tags libzmq_static
//
// Without cgo the package compiles, and every call returns [ErrNoCgo].
//
// # Threads
//
// A [Ctx] and an [AtomicCounter] may be used by any number of goroutines. A [Socket], [Msg],
// [Poller] or [Timers] may be used by one goroutine at a time, with a synchronisation between
// one user and the next: a mutex, a channel, or staying in one goroutine. Which OS thread runs
// it does not matter, so [runtime.LockOSThread] is not needed; it is harmless, and code ported
// from C that relies on thread-local state may want it. The draft socket types that libzmq
// calls thread-safe (option [THREAD_SAFE] reads 1) may be used by many goroutines, except for
// Close.
//
// A call that blocks, blocks its OS thread too.
//
// # Handles and memory
//
// What New opens, Close, Destroy or Term must end; nothing is done by the garbage collector.
// A nil or ended handle gives an error: [ENOTSOCK] for sockets, [EFAULT] for the rest. Byte
// slices are copied or read before a call returns, unless a doc comment says otherwise.
//
// # Numbers and errors
//
// Timeouts and intervals are milliseconds, and -1 means for ever, as in C. An error of libzmq
// is an [Errno]. A call that a signal interrupts is continued with the time that is left, so
// [EINTR] is only ever seen from [PPoll], which exists to be interrupted.
package capi

//go:generate go run gen_nocgo.go
