package house

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Every name that users can reach has a doc comment, and so has every package.
// In a group of constants or variables the comment of the group or one on the
// line will do, and of fields one for several.
func TestExportedNamesHaveDocs(t *testing.T) {
	packages := map[string]bool{}
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "internal/") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join(root, file), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		packages[path.Dir(file)] = packages[path.Dir(file)] || f.Doc != nil
		for _, d := range f.Decls {
			for _, id := range undocumented(d) {
				t.Errorf("%s:%d: %s has no doc comment", file, fset.Position(id.Pos()).Line, id.Name)
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s has no doc comment", dir)
		}
	}
}

func undocumented(d ast.Decl) (ids []*ast.Ident) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && receiverExported(d) {
			ids = append(ids, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					ids = append(ids, s.Name)
				}
				if s.Name.IsExported() {
					ids = append(ids, undocumentedInside(s.Type)...)
				}
			case *ast.ValueSpec:
				for _, id := range s.Names {
					if id.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						ids = append(ids, id)
					}
				}
			}
		}
	}
	return ids
}

// undocumentedInside are the fields and methods of a type without a comment of
// their own or of the field before them, which may speak for a group.
func undocumentedInside(t ast.Expr) (ids []*ast.Ident) {
	var members *ast.FieldList
	switch t := t.(type) {
	case *ast.StructType:
		members = t.Fields
	case *ast.InterfaceType:
		members = t.Methods
	default:
		return nil
	}
	documented := false
	for _, m := range members.List {
		documented = documented || m.Doc != nil || m.Comment != nil
		for _, id := range m.Names {
			if id.IsExported() && !documented {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}

// What users meet first can be run where it is documented.
func TestMainTypesHaveExamples(t *testing.T) {
	missing := map[string]bool{}
	for dir, names := range map[string][]string{
		".": {"", "Context", "Error", "Monitor", "Msg", "Poller", "Proxy", "Requester", "Socket",
			"Socket_Messages", "Socket_RecvTo", "Socket_WaitSubscription"},
		"curve":       {"", "Keys", "Secret"},
		"gssapi":      {"Name"},
		"libzmq":      {"NewContext"},
		"libzmq/capi": {""},
		"opt":         {""},
		"plain":       {""},
		"zap":         {"All", "Mux", "Serve"},
	} {
		for _, name := range names {
			missing[dir+": Example"+name] = true
		}
	}
	for _, file := range goFiles(t) {
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range doc.Examples(f) {
			if e.Output != "" || e.EmptyOutput {
				delete(missing, path.Dir(filepath.ToSlash(file))+": Example"+e.Name)
			}
		}
	}
	for name := range missing {
		t.Errorf("%s is missing, or is not run for want of an output", name)
	}
}
