package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	zmq "gozmq"
	"gozmq/opt"
)

const (
	feedBatch = 256

	// The feed has three topics; the subscriber wants those with its prefix.
	feedPrefix = "price."
)

var (
	topics  = [...]string{"price.EUR", "news.EUR", "price.USD"}
	feedEnd = []byte(feedPrefix + "end")
)

// noLimit is for both ends of the feed. A publisher drops what is over the
// high-water mark of a slow subscriber; here every message is counted, so
// there is no mark.
var noLimit = zmq.Settings(opt.SendHWM.To(0), opt.RecvHWM.To(0))

// subscribe receives the feed and checks that every topic counts up by one,
// and that nothing comes that was not asked for.
func (r *run) subscribe(ctx context.Context, endpoint string) error {
	sock, err := r.bind(zmq.SUB, endpoint, noLimit)
	if err != nil {
		return err
	}
	defer sock.Close() // the end has come
	if err := sock.Subscribe(feedPrefix); err != nil {
		return err
	}
	ph := r.begin("PUB/SUB tcp", "messages", wanted(r.feed))
	defer ph.end()
	if err := r.peer.order(order{Do: doPublish, Endpoint: sock.LastEndpoint(), Messages: r.feed}); err != nil {
		return err
	}
	if err := follow(ctx, sock, ph); err != nil {
		return err
	}
	ph.stop()
	if err := r.peer.order(order{Do: doConfirm, Messages: ph.messages, Bytes: ph.bytes}); err != nil {
		return err
	}
	sent, err := r.peer.soon()
	if err != nil {
		return err
	}
	ph.note = fmt.Sprintf("published %d, wanted %d, received %d", r.feed, sent.Messages, ph.messages)
	return nil
}

// follow checks the feed until it ends.
func follow(ctx context.Context, sock *zmq.Socket, ph *phase) error {
	next := map[string]uint64{}
	batch := make([]zmq.Msg, feedBatch)
	for {
		n, err := sock.RecvBatch(ctx, batch)
		if err != nil {
			return err
		}
		for i := range batch[:n] {
			topic, body := batch[i].Frame(0), batch[i].Frame(1)
			if bytes.Equal(topic, feedEnd) {
				return nil
			}
			ph.add(len(topic) + len(body))
			if err := checkItem(next, topic, body); err != nil {
				ph.failed(err)
				continue
			}
			ph.verified++
		}
	}
}

// checkItem checks one message; next holds the number that each topic is at.
func checkItem(next map[string]uint64, topic, body []byte) error {
	switch {
	case !bytes.HasPrefix(topic, []byte(feedPrefix)):
		return fmt.Errorf("topic %q was not subscribed", topic)
	case len(body) != 8:
		return fmt.Errorf("topic %q: the number has %d bytes", topic, len(body))
	}
	got, want := binary.BigEndian.Uint64(body), next[string(topic)]
	next[string(topic)] = got + 1
	if got != want {
		return fmt.Errorf("topic %q: number %d came when %d was due", topic, got, want)
	}
	return nil
}

// publish is the other side. What is published before a subscription has
// arrived is dropped, as ZeroMQ promises nothing to those who are not there
// yet. An XPUB socket is a PUB that receives subscriptions as messages, so
// the wait for one replaces every guess how long it may take.
func (s *sending) publish(ctx context.Context, endpoint string, messages int) (report, error) {
	sock, err := s.connect(zmq.XPUB, endpoint, noLimit, confirmedOnly)
	if err != nil {
		return report{}, err
	}
	defer sock.Close()
	subscription, err := sock.Recv(ctx)
	if err != nil {
		return report{}, err
	}
	if string(bytes.Join(subscription, nil)) != "\x01"+feedPrefix {
		return report{}, fmt.Errorf("expected a subscription to %q, got %q", feedPrefix, subscription)
	}
	sent, size, err := publishAll(ctx, sock, messages)
	if err != nil {
		return report{}, err
	}
	if err := sock.Send(ctx, feedEnd); err != nil {
		return report{}, err
	}
	return s.confirmed(sent, size)
}

// publishAll sends the topics in turn, each with its own count, and says how
// much of it the subscriber is to get.
func publishAll(ctx context.Context, sock *zmq.Socket, messages int) (sent int, size int64, err error) {
	batch := make([]zmq.Msg, feedBatch)
	numbers := make([]byte, 8*feedBatch)
	for n := 0; n < messages; {
		k := min(feedBatch, messages-n)
		for i := range k {
			topic := topics[n%len(topics)]
			number := numbers[8*i : 8*i+8]
			binary.BigEndian.PutUint64(number, uint64(n/len(topics)))
			batch[i].Reset()
			batch[i].Append([]byte(topic), number)
			if bytes.HasPrefix([]byte(topic), []byte(feedPrefix)) {
				sent++
				size += int64(len(topic) + len(number))
			}
			n++
		}
		if _, err := sock.SendBatch(ctx, batch[:k]); err != nil {
			return sent, size, err
		}
	}
	if sent == 0 {
		return 0, 0, errors.New("nothing was published that anybody wants")
	}
	return sent, size, nil
}

// wanted is how many of n messages the subscriber is to get.
func wanted(n int) (k int) {
	for i, topic := range topics {
		if bytes.HasPrefix([]byte(topic), []byte(feedPrefix)) {
			k += (n - i + len(topics) - 1) / len(topics)
		}
	}
	return k
}
