//go:build unix

package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

var draftTypes = []zmq.SocketType{zmq.SERVER, zmq.CLIENT, zmq.RADIO, zmq.DISH, zmq.GATHER, zmq.SCATTER, zmq.DGRAM, zmq.PEER, zmq.CHANNEL}

// drafts is a context of a library with drafts; others skip the test.
func drafts(t testing.TB) *zmq.Context {
	t.Helper()
	zctx := testlib.Context(t)
	if !zctx.Has("draft") {
		t.Skip("needs a libzmq with drafts")
	}
	return zctx
}

func sendTo(t testing.TB, s *zmq.Socket, id uint32, body string) {
	t.Helper()
	m := zmq.NewMsg([]byte(body))
	m.SetRoutingID(id)
	if err := s.SendMsg(testkit.Soon(t), m); err != nil {
		t.Fatal(err)
	}
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

func TestDraftRefused(t *testing.T) {
	zctx := testlib.Context(t)
	if zctx.Has("draft") {
		t.Skip("this libzmq has drafts")
	}
	for _, typ := range draftTypes {
		t.Run("V17 "+typ.String(), func(t *testing.T) {
			_, err := zctx.NewSocket(typ)
			testkit.WantError(t, err, errors.ErrUnsupported)
			if err == nil || !strings.Contains(err.Error(), "draft") {
				t.Errorf("the error %v does not name drafts", err)
			}
		})
	}
	router := testkit.Socket(t, zctx, zmq.ROUTER)
	_, err := router.PeerWritable([]byte("x"))
	testkit.WantError(t, err, errors.ErrUnsupported)
}

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

func TestDraftServer(t *testing.T) {
	zctx := drafts(t)
	for _, transport := range testkit.Transports {
		t.Run("V1 a SERVER answers by routing id, over "+transport, func(t *testing.T) {
			server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, transport)
			clients := []*zmq.Socket{testkit.Connected(t, zctx, zmq.CLIENT, endpoint), testkit.Connected(t, zctx, zmq.CLIENT, endpoint)}
			for i, c := range clients {
				testkit.Send(t, c, fmt.Sprint("hello ", i))
				id := recvFrom(t, server, fmt.Sprint("hello ", i))
				if id == 0 {
					t.Error("the routing id is 0")
				}
				sendTo(t, server, id, "reply")
				if id := recvFrom(t, c, "reply"); id != 0 {
					t.Errorf("a CLIENT sees routing id %d", id)
				}
			}
		})
	}
	t.Run("V2 more than one frame", func(t *testing.T) {
		for _, typ := range []zmq.SocketType{zmq.CLIENT, zmq.SERVER, zmq.SCATTER, zmq.CHANNEL, zmq.RADIO, zmq.PEER} {
			s := testkit.Socket(t, zctx, typ)
			testkit.WantError(t, s.Send(testkit.Soon(t), []byte("a"), []byte("b")), zmq.ErrInvalid)
		}
	})
	t.Run("V3 an id that nobody has", func(t *testing.T) {
		server, _ := testkit.Bound(t, zctx, zmq.SERVER, "tcp")
		m := zmq.NewMsg([]byte("x"))
		testkit.WantError(t, server.SendMsg(testkit.Soon(t), m), zmq.ErrNoPeer)
		m.SetRoutingID(123456)
		testkit.WantError(t, server.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
	})
	t.Run("V3 a peer that does not read", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, "inproc", opt.SendHWM.To(1))
		client := testkit.Connected(t, zctx, zmq.CLIENT, endpoint, opt.RecvHWM.To(1))
		testkit.Send(t, client, "x")
		m := zmq.NewMsg([]byte("y"))
		m.SetRoutingID(recvFrom(t, server, "x"))
		var err error
		for range 100 {
			if err = server.TrySend(m); err != nil {
				break
			}
		}
		testkit.WantError(t, err, zmq.ErrAgain)
	})
	t.Run("V5 many goroutines on one CLIENT and one SERVER", func(t *testing.T) {
		server, client := testkit.Pair(t, zctx, "tcp", zmq.SERVER, zmq.CLIENT)
		const each, workers = 500, 4
		g := testkit.NewGroup(t)
		ctx := testkit.Soon(t)
		for range workers {
			g.Go(func() error {
				for range each {
					if err := client.Send(ctx, []byte("x")); err != nil {
						return err
					}
				}
				return nil
			})
			g.Go(func() error {
				var m zmq.Msg
				for range each {
					if err := errors.Join(server.RecvMsg(ctx, &m), server.SendMsg(ctx, &m)); err != nil {
						return err
					}
				}
				return nil
			})
			g.Go(func() error {
				for range each {
					if _, err := client.Recv(ctx); err != nil {
						return err
					}
				}
				return nil
			})
		}
		g.Wait()
	})
	t.Run("V6 they are thread-safe", func(t *testing.T) {
		for _, typ := range draftTypes {
			safe, err := opt.ThreadSafe.Get(testkit.Socket(t, zctx, typ))
			if err != nil || safe != (typ != zmq.DGRAM) {
				t.Errorf("%v: thread-safe is %v, %v", typ, safe, err)
			}
		}
	})
	t.Run("V7 SCATTER goes round", func(t *testing.T) {
		scatter, endpoint := testkit.Bound(t, zctx, zmq.SCATTER, "inproc")
		a, b := testkit.Connected(t, zctx, zmq.GATHER, endpoint), testkit.Connected(t, zctx, zmq.GATHER, endpoint)
		for range 4 {
			testkit.Send(t, scatter, "x")
		}
		for _, s := range []*zmq.Socket{a, b} {
			testkit.Expect(t, s, "x")
			testkit.Expect(t, s, "x")
		}
	})
	t.Run("V15 CHANNEL", func(t *testing.T) {
		a, b := testkit.Pair(t, zctx, "tcp", zmq.CHANNEL, zmq.CHANNEL)
		testkit.Send(t, b, "there")
		testkit.Expect(t, a, "there")
		testkit.Send(t, a, "and back")
		testkit.Expect(t, b, "and back")
	})
	t.Run("V16 DGRAM", func(t *testing.T) {
		c, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		dgram := testkit.Socket(t, zctx, zmq.DGRAM)
		testkit.WantError(t, dgram.Connect("udp://"+c.LocalAddr().String()), zmq.ErrIncompatible)
		testkit.WantError(t, dgram.Send(testkit.Soon(t), []byte("one")), zmq.ErrInvalid)
		testkit.WantError(t, dgram.Send(testkit.Soon(t), []byte("1"), []byte("2"), []byte("3")), zmq.ErrInvalid)
		endpoint := freeUDP(t)
		if err := dgram.Bind(endpoint); err != nil {
			t.Fatal(err)
		}
		addr, err := net.ResolveUDPAddr("udp", strings.TrimPrefix(endpoint, "udp://"))
		if err != nil {
			t.Fatal(err)
		}
		// The socket listens a moment after Bind: say it until it is heard.
		var frames []string
		testkit.Eventually(t, "a datagram arrives", func() bool {
			_, _ = c.WriteTo([]byte("hello"), addr)
			var m zmq.Msg
			if dgram.TryRecv(&m) != nil {
				return false
			}
			frames = testkit.Strings(m.Frames())
			return true
		})
		// libzmq leaves a NUL at the end of the address.
		if len(frames) != 2 || strings.TrimRight(frames[0], "\x00") != c.LocalAddr().String() || frames[1] != "hello" {
			t.Fatalf("received %q, want the address and the body", frames)
		}
		testkit.Send(t, dgram, frames[0], "back")
		buf := make([]byte, 100)
		_ = c.SetDeadline(time.Now().Add(testkit.Hang))
		if n, _, err := c.ReadFrom(buf); err != nil || string(buf[:n]) != "back" {
			t.Errorf("the peer received %q, %v", buf[:n], err)
		}
	})
}

