// Command clone shares a table of keys and values between many programs: each
// has a copy, each may change it, and all copies become the same.
//
//	go run ./examples/clone           # everything in one process
//	go run ./examples/clone primary   # kill it, start it again
//	go run ./examples/clone backup
//	go run ./examples/clone client    # as many as you like
//
// A server orders the changes: clients send them to it, and it publishes them,
// numbered. A client begins with a copy, or one of a subtree, and applies what
// is published after that. A value may have a time to live. Two servers are a
// Binary Star, as in example binarystar: the backup follows the primary as its
// clients do, and takes over when that is gone. Changes that have not come back
// by then the clients send again. The messages are those of the Clustered
// Hashmap Protocol, ZeroMQ's RFC 12; after a takeover, values that the backup has
// from its first copy live for ever, since that has no times.
//
//	       ROUTER ──── DEALER    copies
//	server XPUB ────── SUB       client   changes, as they count
//	       SUB ─────── XPUB      changes, as they are wished
//
// From the guide, chapter 5: "Reliable Pub-Sub (Clone Pattern)" (clonesrv1 to
// 6, clonecli1 to 6, clone).
// What is different in Go: XPUBs hear of subscribers, on both sides, so that a
// client knows when nothing can be missed any more; the guide leaves that to
// luck. To send again what is lost takes the place of the updates that the
// guide's backup keeps, and may publish when they are old. The table is plain code without sockets, used by one goroutine with one
// select.
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
	"gozmq/examples/binarystar/bstar"
	"gozmq/examples/internal/run"
)

func main() {
	host := flag.String("host", "127.0.0.1", "where the servers are")
	primaryPort := flag.Int("primary", 5556, "the first of the primary's four ports")
	backupPort := flag.Int("backup", 5566, "the first of the backup's four ports")
	subtree := flag.String("subtree", "/client/", "what the client copies")
	changes := flag.Int("n", 5, "how many changes the client makes")
	const beat = 250 * time.Millisecond
	report := func(name string) reportFunc {
		return func(active bool, seq uint64) {
			fmt.Printf("%s: active %v, %d updates\n", name, active, seq)
		}
	}
	primary := func() endpoints { return ports(*host, *primaryPort) }
	backup := func() endpoints { return ports(*host, *backupPort) }
	run.Main(
		run.Forever("primary", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, bstar.Primary, primary(), backup(), beat, report("primary"))
		}),
		run.Forever("backup", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, bstar.Backup, backup(), primary(), beat, report("backup"))
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			c := newClient(zctx, []endpoints{primary(), backup()}, *subtree, beat)
			return change(ctx, c, *changes, os.Stdout)
		}),
	)
}

// ports are the endpoints of a server on ports one after the other.
func ports(host string, first int) endpoints {
	at := func(i int) string { return fmt.Sprintf("tcp://%s:%d", host, first+i) }
	return endpoints{at(0), at(1), at(2), at(3)}
}

// change makes n changes, and prints all that come, from whomever.
func change(ctx context.Context, c *client, n int, w io.Writer) error {
	c.onUpdate = func(_ context.Context, u update) { fmt.Fprintf(w, "%d: %s = %s\n", u.seq, u.key, u.value) }
	return run.With(ctx, func(ctx context.Context) error {
		for range n {
			key := fmt.Sprintf("%s%d", c.subtree, rand.IntN(100))
			if err := c.set(ctx, key, fmt.Sprint(rand.IntN(1000)), 30*time.Second); err != nil {
				return err
			}
		}
		return nil
	}, c.run)
}
