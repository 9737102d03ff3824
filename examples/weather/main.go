// Command weather publishes the weather of many places; each subscriber gets
// that of the places it asked for.
//
//	go run ./examples/weather           # both in one process
//	go run ./examples/weather server
//	go run ./examples/weather -places '94,10001 ' client
//
// A subscription is a prefix of the first frame: "94" is every place whose zip
// code begins so, "10001 " with the space is one place. The publisher sends
// what somebody subscribed to and no more, and never waits: a subscriber that
// comes late has missed what was before, one that is slow loses messages.
//
// From the guide, chapter 1: "Getting the Message Out" (wuserver, wuclient).
// What is different in Go: the subscriber reads in a for loop over Messages,
// which uses one Msg again and again and allocates nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/run"
)

func main() {
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5556", "where the weather is published")
	places := flag.String("places", "94,10001 ", "prefixes of zip codes, with commas between them")
	reports := flag.Int("reports", 50, "how many reports to wait for")
	run.Main(
		run.Forever("server", func(ctx context.Context, zctx *zmq.Context) error {
			return server(ctx, zctx, *endpoint, time.Millisecond)
		}),
		run.Once("client", func(ctx context.Context, zctx *zmq.Context) error {
			return client(ctx, zctx, *endpoint, strings.Split(*places, ","), *reports, os.Stdout)
		}),
	)
}

// zipCodes are the places whose weather is known.
var zipCodes = []string{"10001", "10002", "60601", "94016", "94103", "94110"}

// server publishes a report on one of the places every so often, until ctx
// ends.
func server(ctx context.Context, zctx *zmq.Context, endpoint string, every time.Duration) error {
	pub, err := zctx.NewSocket(zmq.PUB)
	if err != nil {
		return err
	}
	defer pub.Close()
	if err := pub.Bind(endpoint); err != nil {
		return err
	}
	clock := time.NewTicker(every)
	defer clock.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-clock.C:
		}
		zip, degrees := zipCodes[rand.IntN(len(zipCodes))], rand.IntN(60)-20
		if err := pub.Send(ctx, fmt.Appendf(nil, "%s %d", zip, degrees)); err != nil {
			return err
		}
	}
}

// client waits for some reports on places whose zip codes have these prefixes
// and prints the average temperature of each place.
func client(ctx context.Context, zctx *zmq.Context, endpoint string, prefixes []string, reports int, w io.Writer) error {
	sub, err := zctx.NewSocket(zmq.SUB)
	if err != nil {
		return err
	}
	defer sub.Close()
	if err := sub.Subscribe(prefixes...); err != nil {
		return err
	}
	if err := sub.Connect(endpoint); err != nil {
		return err
	}
	type total struct{ degrees, reports int }
	totals := map[string]total{}
	for m, err := range sub.Messages(ctx) {
		if err != nil {
			return err
		}
		var zip string
		var degrees int
		if _, err := fmt.Sscan(string(m.Frame(0)), &zip, &degrees); err != nil {
			return fmt.Errorf("report %q: %w", m.Frame(0), err)
		}
		t := totals[zip]
		totals[zip] = total{t.degrees + degrees, t.reports + 1}
		if reports--; reports <= 0 {
			break
		}
	}
	for _, zip := range slices.Sorted(maps.Keys(totals)) {
		t := totals[zip]
		fmt.Fprintf(w, "%s: %.1f degrees on average of %d reports\n", zip, float64(t.degrees)/float64(t.reports), t.reports)
	}
	return nil
}
