package zmqtest

import (
	"context"
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

func propertiesOfPeers(t *T) {
	user := strings.Repeat("u", 255)
	server, endpoint := t.Bound(zmq.ROUTER, plain.Server(zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response {
		return zap.Response{Status: zap.StatusAllow, UserID: user, Metadata: map[string]string{"Role": "admin", "Empty": ""}}
	})))
	client := t.Connected(zmq.DEALER, endpoint, plain.Client("name", "password"), opt.RoutingID.To("me"))
	var m zmq.Msg
	// With all sizes, since large frames come another way into Go; and when
	// an earlier look at the socket has fetched the message.
	for _, n := range []int{0, 1, 100, 10_000, 100_000} {
		for _, frames := range [][]string{{varied(n)}, {"a", varied(n)}, {varied(n), "b"}} {
			t.Send(client, frames...)
			t.Eventually("the message is there", func() bool {
				events, err := opt.Events.Get(server)
				return err == nil && events&int(zmq.In) != 0
			})
			t.OK(server.RecvMsg(testkit.Soon(t), &m))
			for name, want := range map[string]string{
				"Socket-Type": "DEALER", "Routing-Id": "me", "Identity": "me", "Peer-Address": "127.0.0.1",
				"User-Id": user, "Role": "admin", "Empty": "", "X-Nothing": "", "": "", "Socket-Type\x00": "",
			} {
				if got := m.Property(name); got != want {
					t.Errorf("%d bytes: %q is %q, want %q", n, name, got, want)
				}
			}
		}
	}
	kept := &m
	t.OK(server.Close())
	if kept.Property("Socket-Type") != "DEALER" || kept.Property("Role") != "admin" {
		t.Error("the properties have gone with the socket")
	}
	kept.Reset()
	if got := kept.Property("Socket-Type"); got != "" {
		t.Errorf("an empty message has Socket-Type %q", got)
	}
}

func propertiesOfOnesOwn(t *T) {
	bytes := make([]byte, 0, 255)
	for b := 1; b < 256; b++ {
		bytes = append(bytes, byte(b))
	}
	one := zmq.Settings(opt.Metadata.To("X-Role:one"), opt.Metadata.To("X-Role:second"), opt.Metadata.To("X-Bytes:"+string(bytes)))
	dealer, endpoint := t.Bound(zmq.DEALER, one)
	other := t.Connected(zmq.DEALER, endpoint, opt.Metadata.To("X-Role:other"), opt.Metadata.To("X-Colons:a:b"))
	for from, want := range map[*zmq.Socket]map[string]string{
		dealer: {"X-Role": "one", "X-Bytes": string(bytes), "X-Colons": ""},
		other:  {"X-Role": "other", "X-Colons": "a:b"},
	} {
		to := dealer
		if from == dealer {
			to = other
		}
		t.Send(from, "hello")
		var m zmq.Msg
		t.OK(to.RecvMsg(testkit.Soon(t), &m))
		for name, value := range want {
			if got := m.Property(name); got != value {
				t.Errorf("%s is %q, want %q", name, got, value)
			}
		}
	}
	p := wire.Dial(t, endpoint)
	if ready := p.Null("DEALER"); ready.Get("X-Role") != "one" || ready.Get("X-Bytes") != string(bytes) {
		t.Errorf("READY says %q", ready)
	}
	for _, bad := range []string{"", "X", "X-", ":", "X-:v", "X-role", "X-role:", "role:worker", "x-role:worker", "X-a:\x00", "X-" + strings.Repeat("k", 254) + ":v"} {
		t.Refused(dealer.Set(opt.Metadata.To(bad)), zmq.ErrInvalid)
	}
	t.Run("many peers are told apart", peersToldApart)
}

// peersToldApart has more peers than an engine may keep in mind at one time,
// and frames of every kind.
func peersToldApart(t *T) {
	const peers = 100
	pull, endpoint := t.Bound(zmq.PULL)
	bodies := []string{"", "x", varied(40), varied(9000), varied(100_000)}
	pushers := make([]*zmq.Socket, peers)
	for i := range pushers {
		pushers[i] = t.Connected(zmq.PUSH, endpoint, opt.Metadata.To(fmt.Sprint("X-Number:", i)))
	}
	for range 2 {
		for i, push := range pushers {
			for _, body := range bodies {
				t.Send(push, fmt.Sprint(i), body)
			}
		}
	}
	batch := make([]zmq.Msg, 7)
	for got := 0; got < 2*peers*len(bodies); {
		n, err := pull.RecvBatch(testkit.Soon(t), batch)
		t.OK(err)
		for i := range n {
			if number, want := batch[i].Property("X-Number"), string(batch[i].Frame(0)); number != want {
				t.Fatalf("a message of peer %s with %d bytes says it is from %q", want, len(batch[i].Frame(1)), number)
			}
		}
		got += n
	}
}
