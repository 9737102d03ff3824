package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/work"
)

type script struct{ lines []string }

func (s *script) Begin(runs int) { s.lines = append(s.lines, fmt.Sprintf("begin %d", runs)) }
func (s *script) Step(round, rounds int, figure, who string) {
	s.lines = append(s.lines, fmt.Sprintf("%d/%d %s %s", round, rounds, figure, who))
}
func (s *script) Failed(figure, who string, _ error) {
	s.lines = append(s.lines, fmt.Sprintf("failed %s %s", figure, who))
}
func (s *script) End() { s.lines = append(s.lines, "end") }

// program is one that answers to all arguments with the same text.
func program(t *testing.T, name, answer string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+answer+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRoundsAreInTurn(t *testing.T) {
	progress := &script{}
	r := Runner{
		C:        program(t, "c", `echo '{"rate": 2}'`),
		Go:       []string{program(t, "go", `echo no luck >&2; exit 3`)},
		Progress: progress,
	}
	all := []figures.Figure{
		{Title: "A", Metric: work.Rate, Contestants: []string{contest.C, contest.Batches}},
		{Title: "B", Metric: work.Rate, Contestants: []string{contest.C}, Rounds: 1},
	}
	got, err := r.Run(context.Background(), all, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"begin 5",
		"1/2 A C", "1/2 A gozmq batches", "failed A gozmq batches", "1/2 B C",
		"2/2 A gozmq batches", "failed A gozmq batches", "2/2 A C",
		"end",
	}
	if !slices.Equal(progress.lines, want) {
		t.Errorf("got %q,\nwant %q", progress.lines, want)
	}
	if v := got[0].Values(contest.C, ""); !slices.Equal(v, []float64{2, 2}) {
		t.Errorf("C's values: %v", v)
	}
	if s := got[0].Samples[1]; s.Err != "exit status 3: no luck" || s.Round != 1 || s.Place != 2 {
		t.Errorf("the sample that failed: %+v", s)
	}
}

func TestNonsenseIsAnError(t *testing.T) {
	for name, answer := range map[string]string{"text": "echo fast", "nothing": "true"} {
		r := Runner{C: program(t, name, answer), Progress: &script{}}
		got, err := r.Run(context.Background(), []figures.Figure{{Contestants: []string{contest.C}}}, 1)
		if err != nil || got[0].Samples[0].Err == "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestCancelKeepsWhatIsThere(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := Runner{C: program(t, "c", "sleep 60"), Progress: &script{}}
	got, err := r.Run(ctx, []figures.Figure{{Contestants: []string{contest.C}}}, 1)
	if !errors.Is(err, context.Canceled) || len(got) != 1 || len(got[0].Samples) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}
