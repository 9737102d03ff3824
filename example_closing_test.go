package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os/signal"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// serve runs handle until the process is told to end, then waits for what was
// sent to be on its way.
func serve(zctx *zmq.Context, handle func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := handle(ctx); !errors.Is(err, context.Canceled) {
		return errors.Join(err, zctx.Close())
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	return zctx.Shutdown(ctx)
}

// A program that ends well, and one whose peer never came.
func Example_closing() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	pull := bound(zctx, zmq.PULL, "inproc://work")
	push := connected(zctx, zmq.PUSH, "inproc://work")
	fmt.Println(serve(zctx, func(ctx context.Context) error {
		if err := push.Send(ctx, []byte("a task")); err != nil {
			return err
		}
		if _, err := pull.Recv(ctx); err != nil {
			return err
		}
		return context.Canceled // as when a signal has come
	}))

	zctx, err = libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	push = connected(zctx, zmq.PUSH, "tcp://127.0.0.1:1")
	if err := push.Set(opt.Linger.To(300 * time.Millisecond)); err != nil {
		log.Fatal(err)
	}
	if err := push.Send(context.Background(), []byte("for nobody")); err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(zctx.Shutdown(ctx))
	fmt.Println(errors.Is(zctx.Shutdown(context.Background()), zmq.ErrLinger))
	// Output:
	// <nil>
	// zmq: shutdown: unsent messages are left: context deadline exceeded
	// true
}
