//go:build unix

package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

// drafts is a context of a library with drafts; others skip the test.
func drafts(t testing.TB) *zmq.Context {
	t.Helper()
	zctx := testlib.Context(t)
	if !zctx.Has("draft") {
		t.Skip("needs a libzmq with drafts")
	}
	return zctx
}

func recvFrom(t testing.TB, s *zmq.Socket, body string) (id uint32) {
	t.Helper()
	var m zmq.Msg
	if err := s.RecvMsg(testkit.Soon(t), &m); err != nil {
		t.Fatal(err)
	}
	if string(m.Frame(0)) != body {
		t.Fatalf("received %q, want %q", m.Frames(), body)
	}
	return m.RoutingID()
}

// What only drafts can is refused by the other types.
func TestDraftOtherTypes(t *testing.T) {
	zctx := testlib.Context(t)
	s := testkit.Socket(t, zctx, zmq.DEALER)
	testkit.WantError(t, s.Join("group"), zmq.ErrNotSupported)
	testkit.WantError(t, s.Leave("group"), zmq.ErrNotSupported)
	_, err := s.ConnectPeer("tcp://127.0.0.1:1")
	testkit.WantError(t, err, zmq.ErrNotSupported)
	testkit.WantError(t, s.DisconnectPeer(1), zmq.ErrNotSupported)
	_, err = s.PeerWritable([]byte("x"))
	testkit.WantError(t, err, zmq.ErrNotSupported)
}

// Thread-safe types have no ZMQ_FD: what waits must be woken all the same.
func TestDraftWaiting(t *testing.T) {
	zctx := drafts(t)
	server, client := testkit.Pair(t, zctx, "tcp", zmq.SERVER, zmq.CLIENT)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(5*time.Millisecond, cancel)
	began := time.Now()
	_, err := server.Recv(ctx)
	testkit.WantError(t, err, context.Canceled)
	if took := time.Since(began); took > time.Second {
		t.Errorf("cancelling took %v", took)
	}
	for i := range 2000 {
		got := make(chan error, 1)
		go func() {
			_, err := server.Recv(testkit.Soon(t))
			got <- err
		}()
		testkit.Send(t, client, fmt.Sprint(i))
		if err := <-got; err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	waiting := testkit.NewGroup(t)
	for range 8 {
		waiting.Go(func() error {
			if _, err := server.Recv(context.Background()); !errors.Is(err, zmq.ErrClosed) {
				return fmt.Errorf("error is %v, want %v", err, zmq.ErrClosed)
			}
			return nil
		})
	}
	testkit.Drop(server)
	waiting.Wait()
}

// A socket that waits after it was used costs no CPU.
func TestDraftIdle(t *testing.T) {
	zctx := drafts(t)
	server, client := testkit.Pair(t, zctx, "tcp", zmq.SERVER, zmq.CLIENT)
	for range 1000 {
		testkit.Send(t, client, "x")
		recvFrom(t, server, "x")
	}
	waiting := testkit.NewGroup(t)
	ctx, cancel := context.WithCancel(context.Background())
	for _, s := range []*zmq.Socket{server, client} {
		waiting.Go(func() error {
			if _, err := s.Recv(ctx); !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		})
	}
	before := cpuTime(t)
	time.Sleep(300 * time.Millisecond)
	if used := cpuTime(t) - before; used > 60*time.Millisecond {
		t.Errorf("%v of CPU in 300ms of waiting", used)
	}
	cancel()
	waiting.Wait()
}

// cpuTime is what the process has used so far.
func cpuTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
