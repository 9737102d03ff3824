package zmq_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"sync"

	zmq "gozmq"
	"gozmq/libzmq"
)

// work takes tasks, and sends on what becomes of them, until ctx ends.
func work(ctx context.Context, tasks, results *zmq.Socket) error {
	for m, err := range tasks.Messages(ctx) {
		if err != nil {
			return err
		}
		if err := results.Send(ctx, bytes.ToUpper(m.Frame(0))); err != nil {
			return err
		}
	}
	return nil
}

// hire runs n workers, which share the two sockets.
func hire(ctx context.Context, n int, tasks, results *zmq.Socket) *sync.WaitGroup {
	var workers sync.WaitGroup
	for range n {
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := work(ctx, tasks, results); ctx.Err() == nil {
				log.Println(err) // else it was told to end
			}
		}()
	}
	return &workers
}

// Tasks for many goroutines, and their results in one place.
func Example_pipeline() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	vent := bound(zctx, zmq.PUSH, "inproc://tasks")
	sink := bound(zctx, zmq.PULL, "inproc://results")
	tasks := connected(zctx, zmq.PULL, "inproc://tasks")
	results := connected(zctx, zmq.PUSH, "inproc://results")

	ctx, cancel := context.WithCancel(context.Background())
	workers := hire(ctx, 4, tasks, results)
	for _, task := range []string{"a", "b", "c"} {
		if err := vent.Send(ctx, []byte(task)); err != nil {
			log.Fatal(err)
		}
	}
	for range 3 {
		result, err := sink.Recv(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s\n", result[0])
	}
	cancel()
	workers.Wait()
	// Unordered output:
	// A
	// B
	// C
}
