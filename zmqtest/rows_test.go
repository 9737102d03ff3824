package zmqtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sizes are how many rows each section has.
var sizes = []struct {
	section string
	rows    int
}{
	{"A", 28}, {"B", 31}, {"C", 42}, {"D", 10}, {"E", 7}, {"F", 12}, {"G", 15}, {"H", 21}, {"I", 23}, {"J", 4},
	{"K", 11}, {"L", 12}, {"M", 8}, {"N", 10}, {"O", 30}, {"P", 10}, {"Q", 10}, {"R", 6}, {"S", 20}, {"T", 13},
	{"U", 10}, {"V", 19}, {"W", 6}, {"X", 7}, {"Y", 29}, {"Z", 11},
}

// TestRows: every row is there once, in order, and has either a test, a proof
// that exists, or a reason.
func TestRows(t *testing.T) {
	var want []string
	for _, s := range sizes {
		for i := range s.rows {
			want = append(want, fmt.Sprintf("%s%d", s.section, i+1))
		}
	}
	var have []string
	for _, r := range rows() {
		have = append(have, r.id)
		if r.must == "" {
			t.Errorf("%s says nothing", r.id)
		}
		if n := count(r.test != nil, r.proof != "", r.why != ""); n != 1 {
			t.Errorf("%s has %d of a test, a proof and a reason; it must have one", r.id, n)
		}
		for _, proof := range strings.Fields(r.proof) {
			if err := exists(proof); err != nil {
				t.Errorf("%s: %v", r.id, err)
			}
		}
	}
	for i, id := range want {
		if i >= len(have) || have[i] != id {
			t.Fatalf("row %d is not %s; rows are missing or out of order from there: %v", i, id, have[min(i, len(have)):])
		}
	}
	if len(have) > len(want) {
		t.Errorf("more rows than counted: %v", have[len(want):])
	}
}

func count(conditions ...bool) (n int) {
	for _, c := range conditions {
		if c {
			n++
		}
	}
	return n
}

// exists looks for a test such as "libzmq/capi.TestMsg" in the module.
func exists(proof string) error {
	dot := strings.LastIndex(proof, ".")
	if dot < 0 {
		return fmt.Errorf("proof %q is not of the form folder.Test", proof)
	}
	folder, name := filepath.Join("..", proof[:dot]), proof[dot+1:]
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		return err
	}
	declared := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(name) + `\(`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if declared.Match(source) {
			return nil
		}
	}
	return fmt.Errorf("there is no %s in %s", name, folder)
}

// TestTable: the table of the documentation has these rows.
func TestTable(t *testing.T) {
	page, err := os.ReadFile("../docs/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows() {
		star := ""
		if r.key {
			star = " ★"
		}
		if line := fmt.Sprintf("| %s%s | %s", r.id, star, cell(r.must)); !strings.Contains(string(page), line) {
			t.Errorf("docs/conformance.md lacks %q; `make conformance` makes it", line)
		}
	}
}

// cell is text as command table writes it.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}
