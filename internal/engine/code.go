package engine

import (
	"errors"
	"net"
	"syscall"
)

// Code is a failure that ZeroMQ names. Codes are constants: nobody can change
// them, and they compare with ==. What the operating system names keeps its
// syscall.Errno (EADDRINUSE, ENOENT, ...).
type Code uint8

// Package zmq gives each Code its public name and says when it is returned.
const (
	ErrAgain Code = iota + 1
	ErrState
	ErrClosed
	ErrTerminated
	ErrHostUnreachable
	ErrNoPeer
	ErrTooManySockets
	ErrNotSupported
	ErrInvalid
	ErrProtocol
	ErrIncompatible
	ErrNoIOThread
	ErrLinger
)

var codes = [...]struct {
	text string
	is   []error // standard errors that mean the same
}{
	ErrAgain:           {"would block", []error{syscall.EAGAIN}},
	ErrState:           {"not in this state of the conversation", nil},
	ErrClosed:          {"closed", []error{net.ErrClosed}},
	ErrTerminated:      {"context terminated", []error{net.ErrClosed}},
	ErrHostUnreachable: {"peer unreachable", []error{syscall.EHOSTUNREACH}},
	ErrNoPeer:          {"no peer named", nil},
	ErrTooManySockets:  {"too many sockets", []error{syscall.EMFILE}},
	ErrNotSupported:    {"not supported by this socket type", []error{errors.ErrUnsupported}},
	ErrInvalid:         {"invalid argument", []error{syscall.EINVAL}},
	ErrProtocol:        {"transport not supported", []error{errors.ErrUnsupported, syscall.EPROTONOSUPPORT}},
	ErrIncompatible:    {"transport not possible with this socket type", nil},
	ErrNoIOThread:      {"no I/O thread", nil},
	ErrLinger:          {"LINGER ended: unsent messages may have been dropped", nil},
}

// Error says what happened, without the place; zmq.Error adds it.
func (c Code) Error() string {
	if int(c) < len(codes) && codes[c].text != "" {
		return codes[c].text
	}
	return "unknown failure"
}

// Is makes a Code match the standard errors of the same meaning.
func (c Code) Is(target error) bool {
	if int(c) >= len(codes) {
		return false
	}
	for _, e := range codes[c].is {
		if e == target {
			return true
		}
	}
	return false
}
