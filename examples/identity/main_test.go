package main

import (
	"regexp"
	"strings"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestIdentity(t *testing.T) {
	var out strings.Builder
	if err := identity(testkit.Soon(t), testlib.Context(t), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{
		// An id that libzmq makes is a zero byte and four more.
		`^\["\\x00.+" "" "the ROUTER has made up an id for this REQ"\]$`,
		`^\["PEER2" "" "this REQ has chosen its id"\]$`,
		`^\["PEER3" "a DEALER adds no empty frame"\]$`,
	}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d: %q", len(lines), len(want), lines)
	}
	for i, line := range lines {
		if !regexp.MustCompile(want[i]).MatchString(line) {
			t.Errorf("line %d is %s, want %s", i, line, want[i])
		}
	}
}
