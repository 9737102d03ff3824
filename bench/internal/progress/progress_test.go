package progress

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"gozmq/bench/internal/runner"
)

// steps plays a short run.
func steps(p runner.Progress) {
	p.Begin(3)
	p.Step(1, 2, "A", "C")
	p.Step(1, 2, "A", "gozmq")
	p.Failed("A", "gozmq", errors.New("broken"))
	p.Step(2, 2, "A", "C")
	p.End()
}

func TestLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	steps(New(f)) // a file is no terminal
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`^round 1 of 2: A
FAILED: A, gozmq: broken
round 2 of 2: A \(2 of 3 runs, \S+ left\)
3 runs in \S+
$`)
	if !want.Match(got) {
		t.Errorf("got %q", got)
	}
}

func TestBar(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	steps(&bar{out: f})
	if got, err := os.ReadFile(path); err != nil || !regexp.MustCompile(`FAILED: A, gozmq: broken\n`).Match(got) {
		t.Errorf("got %q, %v", got, err)
	}
}
