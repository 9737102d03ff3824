package capi

import "syscall"

// The C library's errors that libzmq's functions give, with the numbers of the Windows C runtime
// (its errno.h), which are neither Winsock's nor those of package syscall. The comments say
// what they mean in libzmq.
const (
	EPERM           Errno = 1   // not permitted
	ENOENT          Errno = 2   // no such endpoint, file or folder
	EINTR           Errno = 4   // interrupted by a signal
	EIO             Errno = 5   // input or output failed
	EBADF           Errno = 9   // not an open file descriptor
	EAGAIN          Errno = 11  // would block, or the timeout passed
	ENOMEM          Errno = 12  // out of memory
	EACCES          Errno = 13  // permission denied
	EFAULT          Errno = 14  // the context, message, poller, ... is nil, ended or not initialised
	EBUSY           Errno = 16  // in use, so it cannot be changed or ended now
	EEXIST          Errno = 17  // exists already
	ENODEV          Errno = 19  // no such network interface or host
	EINVAL          Errno = 22  // an argument is not valid
	ENFILE          Errno = 23  // the system has too many open files
	EMFILE          Errno = 24  // too many sockets in the context, or open files in the process
	EPIPE           Errno = 32  // the connection is gone
	ENAMETOOLONG    Errno = 38  // the ipc path is too long
	ENOTSUP         Errno = 129 // this socket type cannot do that
	EPROTONOSUPPORT Errno = 135 // the transport is unknown or not built into libzmq
	ENOBUFS         Errno = 119 // no buffer space
	ENETDOWN        Errno = 116 // the network is down
	EADDRINUSE      Errno = 100 // the address is in use
	EADDRNOTAVAIL   Errno = 101 // the address is not one of this machine
	ECONNREFUSED    Errno = 107 // the peer refused the connection
	EINPROGRESS     Errno = 112 // the connection is being made
	ENOTSOCK        Errno = 128 // the socket is nil or closed
	EMSGSIZE        Errno = 115 // the message is too long
	EAFNOSUPPORT    Errno = 102 // the address family is not supported
	ENETUNREACH     Errno = 118 // the network cannot be reached
	ECONNABORTED    Errno = 106 // the connection was aborted
	ECONNRESET      Errno = 108 // the peer reset the connection
	ENOTCONN        Errno = 126 // not connected
	ETIMEDOUT       Errno = 138 // timed out
	EHOSTUNREACH    Errno = 110 // the peer cannot be reached, or has gone
	ENETRESET       Errno = 117 // the network dropped the connection
	EPROTO          Errno = 134 // a protocol error
	ENOPROTOOPT     Errno = 123 // the option is not available
)

// toSyscall pairs the C runtime's numbers with the ones package syscall invented.
var toSyscall = map[Errno]syscall.Errno{
	EPERM:           syscall.EPERM,
	ENOENT:          syscall.ENOENT,
	EINTR:           syscall.EINTR,
	EIO:             syscall.EIO,
	EBADF:           syscall.EBADF,
	EAGAIN:          syscall.EAGAIN,
	ENOMEM:          syscall.ENOMEM,
	EACCES:          syscall.EACCES,
	EFAULT:          syscall.EFAULT,
	EBUSY:           syscall.EBUSY,
	EEXIST:          syscall.EEXIST,
	ENODEV:          syscall.ENODEV,
	EINVAL:          syscall.EINVAL,
	ENFILE:          syscall.ENFILE,
	EMFILE:          syscall.EMFILE,
	EPIPE:           syscall.EPIPE,
	ENAMETOOLONG:    syscall.ENAMETOOLONG,
	ENOTSUP:         syscall.ENOTSUP,
	EPROTONOSUPPORT: syscall.EPROTONOSUPPORT,
	ENOBUFS:         syscall.ENOBUFS,
	ENETDOWN:        syscall.ENETDOWN,
	EADDRINUSE:      syscall.EADDRINUSE,
	EADDRNOTAVAIL:   syscall.EADDRNOTAVAIL,
	ECONNREFUSED:    syscall.ECONNREFUSED,
	EINPROGRESS:     syscall.EINPROGRESS,
	ENOTSOCK:        syscall.ENOTSOCK,
	EMSGSIZE:        syscall.EMSGSIZE,
	EAFNOSUPPORT:    syscall.EAFNOSUPPORT,
	ENETUNREACH:     syscall.ENETUNREACH,
	ECONNABORTED:    syscall.ECONNABORTED,
	ECONNRESET:      syscall.ECONNRESET,
	ENOTCONN:        syscall.ENOTCONN,
	ETIMEDOUT:       syscall.ETIMEDOUT,
	EHOSTUNREACH:    syscall.EHOSTUNREACH,
	ENETRESET:       syscall.ENETRESET,
	EPROTO:          syscall.EPROTO,
	ENOPROTOOPT:     syscall.ENOPROTOOPT,
}

// toWinsock are the numbers that Windows itself gives for the same errors.
var toWinsock = map[Errno]syscall.Errno{
	EINTR:           10004,
	EBADF:           10009,
	EACCES:          10013,
	EFAULT:          10014,
	EINVAL:          10022,
	EMFILE:          10024,
	EAGAIN:          10035,
	EINPROGRESS:     10036,
	ENOTSOCK:        10038,
	EMSGSIZE:        10040,
	ENOPROTOOPT:     10042,
	EPROTONOSUPPORT: 10043,
	ENOTSUP:         10045,
	EAFNOSUPPORT:    10047,
	EADDRINUSE:      10048,
	EADDRNOTAVAIL:   10049,
	ENETDOWN:        10050,
	ENETUNREACH:     10051,
	ENETRESET:       10052,
	ECONNABORTED:    10053,
	ECONNRESET:      10054,
	ENOBUFS:         10055,
	ENOTCONN:        10057,
	ETIMEDOUT:       10060,
	ECONNREFUSED:    10061,
	ENAMETOOLONG:    10063,
	EHOSTUNREACH:    10065,
}

// syscall returns e as package syscall's error number; false for ZeroMQ's own.
func (e Errno) syscall() (syscall.Errno, bool) {
	n, ok := toSyscall[e]
	return n, ok
}

// isSyscall reports whether target is package syscall's or Winsock's number for e.
func (e Errno) isSyscall(target syscall.Errno) bool {
	if n, ok := toSyscall[e]; ok && n == target {
		return true
	}
	n, ok := toWinsock[e]
	return ok && n == target
}
