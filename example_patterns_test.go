package zmq_test

import (
	"context"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
)

// pipeline is a context with a PUSH that is connected to a PULL.
func pipeline() (*zmq.Context, *zmq.Socket, *zmq.Socket) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	return zctx, bound(zctx, zmq.PULL, "inproc://work"), connected(zctx, zmq.PUSH, "inproc://work")
}

func bound(zctx *zmq.Context, typ zmq.SocketType, endpoint string) *zmq.Socket {
	s, err := zctx.NewSocket(typ)
	if err == nil {
		err = s.Bind(endpoint)
	}
	if err != nil {
		log.Fatal(err)
	}
	return s
}

func connected(zctx *zmq.Context, typ zmq.SocketType, endpoint string) *zmq.Socket {
	s, err := zctx.NewSocket(typ)
	if err == nil {
		err = s.Connect(endpoint)
	}
	if err != nil {
		log.Fatal(err)
	}
	return s
}

// Two sockets in one loop.
func ExamplePoller() {
	zctx, work, push := pipeline()
	defer zctx.Close()
	orders := bound(zctx, zmq.PULL, "inproc://orders")
	chief := connected(zctx, zmq.PUSH, "inproc://orders")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	var p zmq.Poller
	defer p.Close()
	for _, s := range []*zmq.Socket{work, orders} {
		if err := p.Add(s, zmq.In); err != nil {
			log.Fatal(err)
		}
	}
	if err := push.Send(ctx, []byte("a task")); err != nil {
		log.Fatal(err)
	}
	ready := make([]zmq.Ready, 2)
	for {
		n, err := p.Wait(ctx, ready)
		if err != nil {
			log.Fatal(err)
		}
		for _, r := range ready[:n] {
			frames, err := r.Socket.Recv(ctx)
			if err != nil {
				log.Fatal(err)
			}
			if r.Socket == orders {
				fmt.Printf("order: %s\n", frames[0])
				return
			}
			fmt.Printf("work: %s\n", frames[0])
			if err := chief.Send(ctx, []byte("stop")); err != nil {
				log.Fatal(err)
			}
		}
	}
	// Output:
	// work: a task
	// order: stop
}

// A broker between clients and workers that need not know each other.
func ExampleProxy() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	p := &zmq.Proxy{
		Frontend: bound(zctx, zmq.ROUTER, "inproc://clients"),
		Backend:  bound(zctx, zmq.DEALER, "inproc://workers"),
	}
	client := connected(zctx, zmq.REQ, "inproc://clients")
	worker := connected(zctx, zmq.REP, "inproc://workers")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	done := make(chan error)
	go func() { done <- p.Run(ctx) }()

	if err := client.Send(ctx, []byte("ping")); err != nil {
		log.Fatal(err)
	}
	request, err := worker.Recv(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("worker: %s\n", request[0])
	if err := worker.Send(ctx, []byte("pong")); err != nil {
		log.Fatal(err)
	}
	reply, err := client.Recv(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("client: %s\n", reply[0])
	cancel()
	fmt.Println(<-done)
	// Output:
	// worker: ping
	// client: pong
	// zmq: proxy: context canceled
}

// A request that is repeated until the server answers.
func ExampleRequester() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	server := bound(zctx, zmq.REP, "tcp://127.0.0.1:*")
	go func() {
		for {
			frames, err := server.Recv(context.Background())
			if err != nil {
				return // closed
			}
			_ = server.Send(context.Background(), []byte("hello, "+string(frames[0])))
		}
	}()

	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: []string{server.LastEndpoint()},
		Timeout:   2 * time.Second,
		Retries:   3,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	answer, err := r.Request(context.Background(), []byte("world"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", answer[0])
	// Output: hello, world
}
