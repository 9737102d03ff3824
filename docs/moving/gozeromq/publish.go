package gozeromq

import (
	"context"
	"strconv"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Publish reports the weather of two towns, until ctx ends.
func Publish(ctx context.Context, endpoint string) error {
	pub := zmq4.NewPub(ctx)
	defer pub.Close()
	if err := pub.Listen(endpoint); err != nil {
		return err
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for degrees := 0; ; degrees++ {
		for _, topic := range []string{"weather.oslo", "weather.rome"} {
			m := zmq4.NewMsgFrom([]byte(topic), []byte(strconv.Itoa(degrees)))
			if err := pub.SendMulti(m); err != nil {
				return err
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Subscribe returns the next n reports about a topic.
func Subscribe(ctx context.Context, endpoint, topic string, n int) ([]string, error) {
	sub := zmq4.NewSub(ctx)
	defer sub.Close()
	if err := sub.Dial(endpoint); err != nil {
		return nil, err
	}
	if err := sub.SetOption(zmq4.OptionSubscribe, topic); err != nil {
		return nil, err
	}
	var reports []string
	for len(reports) < n {
		m, err := recv(ctx, sub)
		if err != nil {
			return nil, err
		}
		reports = append(reports, string(m.Frames[1]))
	}
	return reports, nil
}
