package libzmq_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// deviations are the rows to which libzmq is known not to hold, and gozmq on
// it cannot or does not mend.
var deviations = slices.Concat(deviationsOnWire, deviationsConnecting, deviationsPublishing, deviationsOfQueues, deviationsOverUDP, deviationsWithSOCKS)

// The table of them in docs/rules.md has each, and no other.
func TestDeviationsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "\n## What stays as libzmq does it\n")
	if !found {
		t.Fatal("docs/rules.md has no such table")
	}
	table, _, _ = strings.Cut(table, "\n## ")
	var named []string
	for _, line := range regexp.MustCompile(`(?m)^\| ([A-Z]\d+(?:, [A-Z]\d+)*) \|`).FindAllStringSubmatch(table, -1) {
		named = append(named, strings.Split(line[1], ", ")...)
	}
	var rows []string
	for _, d := range deviations {
		rows = append(rows, d.Row)
	}
	slices.Sort(named)
	slices.Sort(rows)
	if rows = slices.Compact(rows); !slices.Equal(named, rows) {
		t.Errorf("docs/rules.md names %v, the suite has %v", named, rows)
	}
}
