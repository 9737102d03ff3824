package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/cprogram"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/work"
)

// The test's binary stands in for the program that starts itself for each run.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "one" {
		main()
		return
	}
	os.Exit(m.Run())
}

// tiny is the work of a figure in so short a time that it measures nothing.
func tiny(w work.Work) work.Work {
	w.WarmMS, w.TimeMS = 0, 1
	w.Subs, w.Sockets = min(w.Subs, 5), min(w.Sockets, 20)
	w.Calls = min(w.Calls, 64)
	return w
}

// Everybody can do all that they are asked to, in all figures of both forms.
func TestEveryFigure(t *testing.T) {
	c, err := cprogram.Build(os.DirFS("c"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range append(figures.All(figures.Short), figures.All(figures.Full)...) {
		if seen[f.ID] {
			continue
		}
		seen[f.ID] = true
		t.Run(f.ID, func(t *testing.T) {
			for _, who := range f.Contestants {
				w := tiny(contest.Adapt(f.Work, who))
				out, err := contestRun(c, who, w)
				if err != nil {
					t.Errorf("%s: %v", who, err)
				} else if _, ok := out[f.Metric]; !ok {
					t.Errorf("%s: no %s in %v", who, f.Metric, out)
				}
			}
		})
	}
}

func contestRun(c, who string, w work.Work) (work.Outcome, error) {
	if w.Ends != 0 {
		w.Program = c
	}
	if who == contest.C {
		return cprogram.Run(c, w)
	}
	return contest.Run(who, w)
}

// capture runs the program and gives what it prints.
func capture(t *testing.T, args ...string) (string, error) {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = f, f
	err = execute(context.Background(), args)
	os.Stdout, os.Stderr = stdout, stderr
	text, readErr := os.ReadFile(f.Name())
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(text), err
}

func TestRunAndReport(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	text, err := capture(t, "run", "--only", "^(throughput/tcp/16|latency/tcp/16|allocs/16)$", "--rounds", "1", "--out", out)
	if err != nil {
		t.Fatalf("%v, after %s", err, text)
	}
	if !strings.Contains(text, "round 1 of 1: PUSH/PULL tcp 16 B") || !strings.Contains(text, "## Floors") {
		t.Errorf("it printed %s", text)
	}
	res, err := results.Load(filepath.Join(out, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Figures) != 3 || len(res.Figures[0].Samples) != 5 || res.Figures[0].Samples[0].Wall <= 0 {
		t.Errorf("results: %+v", res)
	}
	for _, name := range []string{"table.md", "throughput-tcp.png", "ratio-tcp.svg"} {
		if err := os.Remove(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	if text, err := capture(t, "report", out); err != nil {
		t.Fatalf("%v, after %s", err, text)
	}
	for _, name := range []string{"table.md", "throughput-tcp.png", "ratio-tcp.svg", "latency-p99.png"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestSmallCommands(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"list"}, "throughput/tcp/16 "},
		{[]string{"list", "--full"}, "parked/10000 "},
		{[]string{"cancel", "-n", "20"}, "| Recv, cancelled 20 times | gozmq |"},
	} {
		if text, err := capture(t, c.args...); err != nil || !strings.Contains(text, c.want) {
			t.Errorf("%q: %v, %s", c.args, err, text)
		}
	}
	for _, bad := range [][]string{
		{"run", "--only", "("}, {"run", "--only", "nothing like it"}, {"run", "--rounds", "-1"},
		{"parked", "-n", "0"}, {"cancel", "-n", "0"}, {"report", "/nowhere"}, {"report"},
		{"one", "nobody"}, {"one", contest.Gozmq, "size"}, {"one", contest.Gozmq, "pattern=dance"},
		{"one", contest.Pebbe, "pattern=parked"}, {"one", contest.PureGo, "pattern=fanout"},
	} {
		if _, err := capture(t, bad...); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}
