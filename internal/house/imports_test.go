package house

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// One folder imports "C": everything else compiles and can be read without it.
func TestOnlyCapiImportsC(t *testing.T) {
	found := false
	for _, file := range goFiles(t) {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range f.Imports {
			switch {
			case imp.Path.Value != `"C"`:
			case path.Dir(file) == "libzmq/capi":
				found = true
			default:
				t.Errorf(`%s imports "C"; only libzmq/capi may`, file)
			}
		}
	}
	if !found {
		t.Error(`nothing imports "C": this test looks in the wrong place`)
	}
}

// Who uses the module gets no other with it.
func TestModuleRequiresNothing(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	block := false
	for line := range strings.Lines(string(mod)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == ")":
			block = false
		case words[0] == "require" && len(words) > 1 && words[1] == "(":
			block = true
		case words[0] == "require", block:
			name := strings.TrimPrefix(strings.Join(words, " "), "require ")
			if !strings.HasPrefix(name, "golang.org/x/") && !strings.HasPrefix(name, "//") {
				t.Errorf("go.mod requires %s; only golang.org/x is allowed", name)
			}
		case words[0] == "replace":
			t.Errorf("go.mod has %q, which counts for nobody who uses the module", strings.TrimSpace(line))
		}
	}
}
