package house

import (
	"go/doc/comment"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Go code in a page is code that is compiled: each block stands word for word,
// apart from its indentation, in a Go file of the module. docs/moving has a
// test of its own.
func TestPagesShowCompiledCode(t *testing.T) {
	compiled := map[string]string{}
	for _, file := range goFiles(t) {
		compiled[file] = "\n" + flush(read(t, file)) + "\n"
	}
	shown := map[string][]string{"doc.go": packageDocBlocks(t, "doc.go")}
	for _, page := range markdown(t) {
		if !strings.HasPrefix(page, "docs/moving/") {
			shown[page] = goBlocks(read(t, page))
		}
	}
	for page, blocks := range shown {
		for _, block := range blocks {
			if !isIn(compiled, block) {
				t.Errorf("no Go file has this code of %s:\n%s", page, block)
			}
		}
	}
}

func isIn(compiled map[string]string, block string) bool {
	want := "\n" + strings.TrimSpace(flush(block)) + "\n"
	for file, text := range compiled {
		if file != "doc.go" && strings.Contains(text, want) {
			return true
		}
	}
	return false
}

// flush takes the indentation away.
func flush(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimLeft(line, " \t"))
	}
	return b.String()
}

// packageDocBlocks are the indented parts of a file's package comment.
func packageDocBlocks(t *testing.T, file string) (blocks []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	var docs comment.Parser
	for _, part := range docs.Parse(f.Doc.Text()).Content {
		if code, ok := part.(*comment.Code); ok {
			blocks = append(blocks, code.Text)
		}
	}
	if len(blocks) == 0 {
		t.Fatalf("%s shows no code", file)
	}
	return blocks
}
