//go:build zmq_4_x

package alecthomas

import (
	"strconv"
	"time"

	zmq "github.com/alecthomas/gozmq"
)

// Publish reports the weather of two towns, until the context is closed.
func Publish(zctx *zmq.Context, endpoint string) error {
	pub, err := zctx.NewSocket(zmq.PUB)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.Bind(endpoint); err != nil {
		return err
	}
	for degrees := 0; ; degrees++ {
		for _, topic := range []string{"weather.oslo", "weather.rome"} {
			if err := pub.SendMultipart([][]byte{[]byte(topic), []byte(strconv.Itoa(degrees))}, 0); err != nil {
				return err
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Subscribe returns the next n reports about a topic.
func Subscribe(zctx *zmq.Context, endpoint, topic string, n int) ([]string, error) {
	sub, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		return nil, err
	}
	defer sub.Close()
	if err := sub.SetSubscribe(topic); err != nil {
		return nil, err
	}
	if err := sub.Connect(endpoint); err != nil {
		return nil, err
	}
	var reports []string
	for len(reports) < n {
		m, err := recv(sub)
		if err != nil {
			return nil, err
		}
		reports = append(reports, string(m[1]))
	}
	return reports, nil
}
