// Command stonehouse encrypts: clients know who the server is, and nobody
// listens in. Any client may connect.
//
//	go run ./examples/stonehouse          # everything in one process
//	go run ./examples/stonehouse keys     # once
//	go run ./examples/stonehouse server
//	go run ./examples/stonehouse client
//
// The server has a key pair, in two files. The client needs the public one,
// which it gets in a way that nobody can tamper with; its own key is made up
// and says nothing about it. Who may connect, and who is who, is in example
// ironhouse.
//
// From the guide's articles on security: "The StoneHouse Pattern" (stonehouse).
// The mechanism is CURVE, ZeroMQ's RFC 25 and 26.
// What is different in Go: a server that lets everybody in has to say so, with
// curve.Anyone; there is no authenticator to start. Keys have types, and a
// secret one never prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:9000", "where the server is")
	key := flag.String("key", filepath.Join(os.TempDir(), "stonehouse"), "the files of the server's key, without .key and .key_secret")
	run.Main(
		run.First("keys", func(context.Context, *zmq.Context) error { return makeKey(*key) }),
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, *key)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *key, os.Stdout)
		}),
	)
}

// makeKey makes the server's key pair, unless it is there.
func makeKey(name string) error {
	_, secret, err := curve.NewKeys()
	if err != nil {
		return err
	}
	if err := curve.Save(name, secret, nil); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// server greets whoever asks, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint, key string) error {
	secret, err := curve.LoadSecret(key + ".key_secret")
	if err != nil {
		return err
	}
	rep, err := socket.Bind(zctx, zmq.REP, endpoint, curve.Server(secret, curve.Anyone()))
	if err != nil {
		return err
	}
	defer rep.Close()
	for {
		name, err := rep.Recv(ctx)
		if err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte("hello, "+string(name[0]))); err != nil {
			return err
		}
	}
}

// client asks the server that has the secret key to this public one, and no
// other.
func client(ctx context.Context, zctx *zmq.Context, endpoint, key string, w io.Writer) error {
	serverKey, err := curve.LoadPublic(key + ".key")
	if err != nil {
		return err
	}
	_, own, err := curve.NewKeys() // for this time
	if err != nil {
		return err
	}
	req, err := socket.Connect(zctx, zmq.REQ, endpoint, curve.Client(serverKey, own))
	if err != nil {
		return err
	}
	defer req.Close()
	if err := req.Send(ctx, []byte("stonehouse")); err != nil {
		return err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", reply[0])
	return nil
}
