package capi

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/format"
	"go/token"
	"testing"
)

// TestBuildsHaveTheSameAPI compares what the builds with and without cgo export, for each
// system.
func TestBuildsHaveTheSameAPI(t *testing.T) {
	files := sources(t)
	for _, goos := range []string{"linux", "darwin", "windows", "freebsd"} {
		with, without := exported(t, files, goos, true), exported(t, files, goos, false)
		for name, sig := range with {
			if without[name] != sig {
				t.Errorf("%s: with cgo %q, without %q (go generate?)", goos, sig, without[name])
			}
		}
		for name := range without {
			if with[name] == "" {
				t.Errorf("%s: %s exists only without cgo", goos, name)
			}
		}
		if len(with) < 300 {
			t.Errorf("%s: only %d exported names: the test looks at the wrong files", goos, len(with))
		}
	}
}

// exported returns the exported declarations of one build, by name, as source.
func exported(t *testing.T, files map[string]*ast.File, goos string, cgo bool) map[string]string {
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = goos, "amd64", cgo
	out := map[string]string{}
	for name, f := range files {
		if match, err := ctx.MatchFile(".", name); err != nil {
			t.Fatal(err)
		} else if !match {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() {
					sig := source(t, &ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type})
					key := d.Name.Name
					if d.Recv != nil {
						key = source(t, d.Recv.List[0].Type) + "." + key
					}
					out[key] = sig
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						if s.Name.IsExported() {
							out[s.Name.Name] = source(t, s.Type)
						}
					case *ast.ValueSpec:
						for _, n := range s.Names {
							if n.IsExported() {
								out[n.Name] = "value"
							}
						}
					}
				}
			}
		}
	}
	return out
}

func source(t *testing.T, n any) string {
	var b bytes.Buffer
	if err := format.Node(&b, token.NewFileSet(), n); err != nil {
		t.Fatal(err)
	}
	return string(bytes.Join(bytes.Fields(b.Bytes()), []byte(" ")))
}
