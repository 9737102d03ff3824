package results

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/work"
)

func sample(round int, who string, rate float64) Sample {
	return Sample{Round: round, Who: who, Values: work.Outcome{work.Rate: rate}}
}

func figure(samples ...Sample) Figure {
	return Figure{Figure: figures.Figure{ID: "x", Title: "X", Metric: work.Rate}, Samples: samples}
}

// In the second round the machine was half as fast; the ratios do not see it.
func TestRatiosArePairs(t *testing.T) {
	f := figure(
		sample(1, contest.C, 100), sample(1, contest.Batches, 110),
		sample(2, contest.Batches, 55), sample(2, contest.C, 50),
		Sample{Round: 3, Who: contest.C, Err: "broken"}, sample(3, contest.Batches, 100),
		sample(4, contest.C, 0), sample(4, contest.Batches, 100),
	)
	if got, want := f.Ratios(contest.Batches, contest.C, ""), []float64{1.1, 1.1}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := f.Values(contest.Batches, work.Rate), []float64{110, 55, 100, 100}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	floor := figures.Floor{Who: contest.Batches, Against: contest.C}
	if got := f.Compared(floor); len(got) != 2 {
		t.Errorf("compared: %v", got)
	}
	floor.Against = ""
	if got := f.Compared(floor); len(got) != 4 {
		t.Errorf("compared with nobody: %v", got)
	}
}

func TestNoise(t *testing.T) {
	quiet := Results{Figures: []Figure{figure(sample(1, contest.C, 100), sample(2, contest.C, 120))}}
	quiet.Machine.Cores = 4
	quiet.LoadBefore = 1
	if got := quiet.Noise(); len(got) != 0 {
		t.Errorf("a quiet machine: %q", got)
	}
	noisy := quiet
	noisy.LoadBefore, noisy.Stolen = 3, 0.1
	noisy.Figures = append(noisy.Figures, figure(sample(1, contest.C, 100), sample(2, contest.C, 300)))
	got := strings.Join(noisy.Noise(), " ")
	for _, want := range []string{"load was 3.0", "10 %", "In 1 of 2 figures", "3.0 times"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

func TestSaveAndLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.json")
	want := Results{Rounds: 3, Figures: []Figure{figure(sample(1, contest.C, 1), Sample{Round: 1, Who: "x", Err: "broken"})}}
	if err := want.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if f := got.Failures(); len(f) != 1 || f[0] != "X, x, round 1: broken" {
		t.Errorf("failures: %q", f)
	}
	if _, err := Load(path + "x"); err == nil {
		t.Error("a file that is not there is loaded")
	}
}
