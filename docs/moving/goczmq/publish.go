//go:build czmq

package goczmq

import (
	"strconv"
	"time"

	"github.com/zeromq/goczmq/v4"
)

// Publish reports the weather of two towns, until stop is closed.
func Publish(stop <-chan struct{}, endpoint string) error {
	pub, err := goczmq.NewPub(endpoint)
	if err != nil {
		return err
	}
	defer pub.Destroy()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for degrees := 0; ; degrees++ {
		for _, topic := range []string{"weather.oslo", "weather.rome"} {
			if err := pub.SendMessage([][]byte{[]byte(topic), []byte(strconv.Itoa(degrees))}); err != nil {
				return err
			}
		}
		select {
		case <-tick.C:
		case <-stop:
			return errStopped
		}
	}
}

// Subscribe returns the next n reports about a topic.
func Subscribe(endpoint, topic string, n int) ([]string, error) {
	sub, err := goczmq.NewSub(endpoint, topic)
	if err != nil {
		return nil, err
	}
	defer sub.Destroy()
	var reports []string
	for len(reports) < n {
		m, err := sub.RecvMessage()
		if err != nil {
			return nil, err
		}
		reports = append(reports, string(m[1]))
	}
	return reports, nil
}
