package zmqtest

import (
	"bytes"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// memoryInUse is how much memory the process has when what can go has gone.
func memoryInUse() int {
	runtime.GC() // what was forgotten may hold memory of C
	debug.FreeOSMemory()
	return testkit.Memory()
}

func comingAndGoing(t *T) {
	if !t.Isolated(freesAtOnce...) {
		return
	}
	body := string(make([]byte, 10_000))
	zctx := t.NewContext()
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, t.Transport)
	turn := func(sockets, contexts int) {
		for range sockets {
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			t.Send(push, body)
			t.Expect(pull, body)
			t.OK(push.Close())
		}
		for i := range contexts {
			zctx := t.NewContext()
			pull, push := testkit.Pair(t, zctx, t.Transport, zmq.PULL, zmq.PUSH)
			t.Send(push, body)
			if i%2 == 0 {
				t.Expect(pull, body)
			}
			t.Drop(push)
			t.OK(zctx.Close())
		}
	}
	turn(50, 10) // what is made once is made now
	descriptors, routines, memory := testkit.Descriptors(), runtime.NumGoroutine(), memoryInUse()
	const sockets, contexts = 300, 60
	turn(sockets, contexts)
	t.Eventually("all descriptors are back", func() bool { return testkit.Descriptors() <= descriptors+5 })
	t.Eventually("all goroutines have ended", func() bool { return runtime.NumGoroutine() <= routines+5 })
	if grown := memoryInUse() - memory; grown > (sockets+contexts)*len(body)*5 {
		t.Errorf("%d sockets and %d contexts leave %d bytes behind", sockets, contexts, grown)
	}
}

// underGarbageCollection sends from memory that is collected, and keeps what
// is received for a while, as views where the engine gives such.
func underGarbageCollection(t *T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	var over atomic.Bool
	collecting := testkit.NewGroup(t)
	collecting.Go(func() error {
		for !over.Load() {
			runtime.GC()
		}
		return nil
	})
	defer func() { over.Store(true); collecting.Wait() }()

	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	sizes := []int{0, 1, 33, 34, 255, 2047, 2048, 8191, 8192, 8193, 100_000}
	const rounds = 20
	filled := func(round int, size int) []byte { return bytes.Repeat([]byte{byte(round + size)}, size) }
	ctx := testkit.Soon(t)
	sending := testkit.NewGroup(t)
	sending.Go(func() error {
		for round := range rounds {
			for _, size := range sizes {
				if err := push.Send(ctx, filled(round, size), filled(round+1, size)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	type held struct {
		m           *zmq.Msg
		round, size int
	}
	intact := func(h held) {
		t.Helper()
		first, second := filled(h.round, h.size), filled(h.round+1, h.size)
		if h.m.Len() != 2 || !bytes.Equal(h.m.Frame(0), first) || !bytes.Equal(h.m.Frame(1), second) {
			t.Fatalf("frames of %d bytes have changed in round %d", h.size, h.round)
		}
	}
	var window []held
	for round := range rounds {
		for _, size := range sizes {
			h := held{new(zmq.Msg), round, size}
			t.OK(pull.RecvMsg(ctx, h.m))
			intact(h)
			if window = append(window, h); len(window) > 2*len(sizes) {
				intact(window[0])
				if round%2 == 0 {
					window[0].m.Release() // the others are forgotten
				}
				window = window[1:]
			}
		}
	}
	sending.Wait()
}
