package plots

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/work"
)

// measured gives a figure values that grow with n.
func measured(f figures.Figure, n float64) results.Figure {
	r := results.Figure{Figure: f}
	for round := 1; round <= 2; round++ {
		for i, who := range f.Contestants {
			v := n * float64(10+i+round)
			r.Samples = append(r.Samples, results.Sample{
				Round: round, Who: who, Values: work.Outcome{work.Rate: v, work.Median: v, work.P99: 2 * v},
			})
		}
	}
	return r
}

func TestWrite(t *testing.T) {
	var all []results.Figure
	for i, f := range figures.All(figures.Short) {
		all = append(all, measured(f, float64(i+1)))
	}
	dir := t.TempDir()
	drawn, err := Write(dir, results.Results{Figures: all})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(drawn, Drawn{"ratio-tcp", "PUSH to PULL over tcp, beside C"}) {
		t.Errorf("drawn: %q", drawn)
	}
	var names []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
		if info, err := e.Info(); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v, %v", e.Name(), info, err)
		}
	}
	for _, want := range []string{
		"throughput-inproc", "throughput-ipc", "throughput-tcp", "ratio-tcp", "concurrency-tcp", "latency-median", "latency-p99",
	} {
		if !slices.Contains(names, want+".svg") || !slices.Contains(names, want+".png") {
			t.Errorf("%s is not there: %q", want, names)
		}
	}
}

// What was interrupted early has figures with one value, or with none.
func TestWriteLittle(t *testing.T) {
	all := figures.All(figures.Short)
	one := results.Figure{Figure: all[0], Samples: []results.Sample{
		{Round: 1, Who: contest.C, Values: work.Outcome{work.Rate: 100}},
	}}
	failed := results.Figure{Figure: all[4], Samples: []results.Sample{{Round: 1, Who: contest.C, Err: "broken"}}}
	dir := t.TempDir()
	drawn, err := Write(dir, results.Results{Figures: []results.Figure{one, failed, {Figure: all[8]}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(drawn) != 1 {
		t.Errorf("drawn: %q", drawn)
	}
	if _, err := os.Stat(filepath.Join(dir, "throughput-inproc.png")); err != nil {
		t.Error(err)
	}
}

func TestThousands(t *testing.T) {
	for want, v := range map[string]float64{
		"0": 0, "0.5": 0.5, "47.3": 47.3000001, "104": 103.7, "1000": 1000, "9999": 9999, "20k": 2e4, "123k": 123456, "1.5M": 1.5e6,
	} {
		if got := thousands(v); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
	}
}
