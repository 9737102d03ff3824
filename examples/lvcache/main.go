// Command lvcache remembers the last message of each topic, and gives it to
// whoever subscribes later.
//
//	go run ./examples/lvcache              # everything in one process
//	go run ./examples/lvcache publisher
//	go run ./examples/lvcache cache
//	go run ./examples/lvcache subscriber
//
// The cache is a proxy that looks into what it passes on. Its XPUB tells it of
// each subscription; with opt.XPubVerbose also of one to a topic that somebody
// else has already. Who is subscribed gets the last value once more then: it
// must not matter.
//
// From the guide, chapter 5: "Last Value Caching" (lvcache, pathopub, pathosub).
// What is different in Go: one goroutine passes messages on, another answers
// subscriptions, on the same XPUB. A lock keeps the two in order, so that no
// new subscriber gets an old value after a newer one. A prefix is answered
// with the values of all topics that begin with it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

// endpoints are where the parts meet.
type endpoints struct {
	inner string // the publisher binds
	outer string // the cache binds
}

func main() {
	var at endpoints
	flag.StringVar(&at.inner, "inner", "tcp://127.0.0.1:5557", "where the publisher is")
	flag.StringVar(&at.outer, "outer", "tcp://127.0.0.1:5558", "where the cache is")
	topic := flag.String("topic", "topic 42", "what to subscribe to")
	run.Main(
		run.Forever("publisher", func(ctx context.Context, zctx *zmq.Context) error {
			return publisher(ctx, zctx, at, time.Second)
		}),
		run.Forever("cache", func(ctx context.Context, zctx *zmq.Context) error {
			return cache(ctx, zctx, at)
		}),
		run.Once("subscriber", func(ctx context.Context, zctx *zmq.Context) error {
			return subscriber(ctx, zctx, at, *topic, os.Stdout)
		}),
	)
}

// publisher sends a message on each of a hundred topics, and then one on any of
// them every so often, until ctx ends.
func publisher(ctx context.Context, zctx *zmq.Context, at endpoints, every time.Duration) error {
	pub, err := socket.Bind(zctx, zmq.XPUB, at.inner)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.WaitSubscription(ctx, ""); err != nil {
		return err
	}
	send := func(topic int, text string) error {
		return pub.Send(ctx, fmt.Appendf(nil, "topic %d", topic), []byte(text))
	}
	for topic := range 100 {
		if err := send(topic, "save Roger"); err != nil {
			return err
		}
	}
	clock := time.NewTicker(every)
	defer clock.Stop()
	for {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := send(rand.IntN(100), "off with his head"); err != nil {
			return err
		}
	}
}

// cache passes messages on, and repeats the last ones to new subscribers, until
// ctx ends.
func cache(ctx context.Context, zctx *zmq.Context, at endpoints) error {
	socks := socket.NewSet(zctx)
	defer socks.Close()
	sub := socks.Connect(zmq.SUB, at.inner)
	pub := socks.Bind(zmq.XPUB, at.outer, opt.XPubVerbose.To(true))
	if err := socks.Err(); err != nil {
		return err
	}
	if err := sub.Subscribe(""); err != nil {
		return err
	}

	var mu sync.Mutex // held while something is sent
	last := map[string]*zmq.Msg{}
	pass := func(ctx context.Context) error {
		for m, err := range sub.Messages(ctx) {
			if err != nil {
				return err
			}
			mu.Lock()
			last[string(m.Frame(0))] = m.Clone()
			err = pub.SendMsg(ctx, m)
			mu.Unlock()
			if err != nil {
				return err
			}
		}
		return nil
	}
	repeat := func(ctx context.Context, prefix string) error {
		mu.Lock()
		defer mu.Unlock()
		for topic, m := range last {
			if !strings.HasPrefix(topic, prefix) {
				continue
			}
			if err := pub.SendMsg(ctx, m); err != nil {
				return err
			}
		}
		return nil
	}
	greet := func(ctx context.Context) error {
		for m, err := range pub.Messages(ctx) {
			if err != nil {
				return err
			}
			// The frame of a subscription is 1 and the prefix.
			prefix, subscribes := strings.CutPrefix(string(m.Frame(0)), "\x01")
			if !subscribes {
				continue
			}
			if err := repeat(ctx, prefix); err != nil {
				return err
			}
		}
		return nil
	}
	return run.All(ctx, pass, greet)
}

// subscriber prints the first message on a topic.
func subscriber(ctx context.Context, zctx *zmq.Context, at endpoints, topic string, w io.Writer) error {
	sub, err := socket.Connect(zctx, zmq.SUB, at.outer)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(topic); err != nil {
		return err
	}
	m, err := sub.Recv(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %s\n", m[0], m[1])
	return nil
}
