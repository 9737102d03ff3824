// Command lazypirate is a client that gets its answers from a server that
// loses requests and answers late: it asks again.
//
//	go run ./examples/lazypirate          # both in one process
//	go run ./examples/lazypirate server
//	go run ./examples/lazypirate client
//
// What is asked again may be done twice, so it must not matter to the server.
//
// From the guide, chapter 4: "Client-Side Reliability (Lazy Pirate Pattern)"
// (lpclient, lpserver).
// What is different in Go: the pattern is zmq.Requester. It does not throw its
// socket away to ask again, as REQ must: each request has a number, so an
// answer that comes late is still the answer to its own request, and many
// goroutines may ask at the same time. Its error tells each try.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5555", "where the server is")
	requests := flag.Int("n", 10, "how many requests the client sends")
	run.Main(
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, func(int) mood { return mood(rand.IntN(3)) })
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *requests, 250*time.Millisecond, 10, os.Stdout)
		}),
	)
}

// client asks n times. An answer that does not come in time is asked for again,
// so many times.
func client(ctx context.Context, zctx *zmq.Context, endpoint string, n int, timeout time.Duration, retries int, w io.Writer) error {
	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: []string{endpoint},
		Timeout:   timeout,
		Retries:   retries,
	})
	if err != nil {
		return err
	}
	defer r.Close()
	for i := range n {
		request := fmt.Sprintf("request %d", i)
		reply, err := r.Request(ctx, []byte(request))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %s\n", request, reply[0])
	}
	return nil
}

// mood is what the server does with a request.
type mood int

const (
	well  mood = iota // answers
	ill               // loses the request
	tired             // answers, but only with the next request
)

// server answers requests according to its mood at each, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint string, moodAt func(n int) mood) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint)
	if err != nil {
		return err
	}
	defer router.Close()
	var late [][]byte // an answer that was not sent yet
	for n := 0; ; n++ {
		request, err := router.Recv(ctx) // [client, number of the request, empty, body]
		if err != nil {
			return err
		}
		if late != nil {
			if err := router.Send(ctx, late...); err != nil {
				return err
			}
			late = nil
		}
		if len(request) != 4 {
			continue // that is no Requester
		}
		reply := append(request[:3:3], append([]byte("answer to "), request[3]...))
		switch moodAt(n) {
		case well:
			if err := router.Send(ctx, reply...); err != nil {
				return err
			}
		case tired:
			late = reply
		}
	}
}
