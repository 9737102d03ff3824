// Command asyncsrv has clients that send without waiting for answers, and a
// server that answers when it can, more than once if need be.
//
//	go run ./examples/asyncsrv          # both in one process
//	go run ./examples/asyncsrv server
//	go run ./examples/asyncsrv client   # any number of them
//
// DEALER and ROUTER are REQ and REP without the turns: each side sends when it
// wants to. The ROUTER still knows who asked.
//
//	DEALER client ──── ROUTER server, many goroutines
//
// From the guide, chapter 3: "The Asynchronous Client/Server Pattern"
// (asyncsrv).
// What is different in Go: client and server send and receive on one socket
// from several goroutines, without a poller, a proxy, or sockets for the
// workers. A client that wants one answer to each request takes a
// zmq.Requester.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5570", "where the server is")
	requests := flag.Int("n", 10, "how many requests a client sends")
	ask := run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
		return client(ctx, zctx, *endpoint, *requests, os.Stdout)
	})
	run.Main(ask, ask, ask,
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, 100, countdown)
		}),
	)
}

// countdown answers the request n with n-1, ..., 1 and the end.
func countdown(request []byte, reply func(text string) error) error {
	n, err := strconv.Atoi(string(request))
	if err != nil {
		return reply("END")
	}
	for i := n - 1; i > 0; i-- {
		if err := reply(strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return reply("END")
}

// handler answers one request, as often as it likes.
type handler func(request []byte, reply func(text string) error) error

// server answers up to so many requests at the same time, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint string, atATime int, handle handler) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint)
	if err != nil {
		return err
	}
	defer router.Close()
	worker := func(ctx context.Context) error {
		for {
			message, err := router.Recv(ctx) // [client, request]
			if err != nil {
				return err
			}
			reply := func(text string) error { return router.Send(ctx, append(message, []byte(text))...) }
			if err := handle(message[1], reply); err != nil {
				return err
			}
		}
	}
	return run.All(ctx, slices.Repeat([]func(context.Context) error{worker}, atATime)...)
}

// client sends the requests 1 to n, and counts the replies to them as they
// come.
func client(ctx context.Context, zctx *zmq.Context, endpoint string, n int, w io.Writer) error {
	dealer, err := socket.Connect(zctx, zmq.DEALER, endpoint)
	if err != nil {
		return err
	}
	defer dealer.Close()

	send := func(ctx context.Context) error {
		for i := range n {
			if err := dealer.Send(ctx, []byte(strconv.Itoa(i+1))); err != nil {
				return err
			}
		}
		return nil
	}
	replies := 0
	receive := func(ctx context.Context) error {
		for ended := 0; ended < n; {
			reply, err := dealer.Recv(ctx) // [request, text]
			if err != nil {
				return err
			}
			replies++
			if bytes.Equal(reply[1], []byte("END")) {
				ended++
			}
		}
		return nil
	}
	if err := run.All(ctx, send, receive); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d requests, %d replies\n", n, replies)
	return nil
}
