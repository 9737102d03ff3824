package main

import (
	"strings"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestRelay(t *testing.T) {
	var out strings.Builder
	if err := relay(testkit.Soon(t), testlib.Context(t), 50, &out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "\"go\" came through 50 steps\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
