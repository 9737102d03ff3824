package behaviour

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// storm sends SIGURG, Go's own signal for preemption, to every thread of the
// process over and over until the test ends.
func storm(t *testing.T) {
	var over atomic.Bool
	group := testkit.NewGroup(t)
	group.Go(func() error {
		pid := os.Getpid()
		for !over.Load() {
			threads, err := os.ReadDir("/proc/self/task")
			if err != nil {
				return err
			}
			for _, thread := range threads {
				id, _ := strconv.Atoi(thread.Name())
				// A thread may have ended meanwhile.
				_, _, _ = syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(pid), uintptr(id), uintptr(syscall.SIGURG))
			}
			time.Sleep(50 * time.Microsecond)
		}
		return nil
	})
	t.Cleanup(func() { over.Store(true); group.Wait() })
}

func TestSignals(t *testing.T) {
	storm(t)
	zctx := testlib.Context(t)
	t.Run("Q6 signals neither end nor extend a call that waits", func(t *testing.T) {
		const bound = 200 * time.Millisecond
		// Far less than a bound that begins again with every signal.
		const late = 5 * time.Second
		pull, _ := testkit.Bound(t, zctx, zmq.PULL, "tcp", opt.RecvTimeout.To(bound))
		push := testkit.Socket(t, zctx, zmq.PUSH, opt.SendTimeout.To(bound))
		for op, call := range calls(pull, push) {
			began := time.Now()
			err := call(context.Background())
			took := time.Since(began)
			if !errors.Is(err, os.ErrDeadlineExceeded) || took < bound || took > late {
				t.Errorf("%s: %v after %v, want %v after %v", op, err, took, os.ErrDeadlineExceeded, bound)
			}
		}
	})
	t.Run("Q6 signals do not show in calls that work", func(t *testing.T) {
		rep, req := testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.REQ)
		for i := range 1000 {
			testkit.Send(t, req, testkit.Numbered(i), "more")
			testkit.Expect(t, rep, testkit.Numbered(i), "more")
			testkit.Send(t, rep, "reply")
			testkit.Expect(t, req, "reply")
		}
		for range 20 {
			other := testlib.Context(t)
			testkit.Bound(t, other, zmq.ROUTER, "tcp")
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
