package zmq_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// dial connects a plain TCP client to a STREAM socket.
func dial(t testing.TB, endpoint string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(testkit.Hang))
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// streamed receives from the peer id until want bytes have come.
func streamed(t testing.TB, s *zmq.Socket, id string, want int) string {
	t.Helper()
	var data bytes.Buffer
	for data.Len() < want {
		frames := testkit.Recv(t, s)
		if len(frames) != 2 || frames[0] != id {
			t.Fatalf("received %q, want data of %q", frames, id)
		}
		data.WriteString(frames[1])
	}
	return data.String()
}

func TestStream(t *testing.T) {
	zctx := testlib.Context(t)
	t.Run("F1 F2 F3 F7 a plain TCP client", func(t *testing.T) {
		stream, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp", zmq.TrackPeers())
		c := dial(t, endpoint)
		var m zmq.Msg
		if err := stream.RecvMsg(testkit.Soon(t), &m); err != nil {
			t.Fatal(err)
		}
		id := string(m.Frame(0))
		if m.Len() != 2 || len(m.Frame(1)) != 0 || len(id) != 5 {
			t.Fatalf("the notice is %q, want an id of 5 bytes and nothing", m.Frames())
		}
		wantPeers(t, stream, 1)
		if _, err := c.Write([]byte("hello")); err != nil {
			t.Fatal(err)
		}
		if got := streamed(t, stream, id, 5); got != "hello" {
			t.Errorf("received %q", got)
		}
		testkit.Send(t, stream, id, "back")
		buf := make([]byte, 4)
		if _, err := io.ReadFull(c, buf); err != nil || string(buf) != "back" {
			t.Errorf("the client received %q, %v", buf, err)
		}
		testkit.Send(t, stream, id, "") // hangs up
		if _, err := c.Read(buf); err == nil {
			t.Error("the connection is still open")
		}
	})
	t.Run("F2 a client that hangs up, and no notices when switched off", func(t *testing.T) {
		stream, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp", zmq.TrackPeers())
		c := dial(t, endpoint)
		id := testkit.Recv(t, stream)[0]
		_ = c.Close()
		testkit.Expect(t, stream, id, "")
		wantPeers(t, stream, 0)

		quiet, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp", opt.StreamNotify.To(false))
		if _, err := dial(t, endpoint).Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if frames := testkit.Recv(t, quiet); frames[1] != "x" {
			t.Errorf("received %q, want data first", frames)
		}
	})
	t.Run("F4 an id that nobody has", func(t *testing.T) {
		stream, _ := testkit.Bound(t, zctx, zmq.STREAM, "tcp")
		testkit.WantError(t, stream.Send(testkit.Soon(t), []byte("nobody"), []byte("x")), zmq.ErrHostUnreachable)
	})
	t.Run("F5 STREAM as a client, by a name of its own", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp")
		client := testkit.Connected(t, zctx, zmq.STREAM, endpoint, opt.ConnectRoutingID.To("server"))
		testkit.Expect(t, client, "server", "")
		id := testkit.Recv(t, server)[0]
		testkit.Send(t, client, "server", "hello")
		if got := streamed(t, server, id, 5); got != "hello" {
			t.Errorf("received %q", got)
		}
	})
	t.Run("F8 F10 much at once arrives uncorrupted and in order", func(t *testing.T) {
		stream, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp")
		c := dial(t, endpoint)
		id := testkit.Recv(t, stream)[0]
		var all strings.Builder
		for i := range 20_000 {
			fmt.Fprintf(&all, "%08d", i)
		}
		g := testkit.NewGroup(t)
		g.Go(func() error { _, err := io.WriteString(c, all.String()); return err })
		if got := streamed(t, stream, id, all.Len()); got != all.String() {
			t.Error("the bytes differ")
		}
		g.Wait()
		g.Go(func() error {
			buf := make([]byte, all.Len())
			if _, err := io.ReadFull(c, buf); err != nil || string(buf) != all.String() {
				return fmt.Errorf("the client received other bytes, %v", err)
			}
			return nil
		})
		for rest, n := all.String(), 1; rest != ""; n++ {
			part := rest[:min(n, len(rest))]
			rest = rest[len(part):]
			testkit.Send(t, stream, id, part)
		}
		g.Wait()
	})
	t.Run("F11 a ZMTP peer does not wait for a silent STREAM for ever", func(t *testing.T) {
		_, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp")
		dealer := testkit.Socket(t, zctx, zmq.DEALER, opt.HandshakeInterval.To(20*time.Millisecond))
		m := watch(t, dealer)
		if err := dealer.Connect(endpoint); err != nil {
			t.Fatal(err)
		}
		expectEvents(t, m, zmq.EventConnected, zmq.EventHandshakeFailed, zmq.EventDisconnected)
	})
	t.Run("F12 a small HTTP server", func(t *testing.T) {
		stream, endpoint := testkit.Bound(t, zctx, zmq.STREAM, "tcp", opt.StreamNotify.To(false))
		c := dial(t, endpoint)
		if _, err := io.WriteString(c, "GET / HTTP/1.0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		id := testkit.Recv(t, stream)[0]
		testkit.Send(t, stream, id, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nHello, World!")
		testkit.Send(t, stream, id, "")
		response, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || string(body) != "Hello, World!" {
			t.Errorf("the body is %q, %v", body, err)
		}
	})
}
