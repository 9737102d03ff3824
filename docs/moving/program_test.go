package moving

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the programs into the guides")

// shown matches a program in a guide, with the comment before it that names
// its parts.
var shown = regexp.MustCompile("(?m)^<!-- ([\\w. ]+) -->\n```go\n((?:.*\n)*?)```$")

// The programs in the guides are those of the packages here, word for word.
// After a change: go test -run Pages -update
func TestPagesShowTheCode(t *testing.T) {
	code := functions(t)
	for _, page := range pages(t) {
		text := read(t, page)
		if fences := strings.Count(text, "```go"); fences != len(shown.FindAllString(text, -1)) {
			t.Errorf("%s has a program without a comment that names its parts", page)
		}
		want := shown.ReplaceAllStringFunc(text, func(block string) string {
			names := shown.FindStringSubmatch(block)[1]
			var parts []string
			for _, name := range strings.Fields(names) {
				code, ok := code[name]
				if !ok {
					t.Errorf("%s: there is no function %s", page, name)
				}
				parts = append(parts, code)
			}
			return fmt.Sprintf("<!-- %s -->\n```go\n%s```", names, strings.Join(parts, "\n"))
		})
		switch {
		case text == want || t.Failed():
		case *update:
			if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s shows other programs than the packages have: go test -run Pages -update", page)
		}
	}
}

// functions are the texts of all functions of the packages here, with their
// comments, by package.Function.
func functions(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, file := range files {
		src := read(t, file)
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil {
				begin := d.Pos()
				if d.Doc != nil {
					begin = d.Doc.Pos()
				}
				text := src[fset.Position(begin).Offset:fset.Position(d.End()).Offset] + "\n"
				texts[f.Name.Name+"."+d.Name.Name] = text
			}
		}
	}
	return texts
}

// Where the guides link to something is.
func TestLinks(t *testing.T) {
	for _, page := range pages(t) {
		for _, rest := range strings.Split(read(t, page), "](")[1:] {
			link, _, _ := strings.Cut(rest, ")")
			link, _, _ = strings.Cut(link, "#")
			if _, err := os.Stat(link); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}

// pages are the guides and their index.
func pages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("pages %q: %v", pages, err)
	}
	return pages
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
