package moving

import (
	"errors"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"
)

// The programs of goczmq fit that library, also where no CZMQ is to compile it
// with. Those of the other libraries are compiled wherever these tests are.
func TestProgramsHaveTypes(t *testing.T) {
	c := &checker{
		module: "github.com/zeromq/goczmq/v4",
		build:  build.Default,
		files:  token.NewFileSet(),
		std:    importer.Default(),
	}
	c.build.CgoEnabled = true
	c.build.BuildTags = []string{"czmq"}
	pkg, err := c.check("goczmq", false)
	if err != nil {
		t.Fatal(err)
	}
	if len(pkg.Scope().Names()) == 0 {
		t.Error("the package is empty: has its build tag another name?")
	}
}

// A checker checks a package that imports a module in C. What it says of names
// of C, and of types and constants made of them, cannot be known.
type checker struct {
	module string
	build  build.Context
	files  *token.FileSet
	std    types.Importer
}

func (c *checker) check(dir string, ignoreBodies bool) (*types.Package, error) {
	pkg, err := c.build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range append(pkg.GoFiles, pkg.CgoFiles...) {
		f, err := parser.ParseFile(c.files, filepath.Join(dir, name), nil, 0)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	var mistakes []error
	config := types.Config{
		Importer:         c,
		FakeImportC:      true,
		IgnoreFuncBodies: ignoreBodies,
		Error: func(err error) {
			if !strings.Contains(err.Error(), "invalid type") { // made of a name of C
				mistakes = append(mistakes, err)
			}
		},
	}
	checked, _ := config.Check(pkg.Name, c.files, files, nil) // its error is the first of those
	return checked, errors.Join(mistakes...)
}

// Import makes a checker the importer of what it checks.
func (c *checker) Import(path string) (*types.Package, error) {
	if path != c.module {
		return c.std.Import(path)
	}
	dir, err := moduleDir(path)
	if err != nil {
		return nil, err
	}
	return c.check(dir, true)
}
