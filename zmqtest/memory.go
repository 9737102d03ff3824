package zmqtest

import (
	"bytes"
	"runtime"
	"slices"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

func filled(n int, b byte) []byte { return bytes.Repeat([]byte{b}, n) }

func receivedBytesStay(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	ctx := testkit.Soon(t)
	kept := make([][][]byte, len(around))
	msgs := make([]zmq.Msg, len(around))
	for i, n := range around {
		for range 2 {
			t.OK(push.Send(ctx, filled(n, byte(i)), filled(n, byte(i+1))))
		}
		var err error
		kept[i], err = pull.Recv(ctx)
		t.OK(err)
		t.OK(pull.RecvMsg(ctx, &msgs[i]))
	}
	t.OK(pull.Close())
	t.OK(push.Close())
	runtime.GC()

	clones := make([]*zmq.Msg, len(around))
	for i, n := range around {
		want := [][]byte{filled(n, byte(i)), filled(n, byte(i+1))}
		same := func(what string, frames [][]byte) {
			t.Helper()
			if !slices.EqualFunc(frames, want, bytes.Equal) {
				t.Errorf("%s: frames of %d bytes have changed", what, n)
			}
		}
		same("Recv", kept[i])
		clear(kept[i][0]) // they are the receiver's to write to, and to append to
		kept[i][0] = append(kept[i][0], "more"...)
		same("Recv", [][]byte{want[0], kept[i][1]})
		same("RecvMsg", msgs[i].Frames())
		clones[i] = msgs[i].Clone()
		msgs[i].Reset()
		if msgs[i].Len() != 0 || msgs[i].Frame(0) != nil {
			t.Error("Reset leaves frames")
		}
	}
	runtime.GC()
	for i, n := range around {
		if want := filled(n, byte(i+1)); clones[i].Len() != 2 || !bytes.Equal(clones[i].Frame(1), want) {
			t.Errorf("the clone of %d bytes has changed", n)
		}
	}
}

func sentBytesAreFree(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	ctx := testkit.Soon(t)
	var in zmq.Msg // one for messages of all shapes
	arrives := func(frames ...[]byte) {
		t.Helper()
		t.OK(pull.RecvMsg(ctx, &in))
		if !slices.EqualFunc(in.Frames(), frames, bytes.Equal) {
			t.Errorf("%d frames, the first of %d bytes, are others", len(frames), len(frames[0]))
		}
	}
	buf := make([]byte, 1<<20+1)
	for i, n := range around {
		want := filled(n, byte(i+1))
		send := func(f func() error) {
			t.Helper()
			copy(buf, want)
			t.OK(f())
			clear(buf)
		}
		send(func() error { return push.Send(ctx, buf[:n]) })
		send(func() error { return push.Send(ctx, buf[:n], buf[:n]) })
		send(func() error { return push.SendMsg(ctx, zmq.NewMsg(buf[:n], buf[:n], buf[:n])) })
		send(func() error { _, err := push.SendBatch(ctx, []zmq.Msg{*zmq.NewMsg(buf[:n])}); return err })
		arrives(want)
		arrives(want, want)
		arrives(want, want, want)
		arrives(want)

		// A message that was sent may be sent again, also one that came in.
		out := zmq.NewMsg([]byte("again"), want)
		t.OK(push.SendMsg(ctx, out))
		t.OK(push.SendMsg(ctx, out))
		arrives([]byte("again"), want)
		t.OK(push.SendMsg(ctx, &in))
		in.Reset()
		arrives([]byte("again"), want)
		arrives([]byte("again"), want)
	}
}
