package libzmq_test

import (
	"context"
	"runtime"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
	"gozmq/opt"
)

// Not parallel, and with no other test beside it: what is lent is counted for
// the whole process.
func TestForgottenMessages(t *testing.T) {
	zctx := testlib.Context(t)
	pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	big := make([]byte, 100_000)
	testkit.Eventually(t, "earlier tests' messages are freed", func() bool { runtime.GC(); return capi.Lent() == 0 })
	func() {
		msgs := make([]zmq.Msg, 50)
		for range msgs {
			if err := push.Send(testkit.Soon(t), big); err != nil {
				t.Fatal(err)
			}
		}
		for i := range msgs {
			if err := pull.RecvMsg(testkit.Soon(t), &msgs[i]); err != nil {
				t.Fatal(err)
			}
		}
		if capi.Lent() == 0 {
			t.Error("large frames are copied")
		}
		runtime.KeepAlive(msgs)
	}()
	testkit.Eventually(t, "the garbage collector frees forgotten messages", func() bool { runtime.GC(); return capi.Lent() == 0 })
}

func TestAllocations(t *testing.T) {
	if testkit.Instrumented {
		t.Skip("the race detector and the address sanitizer allocate by themselves")
	}
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.RecvHWM.To(0))
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(0))
	ctx := context.Background()
	body, head := make([]byte, 100), make([]byte, 10)
	out := zmq.NewMsg(head, body)
	outs := make([]zmq.Msg, 10)
	for i := range outs {
		outs[i].Append(head, body)
	}
	ins := make([]zmq.Msg, 10)
	var in zmq.Msg
	ok := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what string
		max  float64
		call func()
	}{
		{"SendMsg and RecvMsg", 0, func() { ok(push.SendMsg(ctx, out)); ok(pull.RecvMsg(ctx, &in)) }},
		{"Send and RecvMsg", 0, func() { ok(push.Send(ctx, head, body)); ok(pull.RecvMsg(ctx, &in)) }},
		{"TrySend and TryRecv", 0, func() {
			ok(push.TrySend(out))
			for pull.TryRecv(&in) != nil {
				runtime.Gosched()
			}
		}},
		{"SendBatch and RecvBatch", 0, func() {
			_, err := push.SendBatch(ctx, outs)
			ok(err)
			for got := 0; got < len(outs); {
				n, err := pull.RecvBatch(ctx, ins[:len(outs)-got])
				ok(err)
				got += n
			}
		}},
		{"Send and Recv", 2, func() {
			ok(push.Send(ctx, head, body))
			_, err := pull.Recv(ctx)
			ok(err)
		}},
	} {
		for range 200 {
			c.call() // buffers find their size
		}
		if n := testing.AllocsPerRun(1000, c.call); n > c.max {
			t.Errorf("%s: %v allocations, want at most %v", c.what, n, c.max)
		}
	}
}
