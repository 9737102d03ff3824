package moving

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every name of an old library has one row in its guide, and every row names
// something that is there.
func TestTablesAreComplete(t *testing.T) {
	for _, l := range libraries {
		t.Run(l.page, func(t *testing.T) {
			names, rows := l.read(t), rows(t, l.page)
			seen := map[string]bool{}
			for _, r := range rows {
				for _, name := range r.old {
					if !names[name] {
						t.Errorf("%s: the library has no %s", r, name)
					}
					if seen[name] {
						t.Errorf("%s: %s has a row already", r, name)
					}
					seen[name] = true
				}
			}
			for _, name := range slices.Sorted(maps.Keys(names)) {
				if !seen[name] {
					t.Errorf("no row for %s", name)
				}
			}
			t.Logf("%d names in %d rows", len(names), len(rows))
		})
	}
}

// A row says what takes the place of a name, or why nothing does.
func TestRowsHaveSuccessors(t *testing.T) {
	for _, l := range libraries {
		for _, r := range rows(t, l.page) {
			reason := strings.HasPrefix(r.successor, "not needed: ") || strings.HasPrefix(r.successor, "none: ")
			if len(codeSpans(r.successor)) == 0 && !reason {
				t.Errorf("%s: %q names no successor, and no reason after \"not needed: \" or \"none: \"", r, r.successor)
			}
		}
	}
}

// A row of a table with the head | before | gozmq | remark |.
type row struct {
	page      string
	line      int
	old       []string
	successor string
	remark    string
}

func (r row) String() string { return fmt.Sprintf("%s:%d", r.page, r.line) }

func rows(t *testing.T, page string) (rows []row) {
	t.Helper()
	in := false
	for i, line := range strings.Split(read(t, page), "\n") {
		cells := strings.Split(line, "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			in = false
		case strings.HasPrefix(line, "| before |"):
			in = true
		case !in, strings.HasPrefix(line, "|---"):
		case len(cells) != 5:
			t.Errorf("%s:%d: %d cells, want 3", page, i+1, len(cells)-2)
		default:
			r := row{page: page, line: i + 1, old: codeSpans(cells[1])}
			r.successor, r.remark = strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])
			if len(r.old) == 0 {
				t.Errorf("%s names nothing", r)
			}
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table", page)
	}
	return rows
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// codeSpans are the texts between backquotes.
func codeSpans(text string) (spans []string) {
	for _, m := range codeSpan.FindAllStringSubmatch(text, -1) {
		spans = append(spans, m[1])
	}
	return spans
}
