package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	zmq "gozmq"
)

// order is what a client asks of a server.
type order struct {
	Do   string `json:"do"`
	Kind Kind   `json:"kind,omitempty"`
}

// The orders.
const (
	doStart  = "start"  // make the socket for a measurement; ends the one before
	doReport = "report" // say what has come
)

// report is the answer to each.
type report struct {
	Err      string   `json:"error,omitempty"`
	Endpoint string   `json:"endpoint,omitempty"` // of the socket; its host may be a wildcard
	Messages int64    `json:"messages,omitempty"`
	Done     bool     `json:"done,omitempty"` // the last message has come
	Seconds  float64  `json:"seconds,omitempty"`
	Samples  []Sample `json:"samples,omitempty"`
}

// client is the side that measures.
type client struct {
	control  *zmq.Socket
	endpoint string // of control
	open     Opener
}

func (c *client) ask(ctx context.Context, o order) (r report, err error) {
	b, err := json.Marshal(o)
	if err != nil {
		return r, err
	}
	if err := c.control.Send(ctx, b); err != nil {
		return r, err
	}
	answer, err := c.control.Recv(ctx)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(answer[0], &r); err != nil {
		return r, c.stranger()
	}
	if r.Err != "" {
		return r, errors.New(r.Err)
	}
	return r, nil
}

func (c *client) stranger() error {
	return fmt.Errorf("%s does not answer as zmq bench serve does", c.endpoint)
}

// start has the server begin and connects a socket to it.
func (c *client) start(ctx context.Context, kind Kind, typ zmq.SocketType, settings ...zmq.Setting) (*zmq.Socket, error) {
	r, err := c.ask(ctx, order{Do: doStart, Kind: kind})
	if err != nil {
		return nil, err
	}
	if r.Endpoint == "" {
		return nil, c.stranger()
	}
	sock, err := c.open(typ, settings...)
	if err != nil {
		return nil, err
	}
	if err := sock.Connect(sameHost(c.endpoint, r.Endpoint)); err != nil {
		return nil, errors.Join(err, sock.Close())
	}
	return sock, nil
}

// sameHost gives the endpoint of a server's second socket, which may be bound
// to all interfaces, the host by which the first was reached.
func sameHost(reached, second string) string {
	transport, address, _ := strings.Cut(second, "://")
	colon := strings.LastIndexByte(address, ':')
	if transport != "tcp" || colon < 0 {
		return second
	}
	_, first, _ := strings.Cut(reached, "://")
	// A source address may stand in front: tcp://source;host:port.
	host := first[:max(strings.LastIndexByte(first, ':'), 0)]
	return transport + "://" + host + address[colon:]
}

// beside is an endpoint for a second socket of a server that is bound to one.
func beside(bound string) string {
	transport, address, _ := strings.Cut(bound, "://")
	if colon := strings.LastIndexByte(address, ':'); transport == "tcp" && colon >= 0 {
		return transport + "://" + address[:colon] + ":*"
	}
	return bound + ".data"
}
