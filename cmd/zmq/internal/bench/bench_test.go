package bench

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// pair is a server, and a client's control socket that is connected to it.
func pair(t *testing.T) (control *zmq.Socket, endpoint string, open Opener) {
	t.Helper()
	zctx := testlib.Context(t)
	open = zctx.NewSocket
	rep, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp")
	ctx, cancel := context.WithCancel(context.Background())
	group := testkit.NewGroup(t)
	group.Go(func() error {
		if err := NewServer(rep, "", open).Serve(ctx, rep); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	})
	t.Cleanup(func() { cancel(); group.Wait() })
	return testkit.Connected(t, zctx, zmq.REQ, endpoint), endpoint, open
}

func TestThroughput(t *testing.T) {
	control, endpoint, open := pair(t)
	for _, plan := range []Plan{
		{Kind: Throughput, Size: 10, Count: 1000, Batch: 64},
		{Kind: Throughput, Size: 0, Count: 1, Batch: 1},
		{Kind: Throughput, Size: 100_000, Duration: 50 * time.Millisecond, Batch: 3},
	} {
		var p Progress
		r, err := Run(testkit.Soon(t), control, endpoint, open, plan, &p)
		if err != nil {
			t.Fatal(err)
		}
		if r.Messages != p.Messages() || plan.Count > 0 && r.Messages != int64(plan.Count) || r.Messages == 0 {
			t.Errorf("%+v: %d messages came, %d were sent", plan, r.Messages, p.Messages())
		}
		if want := r.PerSecond * float64(plan.Size); math.Abs(r.BytesPerSecond-want) > want/1e6 {
			t.Errorf("%+v: %v bytes a second, want %v", plan, r.BytesPerSecond, want)
		}
	}
}

func TestLatency(t *testing.T) {
	control, endpoint, open := pair(t)
	var p Progress
	r, err := Run(testkit.Soon(t), control, endpoint, open, Plan{Kind: Latency, Size: 5, Count: 200}, &p)
	if err != nil {
		t.Fatal(err)
	}
	times := r.Times
	if r.Messages != 200 || p.Messages() != 200 {
		t.Errorf("%d round trips, %d in the progress, want 200", r.Messages, p.Messages())
	}
	if !(0 < times.Min && times.Min <= times.P50 && times.P50 <= times.P90 && times.P90 <= times.P99 &&
		times.P99 <= times.P999 && times.P999 <= times.Max) {
		t.Errorf("the times are not in order: %+v", times)
	}
	var n int64
	for _, b := range times.Histogram {
		n += b.Count
	}
	if n != 200 {
		t.Errorf("%d round trips in the histogram, want 200", n)
	}
}

// A server answers nonsense and goes on.
func TestNonsense(t *testing.T) {
	control, endpoint, open := pair(t)
	for _, text := range []string{"", "hello", `{"do":"fly"}`, `{"do":"report"}`, `{"do":"start","kind":"speed"}`} {
		testkit.Send(t, control, text)
		if got := testkit.Recv(t, control); !strings.Contains(got[0], `"error"`) {
			t.Errorf("%q: got %s, want an error", text, got)
		}
	}
	if _, err := Run(testkit.Soon(t), control, endpoint, open, Plan{Kind: Latency, Count: 1}, &Progress{}); err != nil {
		t.Errorf("after that: %v", err)
	}
	if _, err := Run(testkit.Soon(t), control, endpoint, open, Plan{Kind: "speed"}, &Progress{}); err == nil {
		t.Error("a kind that does not exist runs")
	}
}

func TestEndpoints(t *testing.T) {
	for _, c := range [][3]string{
		{"tcp://host:1", "tcp://0.0.0.0:2", "tcp://host:2"},
		{"tcp://[::1]:1", "tcp://[::]:2", "tcp://[::1]:2"},
		{"ipc:///a", "ipc:///a.data", "ipc:///a.data"},
		{"inproc://a", "inproc://a.data", "inproc://a.data"},
	} {
		if got := sameHost(c[0], c[1]); got != c[2] {
			t.Errorf("%s and %s: got %s, want %s", c[0], c[1], got, c[2])
		}
	}
	for bound, want := range map[string]string{
		"tcp://0.0.0.0:5570": "tcp://0.0.0.0:*", "tcp://[::]:5570": "tcp://[::]:*", "ipc:///a": "ipc:///a.data",
	} {
		if got := beside(bound); got != want {
			t.Errorf("beside %s: got %s, want %s", bound, got, want)
		}
	}
}

