package after

import (
	"context"
	"strconv"
	"time"

	zmq "gozmq"
)

// Publish reports the weather of two towns, until ctx ends.
func Publish(ctx context.Context, zctx *zmq.Context, endpoint string) error {
	pub, err := zctx.NewSocket(zmq.PUB)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.Bind(endpoint); err != nil {
		return err
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for degrees := 0; ; degrees++ {
		for _, topic := range []string{"weather.oslo", "weather.rome"} {
			if err := pub.Send(ctx, []byte(topic), []byte(strconv.Itoa(degrees))); err != nil {
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
func Subscribe(ctx context.Context, zctx *zmq.Context, endpoint, topic string, n int) ([]string, error) {
	sub, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		return nil, err
	}
	defer sub.Close()
	if err := sub.Subscribe(topic); err != nil {
		return nil, err
	}
	if err := sub.Connect(endpoint); err != nil {
		return nil, err
	}
	var reports []string
	for len(reports) < n {
		m, err := sub.Recv(ctx)
		if err != nil {
			return nil, err
		}
		reports = append(reports, string(m[1]))
	}
	return reports, nil
}

// PublishAll sends each report once, when somebody is there to get it.
func PublishAll(ctx context.Context, zctx *zmq.Context, endpoint, topic string, reports []string) error {
	pub, err := zctx.NewSocket(zmq.XPUB) // sends as a PUB does, and hears of subscriptions
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.Bind(endpoint); err != nil {
		return err
	}
	if err := pub.WaitSubscription(ctx, topic); err != nil {
		return err
	}
	for _, r := range reports {
		if err := pub.Send(ctx, []byte(topic), []byte(r)); err != nil {
			return err
		}
	}
	return nil
}
