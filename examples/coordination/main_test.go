package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// journal keeps what several goroutines write, in order.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, string(b))
	return len(b), nil
}

// No node begins before the last one is ready.
func TestNodesBeginTogether(t *testing.T) {
	zctx, endpoint, ctx := testlib.Context(t), testkit.Endpoint(t, "inproc"), testkit.Soon(t)
	const nodes = 4
	var out journal
	all := testkit.NewGroup(t)
	all.Go(func() error { return coordinator(ctx, zctx, endpoint, nodes, &out) })
	for i := range nodes {
		all.Go(func() error { return node(ctx, zctx, endpoint, fmt.Sprint("node ", i), &out) })
	}
	all.Wait()
	isBegin := func(line string) bool { return strings.HasSuffix(line, " begins\n") }
	first := slices.IndexFunc(out.lines, isBegin)
	if first != nodes {
		t.Errorf("line %d is the first node's that begins, want %d: %q", first, nodes, out.lines)
	}
	if len(out.lines) != 2*nodes {
		t.Errorf("%d lines, want %d: %q", len(out.lines), 2*nodes, out.lines)
	}
}