func TestSamples(t *testing.T) {
	var s samples
	const n = 100_000
	for i := range n {
		s.add(time.Duration(i)*time.Millisecond, int64(i))
	}
	if len(s.list) > mostSamples || len(s.list) < mostSamples/4 {
		t.Errorf("%d samples", len(s.list))
	}
	for i := 1; i < len(s.list); i++ {
		a, b := s.list[i-1], s.list[i]
		if rate := float64(b.Messages-a.Messages) / (b.Seconds - a.Seconds); math.Abs(rate-1000) > 1 {
			t.Fatalf("rate %v between samples %d and %d, want 1000", rate, i-1, i)
		}
	}
	if _, rates := (Result{Samples: s.list}).Rates(); len(rates) != len(s.list)-1 {
		t.Errorf("%d rates of %d samples", len(rates), len(s.list))
	}
}

func TestRows(t *testing.T) {
	times := &Times{Min: 40_000, P999: 2_000_000, Histogram: []Bucket{
		{40_000, 41_000, 500}, {99_000, 101_000, 480}, {1_900_000, 2_100_000, 19}, {90_000_000, 91_000_000, 1},
	}}
	rows := times.Rows(16)
	var sum float64
	for i, r := range rows {
		sum += r.Share
		if i > 0 && (r.From != rows[i-1].To || r.From <= rows[i-1].From) {
			t.Errorf("row %d does not go on where the last ends: %+v", i, rows)
		}
	}
	if len(rows) > 16 || rows[0].From > 40_000 || math.Abs(sum-1) > 1e-9 || rows[0].Share != 0.5 {
		t.Errorf("sum %v of %+v", sum, rows)
	}
	for _, times := range []*Times{
		{Min: 0, P999: 0, Histogram: []Bucket{{0, 0, 1}}},
		{Min: 5, P999: 5, Histogram: []Bucket{{5, 5, 1}}},
		{Min: 1, P999: int64(time.Hour), Histogram: []Bucket{{1, 1, 1}}},
	} {
		if rows := times.Rows(16); len(rows) == 0 || len(rows) > 16 {
			t.Errorf("%+v: %d rows", times, len(rows))
		}
	}
}

func TestBar(t *testing.T) {
	for share, want := range map[float64]string{0: "", 1: "████", 0.5: "██", 0.5 + 1.0/8: "██▌", 1e-9: "▏"} {
		if got := Bar(share, 4); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}

func TestSpark(t *testing.T) {
	for want, values := range map[string][]float64{
		"": nil, "▁": {0}, "▁█": {0, 5}, "▅█": {1, 1, 2, 2},
	} {
		if got := Spark(values, 2); got != want {
			t.Errorf("%v: got %q, want %q", values, got, want)
		}
	}
}

func TestPlot(t *testing.T) {
	dir := t.TempDir()
	rate := Result{Kind: Throughput, Size: 16, Samples: []Sample{{0, 0}, {1, 100}, {2, 100}}}
	large := Result{Kind: Throughput, Size: 1 << 20, Samples: []Sample{{0, 0}, {2, 3}}}
	times := Result{Kind: Latency, Size: 3 << 10, Times: &Times{Histogram: []Bucket{{1000, 2000, 9}, {9000, 9100, 1}}}}
	one := Result{Kind: Latency, Times: &Times{Histogram: []Bucket{{0, 0, 1}}}}
	for name, results := range map[string][]Result{
		"one.png": {rate}, "two.SVG": {rate, large}, "times.pdf": {times}, "point.png": {one, times},
	} {
		path := filepath.Join(dir, name)
		if err := CheckPlot(path); err != nil {
			t.Error(err)
		}
		if err := Plot(path, "title", results); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if info, err := os.Stat(path); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if err := Plot(filepath.Join(dir, "none.png"), "", []Result{{Kind: Throughput}}); !errors.Is(err, errNothing) {
		t.Errorf("nothing to draw: got %v", err)
	}
	for _, path := range []string{"a.gif", "a", filepath.Join(dir, "no", "a.png")} {
		if CheckPlot(path) == nil {
			t.Errorf("%s passes", path)
		}
	}
}
