package zmq_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// A program makes one Context, and ends it with Shutdown, which says whether
// everything that was sent was handed over.
func ExampleContext() {
	zctx, err := libzmq.NewContext(opt.IOThreads.To(2))
	if err != nil {
		log.Fatal(err)
	}
	pull := bound(zctx, zmq.PULL, "tcp://127.0.0.1:*")
	push, err := zctx.NewSocket(zmq.PUSH, opt.SendHWM.To(10))
	if err != nil {
		log.Fatal(err)
	}
	if err := push.Connect(pull.LastEndpoint()); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := push.Send(ctx, []byte("the last word")); err != nil {
		log.Fatal(err)
	}
	m, err := pull.Recv(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", m[0])
	fmt.Println(zctx.Shutdown(ctx))
	// Output:
	// the last word
	// <nil>
}

// One socket, used by two goroutines: one receives while the other sends.
func ExampleSocket() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	a, errA := zctx.NewSocket(zmq.PAIR)
	b, errB := zctx.NewSocket(zmq.PAIR)
	if err := errors.Join(errA, errB); err != nil {
		log.Fatal(err)
	}
	if err := a.Bind("inproc://pair"); err != nil {
		log.Fatal(err)
	}
	if err := b.Connect("inproc://pair"); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	received := make(chan error, 1)
	go func() {
		m, err := a.Recv(ctx) // waits, and keeps nobody from sending
		fmt.Printf("a got %s\n", m)
		received <- err
	}()
	if err := a.Send(ctx, []byte("ping")); err != nil {
		log.Fatal(err)
	}
	m, err := b.Recv(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("b got %s\n", m)
	if err := b.Send(ctx, []byte("pong"), []byte("1")); err != nil {
		log.Fatal(err)
	}
	if err := <-received; err != nil {
		log.Fatal(err)
	}
	// Output:
	// b got [ping]
	// a got [pong 1]
}

// A Msg that is used again and again keeps its storage. What must live longer
// than the next receive is cloned.
func ExampleMsg() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	pull := bound(zctx, zmq.PULL, "inproc://orders")
	push, err := zctx.NewSocket(zmq.PUSH)
	if err != nil {
		log.Fatal(err)
	}
	if err := push.Connect("inproc://orders"); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	order := zmq.NewMsg([]byte("table 4"))
	order.Append([]byte("soup"))
	if err := push.SendMsg(ctx, order); err != nil {
		log.Fatal(err)
	}
	if err := push.Send(ctx, []byte("table 7"), []byte("tea")); err != nil {
		log.Fatal(err)
	}

	var m zmq.Msg
	var kept []*zmq.Msg
	for range 2 {
		if err := pull.RecvMsg(ctx, &m); err != nil {
			log.Fatal(err)
		}
		kept = append(kept, m.Clone())
	}
	for _, m := range kept {
		fmt.Printf("%s: %s\n", m.Frame(0), m.Frame(1))
	}
	// Output:
	// table 4: soup
	// table 7: tea
}

// The parts of an Error are for programs, its text is for people.
func ExampleError() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	bound(zctx, zmq.REP, "inproc://taken")
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		log.Fatal(err)
	}

	err = rep.Bind("inproc://taken")
	fmt.Println(err)
	fmt.Println(errors.Is(err, syscall.EADDRINUSE))
	var e *zmq.Error
	if errors.As(err, &e) {
		fmt.Println(e.Op, e.Socket, e.Endpoint)
	}
	// Output:
	// zmq: bind REP inproc://taken: address already in use
	// true
	// bind REP inproc://taken
}
