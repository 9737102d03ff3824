//go:build unix

package zmq_test

import (
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

func TestDraftGreetings(t *testing.T) {
	zctx := drafts(t)
	for _, transport := range testkit.Transports {
		t.Run("W1 HELLO_MSG comes first, over "+transport, func(t *testing.T) {
			hello := opt.HelloMsg.To([]byte("hello"))
			server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, transport, hello)
			client := testkit.Connected(t, zctx, zmq.CLIENT, endpoint)
			testkit.Expect(t, client, "hello")
			testkit.Send(t, client, "x")
			sendTo(t, server, recvFrom(t, server, "x"), "y")
			testkit.Expect(t, client, "y")
		})
		t.Run("W2 DISCONNECT_MSG when a peer has gone, over "+transport, func(t *testing.T) {
			server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, transport, opt.DisconnectMsg.To([]byte("gone")))
			client := testkit.Connected(t, zctx, zmq.CLIENT, endpoint)
			testkit.Send(t, client, "x")
			id := recvFrom(t, server, "x")
			testkit.Drop(client)
			if from := recvFrom(t, server, "gone"); from != id {
				t.Errorf("%d has gone, want %d", from, id)
			}
		})
	}
	t.Run("W3 not for a peer whose handshake never was", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, "tcp", opt.DisconnectMsg.To([]byte("gone")))
		m := watch(t, server)
		_ = dial(t, endpoint).Close()
		expectEvents(t, m, zmq.EventAccepted, zmq.EventDisconnected)
		testkit.Send(t, testkit.Connected(t, zctx, zmq.CLIENT, endpoint), "x")
		recvFrom(t, server, "x")
		testkit.ExpectNone(t, server)
	})
	t.Run("W4 W6 HICCUP_MSG when the link drops, HELLO_MSG when it is back", func(t *testing.T) {
		server, endpoint := testkit.Bound(t, zctx, zmq.SERVER, "tcp")
		client := testkit.Connected(t, zctx, zmq.CLIENT, endpoint, opt.HelloMsg.To([]byte("hello")),
			opt.HiccupMsg.To([]byte("hiccup")), opt.ReconnectInterval.To(time.Millisecond))
		recvFrom(t, server, "hello")
		if err := server.Unbind(endpoint); err != nil {
			t.Fatal(err)
		}
		testkit.Expect(t, client, "hiccup")
		testkit.Eventually(t, "the endpoint is free", func() bool { return server.Bind(endpoint) == nil })
		recvFrom(t, server, "hello")
	})
}
