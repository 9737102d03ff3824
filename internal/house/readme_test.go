package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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

// The lines of the README that make its example a program of one's own can be
// pasted as they are, beside the repository.
func TestReadmeCommands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the lines are for a shell")
	}
	const first = "mkdir hello"
	var script string
	for _, block := range strings.Split(read(t, "README.md"), "```\n") {
		if strings.HasPrefix(block, first) {
			script = block
		}
	}
	if script == "" {
		t.Fatalf("README.md has no commands that begin with %q", first)
	}
	repository, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(repository, filepath.Join(dir, "gozmq")); err != nil {
		t.Fatal(err)
	}
	sh := exec.Command("sh", "-e", "-c", script)
	sh.Dir = dir
	sh.Stderr = os.Stderr
	out, err := sh.Output()
	if want := "hello, gopher\n"; err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("it prints %q (%v), want %q first", out, err, want)
	}
}
