package behaviour

import (
	"errors"
	"fmt"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
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
