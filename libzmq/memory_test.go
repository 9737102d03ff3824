package libzmq_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq/capi"
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

// What is promised of each hot path's allocations holds with messages of any
// size, also for calls that have to wait.
func TestAllocations(t *testing.T) {
	if testkit.Instrumented {
		t.Skip("the race detector and the address sanitizer allocate by themselves")
	}
	const messages = 500
	// Some are for many messages together: an iterator begins, a larger batch
	// finds its storage, the large frames of one crossing are pinned.
	const besides = messages / 5
	// The collector empties pools, which are then filled anew.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	everyHotPath(func(name string, p *hotPath, over string, size int) {
		t.Run(name, func(t *testing.T) {
			defer runtime.GC()
			loop := p.begin(newBench(t, over, size))
			most := p.allocs*messages + besides
			n := most + 1
			for range 3 { // what happens once does not happen again
				if n > most {
					n = testing.AllocsPerRun(1, func() {
						left := messages
						loop(func() bool { left--; return left >= 0 })
					})
				}
			}
			if n > most {
				t.Errorf("%v allocations for %d messages, want at most %v for each", n, messages, p.allocs)
			}
		})
	})
}
