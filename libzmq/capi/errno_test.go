package capi

import (
	"errors"
	"io/fs"
	"net"
	"syscall"
	"testing"
)

func TestErrno(t *testing.T) {
	for _, c := range []struct {
		err, target error
		is          bool
	}{
		{EAGAIN, syscall.EAGAIN, true},
		{EAGAIN, EAGAIN, true},
		{EAGAIN, syscall.EINTR, false},
		{EADDRINUSE, syscall.EADDRINUSE, true},
		{ENOTSUP, errors.ErrUnsupported, true},
		{EPROTONOSUPPORT, errors.ErrUnsupported, false},
		{EACCES, fs.ErrPermission, true},
		{ENOENT, fs.ErrNotExist, true},
		{EEXIST, fs.ErrExist, true},
		{ENOTSOCK, net.ErrClosed, false},
		{ETERM, syscall.Errno(ETERM), false},
		{&MissingError{Func: "zmq_x"}, errors.ErrUnsupported, true},
		{ErrNoCgo, errors.ErrUnsupported, true},
	} {
		if errors.Is(c.err, c.target) != c.is {
			t.Errorf("errors.Is(%v, %v) is %v", c.err, c.target, !c.is)
		}
	}
	for i := 1; i < len(posixByOffset); i++ {
		if e := canonical(hausnumero + Errno(i)); e != posixByOffset[i] || e == 0 {
			t.Errorf("libzmq's number +%d becomes %d", i, int(e))
		}
	}
	if canonical(ETERM) != ETERM || canonical(EINVAL) != EINVAL {
		t.Error("a number changed that must not")
	}
	for _, e := range []Errno{EFSM, ENOCOMPATPROTO, ETERM, EMTHREAD, EINVAL, 0, -1, hausnumero + 99} {
		if e.Error() == "" {
			t.Errorf("no words for %d", int(e))
		}
	}
	if !EAGAIN.Timeout() || !EAGAIN.Temporary() || ETERM.Timeout() || ETERM.Temporary() {
		t.Error("wrong Timeout or Temporary")
	}
}
