// Package table reads the options from the source of package opt. Their doc
// comments are what users read, so the table of the docs is made from them,
// and the tests check them against what package options and libzmq say.
package table

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Row is one option.
type Row struct {
	Name   string // in Go: "Linger"
	C      string // "ZMQ_LINGER"
	Number int
	Type   string // of the value: "time.Duration"
	Kind   string // of the constant: "Option", "ContextReadOption"...
	Facts  map[string]string
	// Deprecated options have something better to be used.
	Deprecated bool
}

// The facts of a doc comment, in their order. Those that do not apply to an
// option are left out there.
var Facts = []string{"Default", "Unit", "Range", "Sockets", "Effect", "Since"}

// Context reports whether the option is a context's.
func (r Row) Context() bool { return strings.HasPrefix(r.Kind, "Context") }

// Readable and Settable say what can be done with the option.
func (r Row) Readable() bool { return !strings.HasSuffix(r.Kind, "WriteOption") }
func (r Row) Settable() bool { return !strings.HasSuffix(r.Kind, "ReadOption") }

// Read gets the options from the Go files of a folder: those of sockets
// first, then by number.
func Read(dir string) ([]Row, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			r, ok, err := row(decl)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", fset.Position(decl.Pos()), err)
			}
			if ok {
				rows = append(rows, r)
			}
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Context() != b.Context() {
			if a.Context() {
				return 1
			}
			return -1
		}
		if a.Number != b.Number {
			return a.Number - b.Number
		}
		return strings.Compare(a.Name, b.Name)
	})
	return rows, nil
}

// row reads a declaration such as: const Linger zmq.Option[time.Duration] = 17
func row(decl ast.Decl) (r Row, ok bool, err error) {
	d, isGen := decl.(*ast.GenDecl)
	if !isGen || d.Tok != token.CONST || len(d.Specs) != 1 {
		return r, false, nil
	}
	spec := d.Specs[0].(*ast.ValueSpec)
	generic, isGeneric := spec.Type.(*ast.IndexExpr)
	if !isGeneric || len(spec.Values) != 1 {
		return r, false, nil
	}
	r.Name = spec.Names[0].Name
	r.Kind = strings.TrimPrefix(text(generic.X), "zmq.")
	r.Type = text(generic.Index)
	if r.Number, err = strconv.Atoi(text(spec.Values[0])); err != nil {
		return r, false, err
	}
	return r, true, r.doc(d.Doc.Text())
}

func text(n ast.Node) string {
	var b strings.Builder
	if printer.Fprint(&b, token.NewFileSet(), n) != nil {
		return "?"
	}
	return b.String()
}

// doc reads "Linger is ZMQ_LINGER: ..." and the facts below it.
func (r *Row) doc(doc string) error {
	c, _, ok := strings.Cut(strings.TrimPrefix(doc, r.Name+" is "), ":")
	if !ok || !strings.HasPrefix(c, "ZMQ_") {
		return fmt.Errorf("the doc of %s does not begin with its name in C", r.Name)
	}
	r.C = c
	r.Deprecated = strings.Contains(doc, "\nDeprecated: ")
	r.Facts = map[string]string{}
	for _, line := range strings.Split(doc, "\n") {
		fact, value, _ := strings.Cut(strings.TrimPrefix(line, "\t"), " ")
		if strings.HasPrefix(line, "\t") && slices.Contains(Facts, fact) {
			r.Facts[fact] = strings.TrimSpace(value)
		}
	}
	if r.Facts["Since"] == "" {
		return fmt.Errorf("the doc of %s does not say since when it is there", r.Name)
	}
	return nil
}
