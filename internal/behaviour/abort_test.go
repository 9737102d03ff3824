package behaviour

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// Each of these makes libzmq abort the process, or lose what was asked for,
// when nothing stands before it. So each runs in a process of its own.
func TestTheProcessSurvives(t *testing.T) {
	isolated := func(name string, f func(t *testing.T)) {
		t.Run(name, func(t *testing.T) {
			if testkit.Isolated(t) {
				f(t)
			}
		})
	}
	isolated("O24 a socket of a wrong type is no ZAP handler", func(t *testing.T) {
		zctx := testlib.Context(t)
		for _, typ := range []zmq.SocketType{zmq.PAIR, zmq.PULL, zmq.DEALER, zmq.PUB, zmq.REQ, zmq.STREAM} {
			err := testkit.Socket(t, zctx, typ).Bind("inproc://zeromq.zap.01")
			testkit.WantError(t, err, zmq.ErrNotSupported)
		}
		if err := testkit.Socket(t, zctx, zmq.REP).Bind("inproc://zeromq.zap.01"); err != nil {
			t.Error(err)
		}
	})
	isolated("a PLAIN server that enforces a domain needs one", func(t *testing.T) {
		zctx := testlib.Context(t)
		server := testkit.Socket(t, zctx, zmq.PULL)
		if err := server.Set(opt.PlainServer.To(true), opt.ZAPEnforceDomain.To(true)); err != nil {
			return // refused at once is as good
		}
		if err := server.Bind("tcp://127.0.0.1:*"); err != nil {
			testkit.WantError(t, err, zmq.ErrInvalid)
			return
		}
		client := testkit.Connected(t, zctx, zmq.PUSH, server.LastEndpoint(),
			opt.PlainUsername.To("user"), opt.PlainPassword.To("pass"))
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		_ = client.Send(ctx, []byte("x"))
		_, err := server.Recv(ctx)
		testkit.WantError(t, err, context.DeadlineExceeded)
	})
	isolated("a PLAIN server that begins to enforce a domain while it listens", func(t *testing.T) {
		zctx := testlib.Context(t)
		server, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp", opt.PlainServer.To(true))
		_ = server.Set(opt.ZAPEnforceDomain.To(true))
		client := testkit.Connected(t, zctx, zmq.PUSH, endpoint, opt.PlainUsername.To("user"), opt.PlainPassword.To("pass"))
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		_ = client.Send(ctx, []byte("x"))
		_, _ = server.Recv(ctx)
	})
	isolated("V17 draft types", func(t *testing.T) {
		zctx := testlib.Context(t)
		for typ := zmq.SERVER; typ <= zmq.CHANNEL; typ++ {
			s, err := zctx.NewSocket(typ)
			if err != nil {
				testkit.WantError(t, err, errors.ErrUnsupported)
				continue
			}
			if typ != zmq.DGRAM && typ != zmq.DISH && typ != zmq.RADIO {
				if err := s.Bind("tcp://127.0.0.1:*"); err != nil {
					t.Error(err)
				}
			}
			testkit.Drop(s)
		}
	})
	isolated("I21 the end of a context with pending inproc connections and no socket left", func(t *testing.T) {
		zctx, err := libzmq.NewContext(opt.MaxSockets.To(10))
		if err != nil {
			t.Fatal(err)
		}
		pending := 0
		for ; ; pending++ {
			s, err := zctx.NewSocket(zmq.PUSH)
			if errors.Is(err, zmq.ErrTooManySockets) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Connect(fmt.Sprintf("inproc://nobody-%d", pending)); err != nil {
				t.Fatal(err)
			}
			testkit.Send(t, s, "pending")
		}
		if pending < 5 {
			t.Errorf("there was room for %d sockets only", pending)
		}
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, when := range []string{"before", "after"} {
		for _, transport := range testkit.Transports {
			isolated(fmt.Sprintf("C10 5,000 subscriptions %s connecting over %s all arrive", when, transport), func(t *testing.T) {
				zctx := testlib.Context(t)
				xpub, endpoint := testkit.Bound(t, zctx, zmq.XPUB, transport)
				sub := testkit.Socket(t, zctx, zmq.SUB)
				subscribe := func() {
					for i := range 5000 {
						if err := sub.Subscribe(testkit.Numbered(i)); err != nil {
							t.Fatal(err)
						}
					}
				}
				if when == "before" {
					subscribe()
				}
				if err := sub.Connect(endpoint); err != nil {
					t.Fatal(err)
				}
				if when == "after" {
					subscribe()
				}
				missing := map[string]bool{}
				for i := range 5000 {
					missing["\x01"+testkit.Numbered(i)] = true
				}
				for len(missing) > 0 {
					delete(missing, testkit.Recv(t, xpub)[0])
				}
				testkit.Send(t, xpub, testkit.Numbered(4999))
				testkit.Expect(t, sub, testkit.Numbered(4999))
			})
		}
	}
	isolated("C9 a bound SUB subscribes by itself", func(t *testing.T) {
		zctx := testlib.Context(t)
		for _, transport := range testkit.Transports {
			_, endpoint := testkit.Bound(t, zctx, zmq.SUB, transport, opt.Subscribe.To([]byte("a")))
			xpub := testkit.Connected(t, zctx, zmq.XPUB, endpoint)
			testkit.Expect(t, xpub, "\x01a")
		}
	})
}
