//go:build unix

package pains

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Since Go 1.14 the runtime's own signals made calls fail with "interrupted
// system call".
func TestP161_FloodOfSignals(t *testing.T) {
	var over atomic.Bool
	flood := testkit.NewGroup(t)
	flood.Go(func() error {
		for !over.Load() {
			if err := syscall.Kill(os.Getpid(), syscall.SIGURG); err != nil {
				return err
			}
			time.Sleep(20 * time.Microsecond)
		}
		return nil
	})
	zctx := testlib.Context(t)
	rep, req := testkit.Pair(t, zctx, "tcp", zmq.REP, zmq.REQ)
	for i := range 2000 {
		testkit.Send(t, req, testkit.Numbered(i))
		testkit.Expect(t, rep, testkit.Numbered(i))
		testkit.Send(t, rep, "ok")
		testkit.Expect(t, req, "ok")
	}
	over.Store(true)
	flood.Wait()
}

// Ctrl-C did nothing: the C library had taken the signal for itself.
func TestGC46_CtrlC(t *testing.T) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT)
	defer stop()
	zctx := testlib.Context(t)
	group := testkit.NewGroup(t)
	for _, typ := range []zmq.SocketType{zmq.REP, zmq.SUB, zmq.PULL, zmq.ROUTER} {
		s, _ := testkit.Bound(t, zctx, typ, "tcp")
		group.Go(func() error {
			if _, err := s.Recv(ctx); !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%v: error is %v, want %v", typ, err, context.Canceled)
			}
			return nil
		})
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	group.Wait()
}

// A subscriber without messages used a whole processor.
func TestLND4230_IdleSubscriberIsIdle(t *testing.T) {
	if !testkit.Isolated(t) {
		return
	}
	zctx := testlib.Context(t)
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "tcp")
	sub := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.Subscribe.To(nil))
	testkit.Expect(t, xpub, "\x01")
	group := testkit.NewGroup(t)
	group.Go(func() error { _, err := sub.Recv(context.Background()); return err })
	testkit.Eventually(t, "waiting uses no time", func() bool {
		before := cpu(t)
		time.Sleep(300 * time.Millisecond) // what is measured
		return cpu(t)-before < 3*time.Millisecond
	})
	testkit.Send(t, xpub, "wake")
	group.Wait()
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
