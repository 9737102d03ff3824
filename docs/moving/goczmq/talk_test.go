//go:build talk && czmq

package goczmq

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/zeromq/goczmq/v4"

	"gozmq/curve"
	"gozmq/docs/moving/talk"
)

func TestTalk(t *testing.T) {
	talk.Run(t, talk.Library{
		Name: "goczmq",
		Answer: func(ctx context.Context, endpoint string) error {
			return Answer(ctx.Done(), endpoint)
		},
		Ask: func(_ context.Context, endpoint, name string) (string, error) {
			return Ask(endpoint, name)
		},
		Publish: func(ctx context.Context, endpoint string) error {
			return Publish(ctx.Done(), endpoint)
		},
		Subscribe: func(_ context.Context, endpoint, topic string, n int) ([]string, error) {
			return Subscribe(endpoint, topic, n)
		},
		Serve: func(ctx context.Context, endpoint string, workers int) error {
			return Serve(ctx.Done(), endpoint, workers)
		},
		AskAll: func(_ context.Context, endpoint string, requests []string) ([]string, error) {
			return AskAll(endpoint, requests)
		},
		Ventilate: func(_ context.Context, endpoint string, tasks []string) error {
			return Ventilate(endpoint, tasks)
		},
		Work: func(ctx context.Context, ventilator, sink string) error {
			return Work(ctx.Done(), ventilator, sink)
		},
		Collect: func(_ context.Context, endpoint string, n int) ([]string, error) {
			return Collect(endpoint, n)
		},
		Watch: func(ctx context.Context, news, tasks string, handle func(string)) error {
			return Poll(ctx.Done(), news, tasks, handle)
		},
		React: func(ctx context.Context, news, tasks string, handle func(string), tick func()) error {
			return React(ctx.Done(), news, tasks, handle, tick)
		},
		Echo: func(ctx context.Context, endpoint string) error {
			return Echo(ctx.Done(), endpoint)
		},
		Observe: func(ctx context.Context, endpoint string, report func(event, address string)) error {
			server := goczmq.NewSock(goczmq.Router)
			defer server.Destroy()
			return Observe(ctx.Done(), server, endpoint, report)
		},
		AnswerFriends: func(ctx context.Context, endpoint string, own talk.Keys, friends ...string) error {
			cert, err := newCert(own)
			if err != nil {
				return err
			}
			defer cert.Destroy()
			folder, err := os.MkdirTemp("", "friends")
			if err != nil {
				return err
			}
			defer os.RemoveAll(folder)
			for i, f := range friends {
				key, err := curve.ParsePublic(f)
				if err != nil {
					return err
				}
				if err := curve.SavePublic(filepath.Join(folder, strconv.Itoa(i)), key, nil); err != nil {
					return err
				}
			}
			return AnswerFriends(ctx.Done(), endpoint, cert, folder)
		},
		AskSecretly: func(_ context.Context, endpoint, server string, own talk.Keys, name string) (string, error) {
			cert, err := newCert(own)
			if err != nil {
				return "", err
			}
			defer cert.Destroy()
			return AskSecretly(endpoint, server, cert, name)
		},
		Forward: func(ctx context.Context, publishers, subscribers string) error {
			return Forward(ctx.Done(), publishers, subscribers)
		},
		Consume: Consume,
		Deliver: func(_ context.Context, endpoint string, messages []string) error {
			return Deliver(endpoint, messages)
		},
	})
}

// newCert makes a certificate of keys that are text.
func newCert(keys talk.Keys) (*goczmq.Cert, error) {
	public, err := z85(keys.Public)
	if err != nil {
		return nil, err
	}
	secret, err := z85(keys.Secret)
	if err != nil {
		return nil, err
	}
	return goczmq.NewCertFromKeys(public, secret)
}

func z85(key string) ([]byte, error) {
	b, err := curve.ParsePublic(key) // which reads any key
	return b[:], err
}