// freeUDP is a udp endpoint that was free a moment ago.
func freeUDP(t testing.TB) string {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return "udp://" + c.LocalAddr().String()
}

func TestDraftPeer(t *testing.T) {
	zctx := drafts(t)
	for _, transport := range testkit.Transports {
		t.Run("V13 PEER over "+transport, func(t *testing.T) {
			a, endpoint := testkit.Bound(t, zctx, zmq.PEER, transport)
			b := testkit.Socket(t, zctx, zmq.PEER)
			id, err := b.ConnectPeer(endpoint)
			if err != nil || id == 0 {
				t.Fatalf("the id is %d, %v", id, err)
			}
			sendTo(t, b, id, "hello")
			sendTo(t, a, recvFrom(t, a, "hello"), "back")
			if from := recvFrom(t, b, "back"); from != id {
				t.Errorf("the reply came from %d, want %d", from, id)
			}
			switch err := b.DisconnectPeer(id); {
			case errors.Is(err, errors.ErrUnsupported):
				t.Logf("V14: %v", err)
			case err != nil:
				t.Error(err)
			default: // V14
				m := zmq.NewMsg([]byte("x"))
				m.SetRoutingID(id)
				testkit.WantError(t, b.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
				testkit.WantError(t, b.DisconnectPeer(id), zmq.ErrHostUnreachable)
			}
		})
	}
	t.Run("V13 not with IMMEDIATE", func(t *testing.T) {
		_, endpoint := testkit.Bound(t, zctx, zmq.PEER, "tcp")
		s := testkit.Socket(t, zctx, zmq.PEER, opt.Immediate.To(true))
		_, err := s.ConnectPeer(endpoint)
		testkit.WantError(t, err, zmq.ErrInvalid)
	})
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
