// Package talk has the programs of a guide talk with each other: those of the
// old library, those of gozmq, and one with the other in both roles. That they
// understand each other shows that moving changes nothing for who stays behind.
package talk

import (
	"context"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/docs/moving/after"
	"gozmq/internal/testkit"
	"gozmq/libzmq"
)

// Library is the programs of a library, in a form that all libraries share.
// Those that serve return when ctx ends, with an error or not. A library that
// has no such program has nil.
type Library struct {
	Name string

	Answer func(ctx context.Context, endpoint string) error
	Ask    func(ctx context.Context, endpoint, name string) (string, error)

	Publish   func(ctx context.Context, endpoint string) error
	Subscribe func(ctx context.Context, endpoint, topic string, n int) ([]string, error)

	Serve  func(ctx context.Context, endpoint string, workers int) error
	AskAll func(ctx context.Context, endpoint string, requests []string) ([]string, error)

	// OneWorker says that several would not share the tasks.
	OneWorker bool
	Ventilate func(ctx context.Context, endpoint string, tasks []string) error
	Work      func(ctx context.Context, ventilator, sink string) error
	Collect   func(ctx context.Context, endpoint string, n int) ([]string, error)

	// Watch subscribes to all that is published at news, and connects to
	// tasks. React does so too.
	Watch func(ctx context.Context, news, tasks string, handle func(string)) error
	React func(ctx context.Context, news, tasks string, handle func(string), tick func()) error

	// Echo is of a ROUTER socket.
	Echo func(ctx context.Context, endpoint string) error

	// Observe is of a ROUTER socket. Events are named as libzmq names them.
	Observe func(ctx context.Context, endpoint string, report func(event, address string)) error

	// Keys are text.
	AnswerFriends func(ctx context.Context, endpoint string, own Keys, friends ...string) error
	AskSecretly   func(ctx context.Context, endpoint, server string, own Keys, name string) (string, error)

	// AnswerUsers calls a user by the name with which it came in.
	AnswerUsers func(ctx context.Context, endpoint string, passwords map[string]string) error
	AskAsUser   func(ctx context.Context, endpoint, user, password string) (string, error)

	Forward func(ctx context.Context, publishers, subscribers string) error

	// Consume ends on SIGTERM.
	Consume func(endpoint string, handle func(string)) error
	Deliver func(ctx context.Context, endpoint string, messages []string) error
}

// Keys are a pair of CURVE keys, as text.
type Keys struct{ Public, Secret string }

// newKeys makes a pair.
func newKeys(t *testing.T) Keys {
	t.Helper()
	public, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	return Keys{public.String(), secret.Reveal()}
}

// gozmq are the programs of package after.
func gozmq(t *testing.T) Library {
	zctx, err := libzmq.NewContext()
	if err != nil {
		t.Fatal(err)
	}
	testkit.Ends(t, zctx)
	return Library{
		Name: "gozmq",
		Answer: func(ctx context.Context, endpoint string) error {
			return after.Answer(ctx, zctx, endpoint)
		},
		Ask: func(ctx context.Context, endpoint, name string) (string, error) {
			return after.Ask(ctx, zctx, endpoint, name)
		},
		Publish: func(ctx context.Context, endpoint string) error {
			return after.Publish(ctx, zctx, endpoint)
		},
		Subscribe: func(ctx context.Context, endpoint, topic string, n int) ([]string, error) {
			return after.Subscribe(ctx, zctx, endpoint, topic, n)
		},
		Serve: func(ctx context.Context, endpoint string, workers int) error {
			return after.Serve(ctx, zctx, endpoint, workers)
		},
		AskAll: func(ctx context.Context, endpoint string, requests []string) ([]string, error) {
			return after.AskAll(ctx, zctx, endpoint, requests)
		},
		Ventilate: func(ctx context.Context, endpoint string, tasks []string) error {
			return after.Ventilate(ctx, zctx, endpoint, tasks)
		},
		Work: func(ctx context.Context, ventilator, sink string) error {
			return after.Work(ctx, zctx, ventilator, sink)
		},
		Collect: func(ctx context.Context, endpoint string, n int) ([]string, error) {
			return after.Collect(ctx, zctx, endpoint, n)
		},
		Watch: func(ctx context.Context, news, tasks string, handle func(string)) error {
			return withTwo(zctx, news, tasks, func(sub, pull *zmq.Socket) error {
				return after.Watch(ctx, sub, pull, handle)
			})
		},
		React: func(ctx context.Context, news, tasks string, handle func(string), tick func()) error {
			return withTwo(zctx, news, tasks, func(sub, pull *zmq.Socket) error {
				return after.React(ctx, sub, pull, handle, tick)
			})
		},
		Echo: func(ctx context.Context, endpoint string) error {
			return after.Echo(ctx, zctx, endpoint)
		},
		Observe: func(ctx context.Context, endpoint string, report func(event, address string)) error {
			server, err := zctx.NewSocket(zmq.ROUTER)
			if err != nil {
				return err
			}
			defer server.Close()
			return after.Observe(ctx, server, endpoint, report)
		},
		AnswerFriends: func(ctx context.Context, endpoint string, own Keys, friends ...string) error {
			secret, err := curve.ParseSecret(own.Secret)
			if err != nil {
				return err
			}
			var keys []curve.Public
			for _, f := range friends {
				key, err := curve.ParsePublic(f)
				if err != nil {
					return err
				}
				keys = append(keys, key)
			}
			return after.AnswerFriends(ctx, zctx, endpoint, secret, keys...)
		},
		AskSecretly: func(ctx context.Context, endpoint, server string, own Keys, name string) (string, error) {
			key, err := curve.ParsePublic(server)
			if err != nil {
				return "", err
			}
			secret, err := curve.ParseSecret(own.Secret)
			if err != nil {
				return "", err
			}
			return after.AskSecretly(ctx, zctx, endpoint, key, secret, name)
		},
		AnswerUsers: func(ctx context.Context, endpoint string, passwords map[string]string) error {
			return after.AnswerUsers(ctx, zctx, endpoint, passwords)
		},
		AskAsUser: func(ctx context.Context, endpoint, user, password string) (string, error) {
			return after.AskAsUser(ctx, zctx, endpoint, user, password)
		},
		Forward: func(ctx context.Context, publishers, subscribers string) error {
			return after.Forward(ctx, zctx, publishers, subscribers)
		},
		Consume: func(endpoint string, handle func(string)) error {
			return after.Consume(zctx, endpoint, handle)
		},
		Deliver: after.Deliver,
	}
}

// withTwo makes the two sockets that Watch and React have.
func withTwo(zctx *zmq.Context, news, tasks string, f func(sub, pull *zmq.Socket) error) error {
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
	if err := sub.Subscribe(""); err != nil {
		return err
	}
	if err := sub.Connect(news); err != nil {
		return err
	}
	if err := pull.Connect(tasks); err != nil {
		return err
	}
	return f(sub, pull)
}

// pairs calls f with the old library in one role and gozmq in the other, and
// the other way round.
func pairs(t *testing.T, old Library, f func(t *testing.T, a, b Library)) {
	t.Helper()
	current := gozmq(t)
	t.Run(old.Name+" and "+current.Name, func(t *testing.T) { f(t, old, current) })
	t.Run(current.Name+" and "+old.Name, func(t *testing.T) { f(t, current, old) })
}
