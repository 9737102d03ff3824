package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The README's programs are short, and stand in the example that is its whole
// program.
func TestReadmeShowsTheExample(t *testing.T) {
	example := read(t, "example_readme_test.go")
	blocks := goBlocks(read(t, "README.md"))
	if len(blocks) == 0 {
		t.Fatal("README.md has no Go code")
	}
	for _, block := range blocks {
		if !strings.Contains(example, block) {
			t.Errorf("example_readme_test.go does not contain this code of README.md:\n%s", block)
		}
		for _, f := range strings.Split(block, "\n\n") {
			if n := strings.Count(strings.TrimSpace(f), "\n") + 1; n > 12 {
				t.Errorf("%d lines where 12 should do:\n%s", n, f)
			}
		}
	}
}

func goBlocks(text string) (blocks []string) {
	for _, rest := range strings.Split(text, "```go\n")[1:] {
		block, _, _ := strings.Cut(rest, "```")
		blocks = append(blocks, block)
	}
	return blocks
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
