// Command ironhouse encrypts, and lets in only clients that it knows; it greets
// them by name.
//
//	go run ./examples/ironhouse              # everything in one process
//	go run ./examples/ironhouse keys         # once: for the server, alice and bob
//	go run ./examples/ironhouse server
//	go run ./examples/ironhouse -name alice client
//
// Server and clients have a key pair each, in files that pyzmq and CZMQ read
// too. The client knows the public key of the server, the server those of its
// clients, from a folder:
//
//	server.key  server.key_secret
//	alice.key_secret  bob.key_secret
//	clients/alice.key  clients/bob.key
//
// From the guide's articles on security: "The IronHouse Pattern" (ironhouse,
// ironhouse2). The mechanisms are CURVE and ZAP, ZeroMQ's RFC 25, 26 and 27.
// What is different in Go: who gets in is decided by a function, in the manner
// of net/http. Where the keys are enough, curve.Allow(keys...) is one. What
// the function says about a client is a property of each of its messages.
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
	"strings"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/examples/internal/run"
	"gozmq/examples/internal/socket"
	"gozmq/opt"
	"gozmq/zap"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:9001", "where the server is")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "ironhouse"), "the folder of the keys")
	name := flag.String("name", "alice", "who the client is")
	run.Main(
		run.First("keys", func(context.Context, *zmq.Context) error { return makeKeys(*dir, "alice", "bob") }),
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, *dir)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, *dir, *name, os.Stdout)
		}),
	)
}

// makeKeys makes the keys of the server and its clients, unless they are there.
func makeKeys(dir string, clients ...string) error {
	known := filepath.Join(dir, "clients")
	if err := os.MkdirAll(known, 0o700); err != nil {
		return err
	}
	for _, name := range append([]string{"server"}, clients...) {
		public, secret, err := curve.NewKeys()
		if err != nil {
			return err
		}
		err = curve.Save(filepath.Join(dir, name), secret, map[string]string{"name": name})
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil && name != "server" {
			err = curve.SavePublic(filepath.Join(known, name+".key"), public, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// server greets the clients it knows, until ctx ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint, dir string) error {
	secret, err := curve.LoadSecret(filepath.Join(dir, "server.key_secret"))
	if err != nil {
		return err
	}
	names, err := loadNames(filepath.Join(dir, "clients"))
	if err != nil {
		return err
	}
	known := zap.HandlerFunc(func(_ context.Context, r *zap.Request) zap.Response {
		if name, ok := names[r.PublicKey]; ok {
			return zap.Allow(name)
		}
		return zap.Deny("unknown key")
	})
	rep, err := socket.Bind(zctx, zmq.REP, endpoint, curve.Server(secret, known))
	if err != nil {
		return err
	}
	defer rep.Close()
	for m, err := range rep.Messages(ctx) {
		if err != nil {
			return err
		}
		// Not what the client says its name is, but what its key proves.
		if err := rep.Send(ctx, fmt.Appendf(nil, "hello, %s: %s", m.Property("User-Id"), m.Frame(0))); err != nil {
			return err
		}
	}
	return nil
}

// loadNames reads the public keys of the clients. Their names are those of the
// files.
func loadNames(dir string) (map[curve.Public]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.key"))
	if err != nil {
		return nil, err
	}
	names := map[curve.Public]string{}
	for _, file := range files {
		key, err := curve.LoadPublic(file)
		if err != nil {
			return nil, err
		}
		names[key] = strings.TrimSuffix(filepath.Base(file), ".key")
	}
	return names, nil
}

// errRefused: the server does not know the client.
var errRefused = errors.New("the server does not let us in")

// client asks the server. Refused, it says so: it would wait for ever without a
// look at its monitor.
func client(ctx context.Context, zctx *zmq.Context, endpoint, dir, name string, w io.Writer) error {
	serverKey, err := curve.LoadPublic(filepath.Join(dir, "server.key"))
	if err != nil {
		return err
	}
	own, err := curve.LoadSecret(filepath.Join(dir, name+".key_secret"))
	if err != nil {
		return err
	}
	req, err := zctx.NewSocket(zmq.REQ, curve.Client(serverKey, own), opt.Linger.To(0))
	if err != nil {
		return err
	}
	defer req.Close()
	mon, err := req.Monitor(zmq.EventHandshakeAuth)
	if err != nil {
		return err
	}
	defer mon.Close()
	if err := req.Connect(endpoint); err != nil {
		return err
	}

	ask := func(ctx context.Context) error {
		if err := req.Send(ctx, []byte("is this house iron?")); err != nil {
			return err
		}
		reply, err := req.Recv(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", reply[0])
		return nil
	}
	watch := func(ctx context.Context) error {
		e, err := mon.Recv(ctx)
		if err != nil {
			return err
		}
		return fmt.Errorf("%w: %w", errRefused, e.Err)
	}
	return run.With(ctx, ask, watch)
}
