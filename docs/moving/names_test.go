package moving

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// known are the packages whose names may stand in a guide, each by its name.
// Of the old libraries, which have that name too, it says nothing.
var known = map[string]string{
	"zmq": "gozmq", "opt": "gozmq/opt", "libzmq": "gozmq/libzmq", "capi": "gozmq/libzmq/capi",
	"curve": "gozmq/curve", "plain": "gozmq/plain", "gssapi": "gozmq/gssapi", "zap": "gozmq/zap",
	"bufio": "bufio", "bytes": "bytes", "context": "context", "encoding": "encoding", "errors": "errors",
	"fmt": "fmt", "io": "io", "net": "net", "netip": "net/netip", "os": "os", "runtime": "runtime", "signal": "os/signal", "slog": "log/slog",
	"strings": "strings", "syscall": "syscall", "time": "time",
}

// qualified matches package.Name and package.Name.Member.
var qualified = regexp.MustCompile(`\b([a-z]+)\.([A-Z]\w*)(?:\.([A-Z]\w*))?`)

// What the guides say of gozmq and of Go itself is there.
func TestNamesExist(t *testing.T) {
	imports := newImporter(t)
	for _, page := range pages(t) {
		text := shown.ReplaceAllString(read(t, page), "") // the compiler has read that
		for i, line := range strings.Split(text, "\n") {
			for _, span := range codeSpans(withoutOld(line)) {
				for _, name := range qualified.FindAllStringSubmatch(span, -1) {
					if err := resolve(imports, name[1], name[2], name[3]); err != nil {
						t.Errorf("%s, line %d without programs: %v", page, i+1, err)
					}
				}
			}
		}
	}
}

// withoutOld is a line without the first column of a table, which has the names
// of the old library.
func withoutOld(line string) string {
	if !strings.HasPrefix(line, "|") {
		return line
	}
	_, rest, _ := strings.Cut(line[1:], "|")
	return rest
}

// resolve looks a name up.
func resolve(imports types.Importer, pkg, name, member string) error {
	path, ok := known[pkg]
	if !ok {
		return fmt.Errorf("package %s of %s.%s is not known here", pkg, pkg, name)
	}
	p, err := imports.Import(path)
	if err != nil {
		return err
	}
	obj := p.Scope().Lookup(name)
	if obj == nil {
		return fmt.Errorf("there is no %s.%s", pkg, name)
	}
	if member == "" {
		return nil
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, p, member)
	if found == nil || !found.Exported() {
		return fmt.Errorf("%s.%s has no %s", pkg, name, member)
	}
	return nil
}

// newImporter makes an importer of the packages that are known.
func newImporter(t *testing.T) types.Importer {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for _, path := range known {
		args = append(args, path)
	}
	cmd := exec.Command("go", args...)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaints.String())
	}
	files := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, file, _ := strings.Cut(line, " ")
		files[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(files[path])
	})
}
