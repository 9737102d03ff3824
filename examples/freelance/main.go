// Command freelance has clients that know several servers and need one answer,
// without a broker in between. It shows three ways.
//
//	go run ./examples/freelance -model 1                  # everything in one process
//	go run ./examples/freelance -endpoint tcp://127.0.0.1:5555 server
//	go run ./examples/freelance -endpoint tcp://127.0.0.1:5556 server
//	go run ./examples/freelance -model 3 client
//
// Model 1 asks one server and, when it does not answer, the next: simple, and
// slow when servers are dead. Model 2 asks all at once and takes the first
// answer: quick, and all of them do the work. Model 3 knows by pings which
// servers live, and asks one of those; it is ZeroMQ's RFC 10, and in agent.go.
//
// From the guide, chapter 4: "Brokerless Reliability (Freelance Pattern)"
// (flclient1 to 3, flserver1 to 3, flcliapi).
// What is different in Go: model 1 is zmq.Requester, which also remembers whom
// it is not worth asking. Model 2 is a Requester for each server, and a context
// that ends when the first has answered. All models use the same server.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5555", "where the server is")
	servers := flag.String("servers", "tcp://127.0.0.1:5555,tcp://127.0.0.1:5556,tcp://127.0.0.1:5557", "where the client looks for servers")
	model := flag.Int("model", 1, "the way to ask: 1, 2 or 3")
	run.Main(
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, func(name []byte) []byte { return append([]byte("hello, "), name...) })
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			if *model < 1 || *model > len(models) {
				return fmt.Errorf("there is no model %d", *model)
			}
			return client(ctx, zctx, models[*model-1], strings.Split(*servers, ","), []string{"one", "two", "three"}, os.Stdout)
		}),
	)
}

// server answers requests and pings, until ctx ends. Its routing id is its
// endpoint: that is how clients of model 3 address it.
func server(ctx context.Context, zctx *zmq.Context, endpoint string, answer func([]byte) []byte) error {
	router, err := socket.Bind(zctx, zmq.ROUTER, endpoint, opt.RoutingID.To(endpoint), opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer router.Close()
	for {
		request, err := router.Recv(ctx) // [client, PING] or [client, control..., body]
		if err != nil {
			return err
		}
		last := len(request) - 1
		if last == 1 && string(request[1]) == ping {
			request[1] = []byte(pong)
		} else {
			request[last] = answer(request[last])
		}
		if err := router.Send(ctx, request...); err != nil {
			return err
		}
	}
}

// asker asks servers, by one of the models.
type asker interface {
	Request(ctx context.Context, body ...[]byte) (reply [][]byte, err error)
	Close() error
}

// models make an asker that gives a server so much time for an answer.
var models = []func(zctx *zmq.Context, servers []string, timeout time.Duration) (asker, error){
	newFailover, newShotgun, newAgent,
}

// client asks each of the names.
func client(ctx context.Context, zctx *zmq.Context, model func(*zmq.Context, []string, time.Duration) (asker, error), servers, names []string, w io.Writer) error {
	a, err := model(zctx, servers, time.Second)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, name := range names {
		reply, err := a.Request(ctx, []byte(name))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", reply[0])
	}
	return nil
}

// newFailover is model 1: one server after another, twice around.
func newFailover(zctx *zmq.Context, servers []string, timeout time.Duration) (asker, error) {
	return zmq.NewRequester(zctx, zmq.RequesterConfig{
		Endpoints: servers,
		Timeout:   timeout,
		Retries:   2*len(servers) - 1,
	})
}
