package behaviour

import (
	"bytes"
	"context"
	"runtime"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
	"gozmq/opt"
)

// sizes are around the places where a message's memory is treated otherwise.
var sizes = []int{0, 1, 29, 33, 34, 255, 256, 2047, 2048, 2049, 8191, 8192, 8193, 65_535, 65_536, 1 << 20}

func filled(n int, b byte) []byte { return bytes.Repeat([]byte{b}, n) }

func TestMemory(t *testing.T) {
	zctx := testlib.Context(t)
	for _, transport := range testkit.Transports {
		t.Run("S8 S9 L11 over "+transport, func(t *testing.T) {
			pull, push := testkit.Pair(t, zctx, transport, zmq.PULL, zmq.PUSH)
			ctx := testkit.Soon(t)
			buf := make([]byte, 1<<20)
			var kept [][][]byte
			for i, n := range sizes {
				copy(buf, filled(n, byte(i)))
				if err := push.Send(ctx, buf[:n], buf[:n]); err != nil {
					t.Fatal(err)
				}
				clear(buf) // the sender may use its bytes again at once
				frames, err := pull.Recv(ctx)
				if err != nil {
					t.Fatal(err)
				}
				kept = append(kept, frames)
			}
			for _, s := range []*zmq.Socket{pull, push} {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
			runtime.GC()
			for i, frames := range kept {
				want := filled(sizes[i], byte(i))
				if len(frames) != 2 || !bytes.Equal(frames[0], want) || !bytes.Equal(frames[1], want) {
					t.Errorf("%d bytes have changed after Close", sizes[i])
				}
				clear(frames[0]) // they are the receiver's to write to
				if !bytes.Equal(frames[1], want) {
					t.Errorf("two frames of %d bytes share memory", sizes[i])
				}
			}
		})
	}
	t.Run("frames of Recv may grow without harm to each other", func(t *testing.T) {
		pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		testkit.Send(t, push, "a", "b", "c")
		frames, err := pull.Recv(testkit.Soon(t))
		if err != nil {
			t.Fatal(err)
		}
		_ = append(frames[0], "overwritten"...)
		if string(frames[1]) != "b" || string(frames[2]) != "c" {
			t.Errorf("frames are %q", frames)
		}
	})
	t.Run("S8 frames of a Msg are valid until Reset, also after Close", func(t *testing.T) {
		pull, push := testkit.Pair(t, zctx, "tcp", zmq.PULL, zmq.PUSH)
		var msgs [16]zmq.Msg
		for i, n := range sizes {
			if err := push.Send(testkit.Soon(t), filled(n, byte(i)), filled(n, byte(i+1))); err != nil {
				t.Fatal(err)
			}
			if err := pull.RecvMsg(testkit.Soon(t), &msgs[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := pull.Close(); err != nil {
			t.Error(err)
		}
		clones := make([]*zmq.Msg, len(sizes))
		for i, n := range sizes {
			if !bytes.Equal(msgs[i].Frame(0), filled(n, byte(i))) || !bytes.Equal(msgs[i].Frame(1), filled(n, byte(i+1))) {
				t.Errorf("%d bytes have changed", n)
			}
			clones[i] = msgs[i].Clone()
			msgs[i].Reset()
			if msgs[i].Len() != 0 || msgs[i].Frame(0) != nil {
				t.Error("Reset leaves frames")
			}
		}
		for i, n := range sizes {
			if clones[i].Len() != 2 || !bytes.Equal(clones[i].Frame(1), filled(n, byte(i+1))) {
				t.Errorf("the clone of %d bytes has changed", n)
			}
		}
	})
	t.Run("one Msg is used again for messages of all shapes", func(t *testing.T) {
		pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		var m zmq.Msg
		for round := range 3 {
			for i, n := range sizes {
				frames := make([][]byte, 1+(i+round)%4)
				for f := range frames {
					frames[f] = filled(n, byte(i+f))
				}
				if err := push.Send(testkit.Soon(t), frames...); err != nil {
					t.Fatal(err)
				}
				if err := pull.RecvMsg(testkit.Soon(t), &m); err != nil {
					t.Fatal(err)
				}
				if m.Len() != len(frames) {
					t.Fatalf("%d frames, want %d", m.Len(), len(frames))
				}
				for f := range frames {
					if !bytes.Equal(m.Frame(f), frames[f]) {
						t.Errorf("frame %d of %d bytes differs", f, n)
					}
				}
			}
		}
	})
	t.Run("a Msg that is sent stays as it was and may be sent again", func(t *testing.T) {
		pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		m := zmq.NewMsg([]byte("again"), filled(100_000, 7))
		for range 3 {
			if err := push.SendMsg(testkit.Soon(t), m); err != nil {
				t.Fatal(err)
			}
			if got := testkit.Recv(t, pull); got[0] != "again" || len(got[1]) != 100_000 || m.Len() != 2 {
				t.Errorf("received %.40q", got)
			}
		}
		// A received message is sent on as it is, views and all.
		var in zmq.Msg
		if err := push.SendMsg(testkit.Soon(t), m); err != nil {
			t.Fatal(err)
		}
		if err := pull.RecvMsg(testkit.Soon(t), &in); err != nil {
			t.Fatal(err)
		}
		if err := push.SendMsg(testkit.Soon(t), &in); err != nil {
			t.Fatal(err)
		}
		in.Reset()
		if got := testkit.Recv(t, pull); got[0] != "again" || got[1] != string(filled(100_000, 7)) {
			t.Errorf("received %.40q", got)
		}
	})
}

// Not parallel, and with no other test beside it: what is lent is counted for
// the whole process.
func TestForgottenMessages(t *testing.T) {
	zctx := testlib.Context(t)
	pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	big := filled(100_000, 1)
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
	body, head := filled(100, 1), filled(10, 2)
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
