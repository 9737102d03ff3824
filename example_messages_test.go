package zmq_test

import (
	"context"
	"fmt"
	"log"

	zmq "gozmq"
	"gozmq/libzmq"
)

// order sends one message of two frames: what it is about, and the order.
func order(ctx context.Context, push *zmq.Socket, table, dish string) error {
	return push.Send(ctx, []byte(table), []byte(dish))
}

// next receives one message. Its frames are the caller's for good.
func next(ctx context.Context, pull *zmq.Socket) (table, dish string, err error) {
	frames, err := pull.Recv(ctx)
	if err != nil {
		return "", "", err
	}
	if len(frames) != 2 {
		return "", "", fmt.Errorf("an order of %d frames", len(frames))
	}
	return string(frames[0]), string(frames[1]), nil
}

// count receives n messages and adds up their bytes. The loop uses one Msg
// again and again, and allocates nothing.
func count(ctx context.Context, pull *zmq.Socket, n int) (bytes int, err error) {
	for m, err := range pull.Messages(ctx) {
		if err != nil {
			return bytes, err
		}
		for _, frame := range m.Frames() {
			bytes += len(frame)
		}
		if n--; n == 0 {
			break
		}
	}
	return bytes, nil
}

// inBatches sends texts at about the cost of one, and receives what there is.
func inBatches(ctx context.Context, push, pull *zmq.Socket, texts ...string) error {
	msgs := make([]zmq.Msg, len(texts))
	for i, text := range texts {
		msgs[i].Append([]byte(text))
	}
	if _, err := push.SendBatch(ctx, msgs); err != nil {
		return err
	}
	received := 0
	for batch, err := range pull.Batches(ctx, 100) {
		if err != nil {
			return err
		}
		if received += len(batch); received >= len(texts) {
			break
		}
	}
	return nil
}

// Messages have frames, are whole, and go alone or in batches.
func Example_messages() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	pull := bound(zctx, zmq.PULL, "inproc://orders")
	push := connected(zctx, zmq.PUSH, "inproc://orders")

	ctx := context.Background()
	for _, dish := range []string{"soup", "fish"} {
		if err := order(ctx, push, "table 5", dish); err != nil {
			log.Fatal(err)
		}
	}
	table, dish, err := next(ctx, pull)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(table, dish)
	bytes, err := count(ctx, pull, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bytes, "bytes")
	fmt.Println(inBatches(ctx, push, pull, "one", "two", "three"))
	// Output:
	// table 5 soup
	// 11 bytes
	// <nil>
}
