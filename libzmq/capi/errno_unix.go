//go:build !windows

package capi

import "syscall"

// The system's errors that libzmq's functions give. The comments say what they mean there.
const (
	EPERM           = Errno(syscall.EPERM)           // not permitted
	ENOENT          = Errno(syscall.ENOENT)          // no such endpoint, file or folder
	EINTR           = Errno(syscall.EINTR)           // interrupted by a signal
	EIO             = Errno(syscall.EIO)             // input or output failed
	EBADF           = Errno(syscall.EBADF)           // not an open file descriptor
	EAGAIN          = Errno(syscall.EAGAIN)          // would block, or the timeout passed
	ENOMEM          = Errno(syscall.ENOMEM)          // out of memory
	EACCES          = Errno(syscall.EACCES)          // permission denied
	EFAULT          = Errno(syscall.EFAULT)          // the context, message, poller, ... is nil, ended or not initialised
	EBUSY           = Errno(syscall.EBUSY)           // in use, so it cannot be changed or ended now
	EEXIST          = Errno(syscall.EEXIST)          // exists already
	ENODEV          = Errno(syscall.ENODEV)          // no such network interface or host
	EINVAL          = Errno(syscall.EINVAL)          // an argument is not valid
	ENFILE          = Errno(syscall.ENFILE)          // the system has too many open files
	EMFILE          = Errno(syscall.EMFILE)          // too many sockets in the context, or open files in the process
	EPIPE           = Errno(syscall.EPIPE)           // the connection is gone
	ENAMETOOLONG    = Errno(syscall.ENAMETOOLONG)    // the ipc path is too long
	ENOTSUP         = Errno(syscall.ENOTSUP)         // this socket type cannot do that
	EPROTONOSUPPORT = Errno(syscall.EPROTONOSUPPORT) // the transport is unknown or not built into libzmq
	ENOBUFS         = Errno(syscall.ENOBUFS)         // no buffer space
	ENETDOWN        = Errno(syscall.ENETDOWN)        // the network is down
	EADDRINUSE      = Errno(syscall.EADDRINUSE)      // the address is in use
	EADDRNOTAVAIL   = Errno(syscall.EADDRNOTAVAIL)   // the address is not one of this machine
	ECONNREFUSED    = Errno(syscall.ECONNREFUSED)    // the peer refused the connection
	EINPROGRESS     = Errno(syscall.EINPROGRESS)     // the connection is being made
	ENOTSOCK        = Errno(syscall.ENOTSOCK)        // the socket is nil or closed
	EMSGSIZE        = Errno(syscall.EMSGSIZE)        // the message is too long
	EAFNOSUPPORT    = Errno(syscall.EAFNOSUPPORT)    // the address family is not supported
	ENETUNREACH     = Errno(syscall.ENETUNREACH)     // the network cannot be reached
	ECONNABORTED    = Errno(syscall.ECONNABORTED)    // the connection was aborted
	ECONNRESET      = Errno(syscall.ECONNRESET)      // the peer reset the connection
	ENOTCONN        = Errno(syscall.ENOTCONN)        // not connected
	ETIMEDOUT       = Errno(syscall.ETIMEDOUT)       // timed out
	EHOSTUNREACH    = Errno(syscall.EHOSTUNREACH)    // the peer cannot be reached, or has gone
	ENETRESET       = Errno(syscall.ENETRESET)       // the network dropped the connection
	EPROTO          = Errno(syscall.EPROTO)          // a protocol error
	ENOPROTOOPT     = Errno(syscall.ENOPROTOOPT)     // the option is not available
)

// syscall returns e as the system's error number; false for ZeroMQ's own.
func (e Errno) syscall() (syscall.Errno, bool) {
	return syscall.Errno(e), e > 0 && e < hausnumero
}

func (e Errno) isSyscall(target syscall.Errno) bool {
	n, ok := e.syscall()
	return ok && n == target
}
