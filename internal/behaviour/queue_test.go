package behaviour

import (
	"errors"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// fill sends until the socket takes no more, and returns how many it took.
func fill(s *zmq.Socket, frames ...string) int {
	n := 0
	for s.TrySend(zmq.NewMsg(testkit.Bytes(frames...)...)) == nil {
		n++
	}
	return n
}

func TestQueues(t *testing.T) {
	zctx := testlib.Context(t)
	t.Run("D1 PUSH goes round strictly", func(t *testing.T) {
		for _, transport := range testkit.Transports {
			push := testkit.Socket(t, zctx, zmq.PUSH)
			var pulls [4]*zmq.Socket
			for i := range pulls {
				pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport)
				if err := push.Connect(endpoint); err != nil {
					t.Fatal(err)
				}
				pulls[i] = pull
			}
			for i := range 8 {
				testkit.Send(t, push, testkit.Numbered(i), "tail")
			}
			for i := range 8 {
				testkit.Expect(t, pulls[i%4], testkit.Numbered(i), "tail")
			}
		}
	})
	t.Run("D2 PULL hears its peers in turn", func(t *testing.T) {
		pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc")
		for i := range 4 {
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			testkit.Send(t, push, fmt.Sprint(i))
			testkit.Send(t, push, fmt.Sprint(i))
		}
		// Asking for the events makes all that was sent known to the socket.
		if _, err := opt.Events.Get(pull); err != nil {
			t.Fatal(err)
		}
		for round := range 2 {
			heard := map[string]bool{}
			for range 4 {
				heard[testkit.Recv(t, pull)[0]] = true
			}
			if len(heard) != 4 {
				t.Errorf("round %d has %v", round, heard)
			}
		}
	})
	t.Run("D3 E4 without a peer sending waits and drops nothing", func(t *testing.T) {
		for _, typ := range []zmq.SocketType{zmq.PUSH, zmq.PAIR} {
			if n := fill(testkit.Socket(t, zctx, typ), "x"); n != 0 {
				t.Errorf("%v took %d messages for nobody", typ, n)
			}
		}
	})
	t.Run("D6 D7 after Unbind and Disconnect there is no peer", func(t *testing.T) {
		for _, transport := range []string{"tcp", "ipc"} {
			push, endpoint := testkit.Bound(t, zctx, zmq.PUSH, transport)
			pull := testkit.Connected(t, zctx, zmq.PULL, endpoint)
			testkit.Send(t, push, "x")
			testkit.Expect(t, pull, "x")
			if err := push.Unbind(endpoint); err != nil {
				t.Fatal(err)
			}
			testkit.Eventually(t, "sending would wait", func() bool {
				return errors.Is(push.TrySend(zmq.NewMsg([]byte("lost"))), zmq.ErrAgain)
			})
			pull, endpoint = testkit.Bound(t, zctx, zmq.PULL, transport)
			push = testkit.Connected(t, zctx, zmq.PUSH, endpoint)
			testkit.Send(t, push, "x")
			testkit.Expect(t, pull, "x")
			if err := push.Disconnect(endpoint); err != nil {
				t.Fatal(err)
			}
			testkit.Eventually(t, "sending would wait", func() bool {
				return errors.Is(push.TrySend(zmq.NewMsg([]byte("lost"))), zmq.ErrAgain)
			})
		}
	})
	t.Run("E2 a third PAIR is refused, and the two go on", func(t *testing.T) {
		a, endpoint := testkit.Bound(t, zctx, zmq.PAIR, "inproc")
		b := testkit.Connected(t, zctx, zmq.PAIR, endpoint)
		testkit.Send(t, a, "1")
		testkit.Expect(t, b, "1")
		third := testkit.Connected(t, zctx, zmq.PAIR, endpoint)
		_ = third.TrySend(zmq.NewMsg([]byte("intruder")))
		testkit.Send(t, b, "2")
		testkit.Expect(t, a, "2")
		testkit.ExpectNone(t, a)
	})
	t.Run("G1 G2 G3 G12 the capacity of inproc is the sum of both high-water marks", func(t *testing.T) {
		for _, c := range []struct{ send, recv, want int }{{1000, 1000, 2000}, {1, 1, 2}, {5, 7, 12}} {
			pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.RecvHWM.To(c.recv))
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(c.send))
			if got := fill(push, "several", "frames", "count", "as one"); got != c.want {
				t.Errorf("%d and %d take %d messages, want %d", c.send, c.recv, got, c.want)
			}
			for range c.want {
				testkit.Expect(t, pull, "several", "frames", "count", "as one")
			}
			testkit.Send(t, push, "G5 one more") // waits for libzmq's notice
			testkit.Expect(t, pull, "G5 one more")
		}
		_, endpoint := testkit.Bound(t, zctx, zmq.PULL, "inproc", opt.RecvHWM.To(0))
		push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(1))
		for i := range 10_000 {
			if err := push.TrySend(zmq.NewMsg([]byte("x"))); err != nil {
				t.Fatalf("0 is no bound, but message %d: %v", i, err)
			}
		}
	})
	t.Run("G4 what was sent before Bind is delivered after Close", func(t *testing.T) {
		endpoint := testkit.Endpoint(t, "inproc")
		push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(10))
		n := fill(push, "early")
		if n == 0 {
			t.Fatal("nothing was taken")
		}
		if err := push.Close(); err != nil {
			t.Fatal(err)
		}
		pull := testkit.Socket(t, zctx, zmq.PULL)
		if err := pull.Bind(endpoint); err != nil {
			t.Fatal(err)
		}
		for range n {
			testkit.Expect(t, pull, "early")
		}
	})
	t.Run("G13 a slow reader stops the sender", func(t *testing.T) {
		for _, transport := range []string{"tcp", "ipc"} {
			pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, transport, opt.RecvHWM.To(1), opt.RecvBuffer.To(10_000))
			push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.SendHWM.To(1), opt.SendBuffer.To(10_000))
			body := string(make([]byte, 100_000))
			if err := push.Set(opt.SendTimeout.To(200 * time.Millisecond)); err != nil {
				t.Fatal(err)
			}
			n := 0
			for n < 1000 && push.Send(testkit.Soon(t), []byte(testkit.Numbered(n)), []byte(body)) == nil {
				n++
			}
			if n == 1000 {
				t.Errorf("%s takes a hundred megabytes that nobody reads", transport)
			}
			for i := range n {
				testkit.Expect(t, pull, testkit.Numbered(i), body)
			}
		}
	})
}
