package pains

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// The server was restarted, and the user's REQ client never heard of it
// again.
func TestZmq38_RequestAfterServerRestart(t *testing.T) {
	zctx := testlib.Context(t)
	rep, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp")
	// Immediate shows when the loss is noticed: a request that is on its way to
	// the dead server is lost with it.
	req := testkit.Connected(t, zctx, zmq.REQ, endpoint, opt.Immediate.To(true), opt.ReconnectInterval.To(10*time.Millisecond))
	for round := range 3 {
		question := fmt.Sprint("round ", round)
		testkit.Send(t, req, question)
		testkit.Expect(t, rep, question)
		testkit.Send(t, rep, "answer")
		testkit.Expect(t, req, "answer")
		if err := rep.Close(); err != nil {
			t.Fatal(err)
		}
		testkit.Eventually(t, "the client notices the loss", func() bool {
			const out = 2 // ZMQ_POLLOUT
			events, err := opt.Events.Get(req)
			return err == nil && events&out == 0
		})
		rep = testkit.Socket(t, zctx, zmq.REP)
		testkit.Eventually(t, "the server is back", func() bool { return rep.Bind(endpoint) == nil })
	}
}

// Somebody connected with telnet, or another protocol, and the node went
// down.
func TestGZ56_GarbageInsteadOfAGreeting(t *testing.T) {
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
	for _, garbage := range []string{
		"", "\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", strings.Repeat("\x00", 64), strings.Repeat("\xff", 200),
		"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00NULL" + strings.Repeat("\x00", 48) + "\x02\xff\xff\xff\xff\xff\xff\xff\xff",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(garbage)); err != nil {
			t.Error(err)
		}
		// The stranger stays until the end of the test.
		defer conn.Close()
	}
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint)
	testkit.Send(t, push, "all is well")
	testkit.Expect(t, pull, "all is well")
}

// Connecting before the server was there failed after some tries.
func TestGZ85_ConnectBeforeBind(t *testing.T) {
	zctx := testlib.Context(t)
	for _, transport := range testkit.Transports {
		endpoint := testkit.Endpoint(t, transport)
		if transport == "tcp" {
			// A port that was free a moment ago.
			var first *zmq.Socket
			first, endpoint = testkit.Bound(t, zctx, zmq.PULL, transport)
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			testkit.Eventually(t, "nobody listens", func() bool {
				conn, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
				if err == nil {
					_ = conn.Close()
				}
				return err != nil
			})
		}
		push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.ReconnectInterval.To(10*time.Millisecond))
		for i := range 10 {
			testkit.Send(t, push, testkit.Numbered(i))
		}
		pull := testkit.Socket(t, zctx, zmq.PULL)
		testkit.Eventually(t, "the address is free", func() bool { return pull.Bind(endpoint) == nil })
		for i := range 10 {
			testkit.Expect(t, pull, testkit.Numbered(i))
		}
	}
}

// A subscriber that was dead or slow made the publisher's memory grow without
// end.
func TestGZ151_SlowSubscriberCostsBoundedMemory(t *testing.T) {
	zctx := testlib.Context(t)
	xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, "inproc", opt.SendHWM.To(10))
	slow := testkit.Connected(t, zctx, zmq.SUB, endpoint, opt.RecvHWM.To(10), opt.Subscribe.To(nil))
	testkit.Expect(t, xpub, "\x01")
	const n = 10_000
	for i := range n {
		testkit.Send(t, xpub, testkit.Numbered(i)) // never waits
	}
	got := 0
	for m := new(zmq.Msg); slow.TryRecv(m) == nil; got++ {
		if string(m.Frame(0)) != testkit.Numbered(got) {
			t.Fatalf("message %d is %q", got, m.Frames())
		}
	}
	if got == 0 || got > 20 {
		t.Errorf("%d messages were queued, want at most 10 and 10", got)
	}
}

// Every socket that was closed left a goroutine behind. TestMain counts what
// is left of these.
func TestGZ153_ClosedSocketsLeaveNothing(t *testing.T) {
	before := testkit.Descriptors()
	for range 100 {
		zctx, err := libzmq.NewContext()
		if err != nil {
			t.Fatal(err)
		}
		router, dealer := testkit.Pair(t, zctx, "tcp", zmq.ROUTER, zmq.DEALER)
		testkit.Send(t, dealer, "x")
		testkit.Recv(t, router)
		if err := errors.Join(dealer.Close(), router.Close(), zctx.Close()); err != nil {
			t.Error(err)
		}
	}
	testkit.Eventually(t, "all descriptors are back", func() bool { return testkit.Descriptors() <= before })
}

// PUSH gave each message to every PULL.
func TestGZ158_PushIsRoundRobin(t *testing.T) {
	zctx := testlib.Context(t)
	for _, typ := range []zmq.SocketType{zmq.PUSH, zmq.DEALER} {
		partner := map[zmq.SocketType]zmq.SocketType{zmq.PUSH: zmq.PULL, zmq.DEALER: zmq.DEALER}[typ]
		push := testkit.Socket(t, zctx, typ, opt.Immediate.To(true))
		var pulls [3]*zmq.Socket
		for i := range pulls {
			pull, endpoint := testkit.Bound(t, zctx, partner, "inproc")
			if err := push.Connect(endpoint); err != nil {
				t.Fatal(err)
			}
			pulls[i] = pull
		}
		for i := range 3000 {
			testkit.Send(t, push, testkit.Numbered(i))
		}
		for p, pull := range pulls {
			for i := range 1000 {
				testkit.Expect(t, pull, testkit.Numbered(3*i+p))
			}
			testkit.ExpectNone(t, pull)
		}
	}
}

// The collector was switched off and on again: messages that were sent
// meanwhile were lost on the way to the dead connection, or the program
// crashed when its queue was full.
func TestSonicGNMI465_PeerPowerCycleWithImmediate(t *testing.T) {
	zctx := testlib.Context(t)
	pull, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
	push := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.Immediate.To(true), opt.ReconnectInterval.To(10*time.Millisecond))
	for round := range 3 {
		testkit.Send(t, push, "hello")
		testkit.Expect(t, pull, "hello")
		if err := pull.Close(); err != nil {
			t.Fatal(err)
		}
		// Soon nobody is there, and the sender is told so.
		lost := 0
		testkit.Eventually(t, "sending would wait", func() bool {
			err := push.TrySend(zmq.NewMsg([]byte("lost with the connection")))
			lost++
			return errors.Is(err, zmq.ErrAgain)
		})
		pull = testkit.Socket(t, zctx, zmq.PULL)
		testkit.Eventually(t, "the peer is back", func() bool { return pull.Bind(endpoint) == nil })
		testkit.Send(t, push, fmt.Sprint("after ", round))
		testkit.Expect(t, pull, fmt.Sprint("after ", round))
	}
}
