package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestReaders(t *testing.T) {
	for name, read := range map[string]readFunc{"poller": withPoller, "channels": withChannels} {
		t.Run(name, func(t *testing.T) {
			zctx := testlib.Context(t)
			at := endpoints{testkit.Endpoint(t, "inproc"), testkit.Endpoint(t, "inproc")}
			var out strings.Builder
			err := run.With(testkit.Soon(t),
				func(ctx context.Context) error { return reader(ctx, zctx, at, 3, read, &out) },
				func(ctx context.Context) error { return sources(ctx, zctx, at, 3) },
			)
			if err != nil {
				t.Fatal(err)
			}
			// How the two mix is chance; each keeps its order.
			var tasks, weather []string
			for line := range strings.Lines(out.String()) {
				if strings.HasPrefix(line, "task") {
					tasks = append(tasks, line)
				} else {
					weather = append(weather, line)
				}
			}
			if want := []string{"task 1\n", "task 2\n", "task 3\n"}; !slices.Equal(tasks, want) {
				t.Errorf("tasks are %q, want %q", tasks, want)
			}
			if want := []string{"10001 20 degrees\n", "10001 21 degrees\n", "10001 22 degrees\n"}; !slices.Equal(weather, want) {
				t.Errorf("reports are %q, want %q", weather, want)
			}
		})
	}
}
