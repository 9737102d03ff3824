package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestWeather(t *testing.T) {
	zctx, endpoint := testlib.Context(t), testkit.Endpoint(t, "ipc")
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error {
			return client(ctx, zctx, endpoint, []string{"94", "10001 "}, 40, &out)
		},
		func(ctx context.Context) error { return server(ctx, zctx, endpoint, 100*time.Microsecond) },
	)
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for line := range strings.Lines(out.String()) {
		var zip string
		var average float64
		var reports int
		if _, err := fmt.Sscanf(line, "%5s: %f degrees on average of %d reports\n", &zip, &average, &reports); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if !strings.HasPrefix(zip, "94") && zip != "10001" {
			t.Errorf("a report on %s, which nobody subscribed to", zip)
		}
		if average < -20 || average > 40 {
			t.Errorf("%s has %.1f degrees", zip, average)
		}
		all += reports
	}
	if all != 40 {
		t.Errorf("%d reports, want 40", all)
	}
}
