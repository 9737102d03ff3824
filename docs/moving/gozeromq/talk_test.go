package gozeromq

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/go-zeromq/zmq4"

	zmq "gozmq"
	"gozmq/docs/moving/after"
	"gozmq/docs/moving/talk"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestTalk(t *testing.T) {
	talk.Run(t, talk.Library{
		Name:      "go-zeromq",
		Answer:    Answer,
		Ask:       Ask,
		Publish:   Publish,
		Subscribe: Subscribe,
		Serve:     Serve,
		AskAll:    AskAll,
		OneWorker: true, // TestEveryPeerGetsAll says why
		Ventilate: Ventilate,
		Work:      Work,
		Collect:   Collect,
		Watch: func(ctx context.Context, news, tasks string, handle func(string)) error {
			return withTwo(ctx, news, tasks, func(sub, pull zmq4.Socket) error { return Watch(ctx, sub, pull, handle) })
		},
		React: func(ctx context.Context, news, tasks string, handle func(string), tick func()) error {
			return withTwo(ctx, news, tasks, func(sub, pull zmq4.Socket) error { return React(ctx, sub, pull, handle, tick) })
		},
		AnswerUsers: func(ctx context.Context, endpoint string, _ map[string]string) error {
			return AnswerUsers(ctx, endpoint)
		},
		AskAsUser: AskAsUser,
		// Not Forward: when a publisher leaves, the proxy hands on its error as a
		// message without frames, for which the XPUB panics.
		Consume: Consume,
		Deliver: Deliver,
	})
}

// withTwo gives f a socket that subscribes to news and one that pulls tasks.
func withTwo(ctx context.Context, news, tasks string, f func(sub, pull zmq4.Socket) error) error {
	sub, pull := zmq4.NewSub(ctx), zmq4.NewPull(ctx)
	defer sub.Close()
	defer pull.Close()
	if err := sub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		return err
	}
	if err := sub.Dial(news); err != nil {
		return err
	}
	if err := pull.Dial(tasks); err != nil {
		return err
	}
	return f(sub, pull)
}

// PUSH and DEALER send each message to every peer, where ZeroMQ sends it to one.
func TestEveryPeerGetsAll(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(context.Context, ...zmq4.Option) zmq4.Socket
		peer zmq.SocketType
	}{{"PUSH", zmq4.NewPush, zmq.PULL}, {"DEALER", zmq4.NewDealer, zmq.DEALER}} {
		t.Run(c.name, func(t *testing.T) {
			ctx := testkit.Soon(t)
			sock, endpoint := c.make(ctx), testkit.Endpoint(t, "ipc")
			defer sock.Close()
			if err := sock.Listen(endpoint); err != nil {
				t.Fatal(err)
			}
			zctx := testlib.Context(t)
			one := testkit.Connected(t, zctx, c.peer, endpoint)
			two := testkit.Connected(t, zctx, c.peer, endpoint)
			first := make(map[string]bool) // what one has got before two got the same
			for i := 0; ; i++ {
				if err := sock.Send(zmq4.NewMsgString(testkit.Numbered(i))); err != nil {
					t.Fatal(err)
				}
				for m := range there(t, one) {
					first[m] = true
				}
				for m := range there(t, two) {
					if first[m] {
						return
					}
				}
				if ctx.Err() != nil {
					t.Fatal("no message came to both peers")
				}
			}
		})
	}
}

// The server of PLAIN lets in who has no password of its own.
func TestAnyPasswordWillDo(t *testing.T) {
	ctx, cancel := context.WithCancel(testkit.Soon(t))
	endpoint, ended := testkit.Endpoint(t, "ipc"), make(chan error, 1)
	go func() { ended <- AnswerUsers(ctx, endpoint) }()
	got, err := after.AskAsUser(ctx, testlib.Context(t), endpoint, "alice", "not hers")
	if err != nil || got != "welcome, alice" {
		t.Errorf("answer %q, %v", got, err)
	}
	cancel()
	testkit.WantError(t, <-ended, context.Canceled)
}

// there gives the messages that have arrived.
func there(t *testing.T, sock *zmq.Socket) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			var m zmq.Msg
			err := sock.TryRecv(&m)
			if errors.Is(err, zmq.ErrAgain) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !yield(string(m.Frame(0))) {
				return
			}
		}
	}
}
