package libzmq_test

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Options that libzmq takes, and aborts when they take effect.
func TestOptionsThatAbort(t *testing.T) {
	zctx := testlib.Context(t)
	rep := testkit.Socket(t, zctx, zmq.REP)
	for _, set := range []zmq.Setting{
		opt.RouterMandatory.To(true), opt.RouterRaw.To(true), opt.RouterHandover.To(true),
		opt.ProbeRouter.To(true), opt.ConnectRoutingID.To("x"),
	} {
		testkit.WantError(t, rep.Set(set), zmq.ErrNotSupported)
	}
	for _, sets := range [][]zmq.Setting{
		{opt.RouterRaw.To(true), opt.ProbeRouter.To(true)},
		{opt.ProbeRouter.To(true), opt.RouterRaw.To(true)},
		{opt.RouterRaw.To(true), opt.RouterRaw.To(false), opt.ProbeRouter.To(true)},
	} {
		router := testkit.Socket(t, zctx, zmq.ROUTER)
		last := len(sets) - 1
		if err := router.Set(sets[:last]...); err != nil {
			t.Error(err)
		}
		testkit.WantError(t, router.Set(sets[last]), zmq.ErrInvalid)
	}
	router := testkit.Socket(t, zctx, zmq.ROUTER)
	if err := router.Set(opt.ProbeRouter.To(true), opt.ProbeRouter.To(false), opt.RouterRaw.To(true)); err != nil {
		t.Error(err)
	}
}

// Other sockets could send it a message of several frames, at which libzmq
// aborts.
func TestStreamHasNoInproc(t *testing.T) {
	stream := testkit.Socket(t, testlib.Context(t), zmq.STREAM)
	testkit.WantError(t, stream.Bind("inproc://stream"), zmq.ErrIncompatible)
	testkit.WantError(t, stream.Connect("inproc://stream"), zmq.ErrIncompatible)
}
