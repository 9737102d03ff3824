package zap_test

import (
	"context"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/zap"
)

func TestHandlersEndWithTheirSockets(t *testing.T) {
	zctx := testlib.Context(t)
	for range 100 {
		s, err := zctx.NewSocket(zmq.PULL, zap.With(allow), zap.With(deny))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		// Nor does one stay of a socket that was not made after all.
		if _, err := zctx.NewSocket(zmq.PULL, zap.With(allow), zap.With(nil)); err == nil {
			t.Fatal("no error")
		}
	}
	s := testkit.Socket(t, zctx, zmq.PULL, zap.With(allow))
	if n := zap.Domains(zctx); n != 1 {
		t.Errorf("%d handlers, want 1", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := zap.Domains(zctx); n != 0 {
		t.Errorf("%d handlers are left", n)
	}
	if err := s.Set(zap.With(allow)); err == nil {
		t.Error("a closed socket got a handler")
	}
	if n := zap.Domains(zctx); n != 0 {
		t.Errorf("%d handlers are left", n)
	}
}

func TestDomainRefuses(t *testing.T) {
	zctx := testlib.Context(t)
	for _, name := range []string{"", "a\x00b", string(make([]byte, 256))} {
		_, err := zctx.NewSocket(zmq.PULL, zap.Domain(name))
		testkit.WantError(t, err, zmq.ErrInvalid)
	}
}

// libzmq's REQ takes the user id for a broken reply and closes the connection
// when the first reply is read.
func TestUsersOfREQ(t *testing.T) {
	user := zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response { return zap.Allow("alice") })
	zctx := testlib.Context(t)
	req, endpoint := testkit.Bound(t, zctx, zmq.REQ, "tcp", zap.With(user))
	rep := testkit.Connected(t, zctx, zmq.REP, endpoint)
	for range 2 {
		testkit.Send(t, req, "question")
		testkit.Expect(t, rep, "question")
		testkit.Send(t, rep, "answer")
		testkit.Expect(t, req, "answer")
	}
}
