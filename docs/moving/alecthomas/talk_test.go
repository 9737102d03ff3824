//go:build talk && zmq_4_x

package alecthomas

import (
	"context"
	"testing"

	zmq "github.com/alecthomas/gozmq"

	"gozmq/curve"
	"gozmq/docs/moving/talk"
)

// events are the names of those that the library names, and one more.
var events = map[zmq.Event]string{
	zmq.EVENT_LISTENING:    "LISTENING",
	zmq.EVENT_ACCEPTED:     "ACCEPTED",
	zmq.EVENT_DISCONNECTED: "DISCONNECTED",
	0x1000:                 "HANDSHAKE_SUCCEEDED",
}

func TestTalk(t *testing.T) {
	talk.Run(t, talk.Library{
		Name: "alecthomas",
		Answer: func(ctx context.Context, endpoint string) error {
			return with(ctx, func(zctx *zmq.Context) error { return Answer(zctx, endpoint) })
		},
		Ask: func(ctx context.Context, endpoint, name string) (reply string, err error) {
			err = with(ctx, func(zctx *zmq.Context) (err error) {
				reply, err = Ask(zctx, endpoint, name)
				return err
			})
			return reply, err
		},
		Publish: func(ctx context.Context, endpoint string) error {
			return with(ctx, func(zctx *zmq.Context) error { return Publish(zctx, endpoint) })
		},
		Subscribe: func(ctx context.Context, endpoint, topic string, n int) (reports []string, err error) {
			err = with(ctx, func(zctx *zmq.Context) (err error) {
				reports, err = Subscribe(zctx, endpoint, topic, n)
				return err
			})
			return reports, err
		},
		Serve: func(ctx context.Context, endpoint string, workers int) error {
			return with(ctx, func(zctx *zmq.Context) error { return Serve(zctx, endpoint, workers) })
		},
		AskAll: func(ctx context.Context, endpoint string, requests []string) (replies []string, err error) {
			err = with(ctx, func(zctx *zmq.Context) (err error) {
				replies, err = AskAll(zctx, endpoint, requests)
				return err
			})
			return replies, err
		},
		Ventilate: func(ctx context.Context, endpoint string, tasks []string) error {
			return with(ctx, func(zctx *zmq.Context) error { return Ventilate(zctx, endpoint, tasks) })
		},
		Work: func(ctx context.Context, ventilator, sink string) error {
			return with(ctx, func(zctx *zmq.Context) error { return Work(zctx, ventilator, sink) })
		},
		Collect: func(ctx context.Context, endpoint string, n int) (results []string, err error) {
			err = with(ctx, func(zctx *zmq.Context) (err error) {
				results, err = Collect(zctx, endpoint, n)
				return err
			})
			return results, err
		},
		React: func(ctx context.Context, news, tasks string, handle func(string), tick func()) error {
			return withTwo(ctx, news, tasks, func(sub, pull *zmq.Socket) error { return Poll(sub, pull, handle, tick) })
		},
		Observe: func(ctx context.Context, endpoint string, report func(event, address string)) error {
			return with(ctx, func(zctx *zmq.Context) error {
				server, err := zctx.NewSocket(zmq.ROUTER)
				if err != nil {
					return err
				}
				defer server.Close()
				return Observe(zctx, server, endpoint, func(event zmq.Event, address string) {
					report(events[event], address)
				})
			})
		},
		AnswerFriends: func(ctx context.Context, endpoint string, own talk.Keys, friends ...string) error {
			var keys []string
			for _, f := range friends {
				key, err := curve.ParsePublic(f)
				if err != nil {
					return err
				}
				keys = append(keys, string(key[:]))
			}
			return with(ctx, func(zctx *zmq.Context) error {
				return AnswerFriends(zctx, endpoint, own.Secret, keys...)
			})
		},
		AskSecretly: func(ctx context.Context, endpoint, server string, own talk.Keys, name string) (reply string, err error) {
			err = with(ctx, func(zctx *zmq.Context) (err error) {
				reply, err = AskSecretly(zctx, endpoint, server, own.Public, own.Secret, name)
				return err
			})
			return reply, err
		},
		Forward: func(ctx context.Context, publishers, subscribers string) error {
			return with(ctx, func(zctx *zmq.Context) error { return Forward(zctx, publishers, subscribers) })
		},
		Consume: func(endpoint string, handle func(string)) error {
			return with(context.Background(), func(zctx *zmq.Context) error { return Consume(zctx, endpoint, handle) })
		},
		Deliver: func(_ context.Context, endpoint string, messages []string) error {
			return Deliver(endpoint, messages)
		},
	})
}

// with gives f a context, which is closed when f returns or ctx ends.
func with(ctx context.Context, f func(zctx *zmq.Context) error) error {
	zctx, err := zmq.NewContext()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	closed := make(chan bool)
	go func() {
		<-ctx.Done()
		zctx.Close()
		close(closed)
	}()
	err = f(zctx)
	cancel()
	<-closed
	return err
}

// withTwo gives f a socket that subscribes to news and one that pulls tasks.
func withTwo(ctx context.Context, news, tasks string, f func(sub, pull *zmq.Socket) error) error {
	return with(ctx, func(zctx *zmq.Context) error {
		sub, err := zctx.NewSocket(zmq.SUB)
		if err != nil {
			return err
		}
		defer sub.Close()
		pull, err := zctx.NewSocket(zmq.PULL)
		if err != nil {
			return err
		}
		defer pull.Close()
		if err := sub.SetSubscribe(""); err != nil {
			return err
		}
		if err := sub.Connect(news); err != nil {
			return err
		}
		if err := pull.Connect(tasks); err != nil {
			return err
		}
		return f(sub, pull)
	})
}
