package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/examples/binarystar/bstar"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const beat = 100 * time.Millisecond

func anywhere(t *testing.T) endpoints {
	e := func() string { return testkit.Endpoint(t, "ipc") }
	return endpoints{e(), e(), e(), e()}
}

func silent(bool, uint64) {}

// inContext runs a server in a context of its own: when that is closed its
// endpoints are free.
func inContext(serve func(context.Context, *zmq.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		zctx, err := libzmq.NewContext()
		if err != nil {
			return err
		}
		return errors.Join(serve(ctx, zctx), zctx.Close())
	}
}

// until waits for a condition.
func until(ctx context.Context, cond func() bool) error {
	clock := time.NewTicker(time.Millisecond)
	defer clock.Stop()
	for !cond() {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// becomes waits until a client has a value for a key.
func becomes(ctx context.Context, c *client, key, value string) error {
	if err := until(ctx, func() bool { return string(c.get(key)) == value }); err != nil {
		return fmt.Errorf("%s is %q, want %q: %w", key, c.get(key), value, err)
	}
	return nil
}

// Two clients share a table, of which one has a part. The primary dies, the
// backup takes over with all there was, and then the primary follows it.
func TestClone(t *testing.T) {
	zctx := testlib.Context(t)
	primary, backup := anywhere(t), anywhere(t)
	servers := []endpoints{primary, backup}
	var seen, followed atomic.Uint64 // the last update that a client has, and the backup
	servePrimary := inContext(func(ctx context.Context, zctx *zmq.Context) error {
		return server(ctx, zctx, bstar.Primary, primary, backup, beat, silent)
	})
	serveBackup := inContext(func(ctx context.Context, zctx *zmq.Context) error {
		return server(ctx, zctx, bstar.Backup, backup, primary, beat, func(_ bool, seq uint64) { followed.Store(seq) })
	})
	all, part := newClient(zctx, servers, "", beat), newClient(zctx, servers, "/part/", beat)

	all.onUpdate = func(_ context.Context, u update) { seen.Store(u.seq) }

	steps := func(steps ...func(context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error {
			for _, step := range steps {
				if err := step(ctx); err != nil {
					return err
				}
			}
			return nil
		}
	}
	set := func(c *client, key, value string) func(context.Context) error {
		return func(ctx context.Context) error { return c.set(ctx, key, value, 0) }
	}
	has := func(c *client, key, value string) func(context.Context) error {
		return func(ctx context.Context) error { return becomes(ctx, c, key, value) }
	}
	follows := func(ctx context.Context) error {
		return until(ctx, func() bool { return followed.Load() >= seen.Load() })
	}
	beside := func(lead, other func(context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error { return run.With(ctx, lead, other) }
	}
	err := run.With(testkit.Soon(t), steps(
		beside(steps(
			set(all, "/whole/1", "one"),
			set(part, "/part/1", "two"), has(all, "/part/1", "two"),
			set(all, "/part/2", "three"), has(part, "/part/2", "three"),
			set(all, "/part/1", ""), has(part, "/part/1", ""),
			follows,
		), servePrimary),
		set(part, "/part/3", "four"), has(all, "/part/3", "four"),
		has(all, "/whole/1", "one"), has(part, "/part/2", "three"), has(part, "/part/1", ""),
		beside(steps(
			set(all, "/part/4", "five"), has(part, "/part/4", "five"),
		), servePrimary),
	), serveBackup, all.run, part.run)
	if err != nil {
		t.Fatal(err)
	}
	if got := part.get("/whole/1"); got != nil {
		t.Errorf("the copy of a part has /whole/1 = %q", got)
	}
}

// A late client begins with a copy, and misses nothing from then on: a counter
// that goes on meanwhile never jumps.
func TestNothingIsMissed(t *testing.T) {
	zctx := testlib.Context(t)
	primary, backup := anywhere(t), anywhere(t)
	writer, late := newClient(zctx, []endpoints{primary}, "", beat), newClient(zctx, []endpoints{primary}, "", beat)
	var last uint64
	late.onSnapshot = func(_ context.Context, s snapshot) { last = s.seq }
	done := make(chan error, 1)
	late.onUpdate = func(_ context.Context, u update) {
		var jumped error
		if u.seq != last+1 {
			jumped = fmt.Errorf("update %d comes after %d", u.seq, last)
		}
		last = u.seq
		if jumped != nil || string(u.value) == "END" {
			select {
			case done <- jumped:
			default: // the first counts
			}
		}
	}
	write := func(ctx context.Context) error {
		for i := range 200 {
			if err := writer.set(ctx, "/count", fmt.Sprint(i), 0); err != nil {
				return err
			}
			if i == 20 {
				go func() { _ = late.run(ctx) }() // until the test ends
			}
		}
		if err := becomes(ctx, late, "/count", "199"); err != nil {
			return err
		}
		return writer.set(ctx, "/count", "END", 0)
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		if err := write(ctx); err != nil {
			return err
		}
		return <-done
	},
		writer.run,
		func(ctx context.Context) error {
			return server(ctx, zctx, bstar.Primary, primary, backup, beat, silent)
		})
	if err != nil {
		t.Fatal(err)
	}
}

func TestForeignKeys(t *testing.T) {
	c := newClient(testlib.Context(t), nil, "/x/", beat)
	for _, key := range []string{"", "/y/1", hugz} {
		if err := c.set(testkit.Soon(t), key, "value", 0); err == nil {
			t.Errorf("%q was set in the subtree /x/", key)
		}
	}
}

func TestChange(t *testing.T) {
	zctx := testlib.Context(t)
	primary, backup := anywhere(t), anywhere(t)
	c := newClient(zctx, []endpoints{primary}, "/x/", beat)
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return change(ctx, c, 5, io.Discard) },
		func(ctx context.Context) error {
			return server(ctx, zctx, bstar.Primary, primary, backup, beat, silent)
		})
	if err != nil {
		t.Fatal(err)
	}
}
