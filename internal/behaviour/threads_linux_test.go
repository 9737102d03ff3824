package behaviour

import (
	"context"
	"runtime"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Q10: a goroutine that waits costs no thread. In a process of its own, which
// has no threads left over from other tests.
func TestQ10_ParkedGoroutinesShareThreads(t *testing.T) {
	if !testkit.Isolated(t) {
		return
	}
	const n = 1000
	zctx := testlib.Context(t, opt.MaxSockets.To(3*n))
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	var senders []*zmq.Socket
	for range n {
		pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
		senders = append(senders, push)
		group.Go(func() error {
			_, err := pull.Recv(ctx)
			return err
		})
	}
	// Idle means that the process uses no time, so everybody is parked.
	idle := func() bool {
		before := cpu(t)
		time.Sleep(100 * time.Millisecond)
		return cpu(t)-before < 10*time.Millisecond
	}
	testkit.Eventually(t, "the process is idle", idle)
	if threads := testkit.Threads(); threads > 32 {
		t.Errorf("%d goroutines are parked on %d threads, want at most 32", n, threads)
	}
	for _, push := range senders {
		if err := push.Send(context.Background(), []byte("wake")); err != nil {
			t.Fatal(err)
		}
	}
	group.Wait()
	runtime.KeepAlive(zctx)
}

// cpu is the time that the process has used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
