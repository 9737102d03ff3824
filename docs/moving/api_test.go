package moving

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// An api is the exported names of a package: Func, Type, Type.Method,
// Type.Field.
type api map[string]bool

// readAPI reads the Go files of a folder, for whatever system and build tag
// they are: users of all of them move.
func readAPI(dir string) (api, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := api{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			names.addDecl(d)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no exported names in %s", dir)
	}
	return names, nil
}

func (a api) addDecl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			a.add("", d.Name)
		} else if t := typeName(d.Recv.List[0].Type); ast.IsExported(t) {
			a.add(t+".", d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				a.addType(s)
			case *ast.ValueSpec:
				a.add("", s.Names...)
			}
		}
	}
}

func (a api) addType(s *ast.TypeSpec) {
	a.add("", s.Name)
	if !s.Name.IsExported() {
		return
	}
	members := new(ast.FieldList)
	switch t := s.Type.(type) {
	case *ast.StructType:
		members = t.Fields
	case *ast.InterfaceType:
		members = t.Methods
	}
	for _, m := range members.List {
		a.add(s.Name.Name+".", m.Names...)
	}
}

func (a api) add(prefix string, ids ...*ast.Ident) {
	for _, id := range ids {
		if id.IsExported() {
			a[prefix+id.Name] = true
		}
	}
}

// typeName is the name of a receiver's type.
func typeName(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	return e.(*ast.Ident).Name
}
