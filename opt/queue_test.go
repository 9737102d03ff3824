//go:build unix

package opt_test

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// fill sends until the socket is full, at most most messages.
func fill(t testing.TB, s *zmq.Socket, most int) (n int) {
	t.Helper()
	var m zmq.Msg
	m.Append([]byte("x"))
	for ; n < most; n++ {
		if err := s.TrySend(&m); errors.Is(err, zmq.ErrAgain) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// Over inproc the limits of both ends add up, and 0 is no limit.
func TestHighWaterMarks(t *testing.T) {
	for _, c := range []struct{ send, recv, want int }{{3, 2, 5}, {1, 1, 2}, {0, 1, 5000}, {1, 0, 5000}} {
		t.Run(fmt.Sprintf("%d and %d", c.send, c.recv), func(t *testing.T) {
			zctx := testlib.Context(t)
			_, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.RecvHWM.To(c.recv))
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(c.send))
			if n := fill(t, push, 5000); n != c.want {
				t.Errorf("%d messages until it is full, want %d", n, c.want)
			}
		})
	}
}

// A live socket's limit counts for what follows.
func TestHighWaterMarkLive(t *testing.T) {
	zctx := testlib.Context(t)
	pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	if err := push.Set(opt.SendHWM.To(2)); err != nil {
		t.Fatal(err)
	}
	if err := pull.Set(opt.RecvHWM.To(1)); err != nil {
		t.Fatal(err)
	}
	if n := fill(t, push, 5000); n > 1002 { // the other end learns of it later
		t.Errorf("%d messages until it is full", n)
	}
}

// Only the newest message is kept.
func TestConflate(t *testing.T) {
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.Conflate.To(true))
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.Conflate.To(true))
	for i := range 10 {
		testkit.Send(t, push, fmt.Sprint(i))
	}
	testkit.Expect(t, pull, "9")
	testkit.ExpectNone(t, pull)
}

func TestTimeouts(t *testing.T) {
	zctx := testlib.Context(t)
	for _, d := range []time.Duration{0, 20 * ms} {
		pull := testkit.Socket(t, zctx, zmq.PULL, opt.RecvTimeout.To(d))
		push := testkit.Socket(t, zctx, zmq.PUSH, opt.SendTimeout.To(d))
		began := time.Now()
		_, err := pull.Recv(testkit.Soon(t))
		testkit.WantError(t, err, os.ErrDeadlineExceeded)
		testkit.WantError(t, push.Send(testkit.Soon(t), []byte("x")), os.ErrDeadlineExceeded)
		if took := time.Since(began); took < 2*d {
			t.Errorf("two calls with %v took %v", d, took)
		}
	}
	// Changed on a live socket, and taken back.
	pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
	if err := pull.Set(opt.RecvTimeout.To(ms), opt.RecvTimeout.To(-1)); err != nil {
		t.Fatal(err)
	}
	g := testkit.NewGroup(t)
	g.Go(func() error {
		_, err := pull.Recv(testkit.Soon(t))
		return err
	})
	time.AfterFunc(20*ms, func() { testkit.Send(t, push, "x") })
	g.Wait()
}
