package main

import (
	"slices"
	"strings"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestTrace(t *testing.T) {
	var out strings.Builder
	if err := espresso(testkit.Soon(t), testlib.Context(t), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) < 4 {
		t.Fatalf("the trace is %q", lines)
	}
	if want := []string{"subscribe A", "subscribe B"}; !slices.Equal(lines[:2], want) {
		t.Errorf("the trace begins with %q, want %q", lines[:2], want)
	}
	messages := 0
	for _, line := range lines {
		if letter, ok := strings.CutPrefix(line, "message "); ok {
			messages++
			if letter[0] != 'A' && letter[0] != 'B' {
				t.Errorf("%q came through, which nobody wanted", letter)
			}
		}
	}
	if messages < 5 {
		t.Errorf("%d messages came through, want the subscriber's 5 at least", messages)
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "unsubscribe ") {
		t.Errorf("the trace ends with %q", last)
	}
}
