package zmq_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A receive brings messages along that were wanted then. Once Unsubscribe has
// returned, those of its topic must not come any more, whatever their size,
// and those around them must, with their peer's properties.
func TestUnsubscribeReachesMessagesThatHaveArrived(t *testing.T) {
	const rounds = 100
	for _, transport := range []string{"inproc://unsubscribe", "tcp://127.0.0.1:*"} {
		t.Run(transport[:3], func(t *testing.T) {
			ctx := testkit.Soon(t)
			zctx := testlib.Context(t)
			pub := testkit.Socket(t, zctx, zmq.XPUB)
			sub := testkit.Socket(t, zctx, zmq.SUB)
			if err := pub.Bind(transport); err != nil {
				t.Fatal(err)
			}
			if err := sub.Subscribe("a", "b", "b"); err != nil {
				t.Fatal(err)
			}
			if err := sub.Connect(pub.LastEndpoint()); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if _, err := pub.Recv(ctx); err != nil {
					t.Fatal(err)
				}
			}
			for i := range rounds {
				for _, topic := range []string{"a", "b"} {
					for _, size := range []int{1, 100, 10_000} {
						if err := pub.Send(ctx, fmt.Appendf(nil, "%s%d", topic, i), make([]byte, size)); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			if err := pub.Send(ctx, []byte("b end")); err != nil {
				t.Fatal(err)
			}
			var m zmq.Msg
			got := 0
			receive := func() bool {
				if err := sub.RecvMsg(ctx, &m); err != nil {
					t.Fatal(err)
				}
				if transport[:3] == "tcp" && m.Property("Socket-Type") != "XPUB" {
					t.Fatalf("message %q is from %q", m.Frame(0), m.Property("Socket-Type"))
				}
				if m.Frame(0)[0] == 'b' {
					got++
				}
				return string(m.Frame(0)) != "b end"
			}
			for range 50 {
				receive()
			}
			if err := sub.Unsubscribe("b"); err != nil { // the second still stands
				t.Fatal(err)
			}
			if err := sub.Unsubscribe("a"); err != nil {
				t.Fatal(err)
			}
			for receive() {
				if bytes.HasPrefix(m.Frame(0), []byte("a")) {
					t.Fatalf("%q came after Unsubscribe", m.Frame(0))
				}
			}
			if want := 3*rounds + 1; got != want {
				t.Fatalf("%d messages of the topic that stayed, want %d", got, want)
			}

			// With nothing subscribed any more, what was brought along goes.
			for range 100 {
				if err := pub.Send(ctx, []byte("b again")); err != nil {
					t.Fatal(err)
				}
			}
			receive()
			receive()
			receive()
			if err := sub.Unsubscribe("b"); err != nil {
				t.Fatal(err)
			}
			if err := sub.TryRecv(&m); !errors.Is(err, zmq.ErrAgain) {
				t.Fatalf("after the last Unsubscribe TryRecv gives %q, %v", m.Frame(0), err)
			}
			if err := sub.Set(opt.RecvHWM.To(10)); err != nil {
				t.Fatal(err)
			}
		})
	}
}
