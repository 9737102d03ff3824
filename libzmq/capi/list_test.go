package capi

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// listed returns the names in functions.h: stable and draft.
func listed(t *testing.T) (stable, draft map[string]string) {
	src, err := os.ReadFile("functions.h")
	if err != nil {
		t.Fatal(err)
	}
	stable, draft = map[string]string{}, map[string]string{}
	re := regexp.MustCompile(`(?m)^GOZMQ_(DRAFT_)?FN\((.*), (zmq_\w+), (\(.*\))\)$`)
	for _, m := range re.FindAllStringSubmatch(string(src), -1) {
		set := stable
		if m[1] != "" {
			set = draft
		}
		if set[m[3]] != "" {
			t.Errorf("%s is listed twice", m[3])
		}
		set[m[3]] = m[2] + " " + m[3] + m[4] + ";"
	}
	return stable, draft
}

// sources parses the package's files without the tests.
func sources(t *testing.T) map[string]*ast.File {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	fset := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name.Name == "capi" {
			files[name] = f
		}
	}
	return files
}

// wrapped returns the C functions that a doc comment of an exported function says it wraps.
func wrapped(t *testing.T) map[string]bool {
	re := regexp.MustCompile(`wraps (zmq_\w+)`)
	out := map[string]bool{}
	for name, f := range sources(t) {
		if name == "nocgo.go" {
			continue
		}
		for _, d := range f.Decls {
			if fn, isFunc := d.(*ast.FuncDecl); isFunc && fn.Name.IsExported() {
				for _, m := range re.FindAllStringSubmatch(fn.Doc.Text(), -1) {
					out[m[1]] = true
				}
			}
		}
	}
	return out
}

func TestListIsWhole(t *testing.T) {
	stable, draft := listed(t)
	if len(stable) != 70 || len(draft) != 27 {
		t.Errorf("%d stable and %d draft functions are listed, want 70 and 27", len(stable), len(draft))
	}
	w := wrapped(t)
	for _, set := range []map[string]string{stable, draft} {
		for name := range set {
			if !w[name] {
				t.Errorf("no exported function wraps %s", name)
			}
		}
	}
	for name := range w {
		if stable[name] == "" && draft[name] == "" {
			t.Errorf("a comment says that it wraps %s, which is not listed", name)
		}
	}
	if len(draftFuncs) != len(draft) {
		t.Errorf("load.go knows %d draft functions, functions.h %d", len(draftFuncs), len(draft))
	}
	for name := range draftFuncs {
		if draft[name] == "" {
			t.Errorf("load.go calls %s a draft, functions.h does not", name)
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for name, f := range sources(t) {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil && len(d.Recv.List[0].Names) == 0 {
					continue // a method that does not look at its receiver: of noCgoError
				}
				if d.Name.IsExported() && d.Doc == nil {
					t.Errorf("%s: %s has no doc comment", name, d.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
							t.Errorf("%s: %s has no doc comment", name, s.Name)
						}
					case *ast.ValueSpec:
						if s.Names[0].IsExported() && s.Comment == nil && s.Doc == nil && d.Doc == nil {
							t.Errorf("%s: %s has no comment", name, s.Names[0])
						}
					}
				}
			}
		}
	}
}
