package house

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// root is the folder of the module.
const root = "../.."

// goFiles are the Go files of the root module, relative to root. Folders with
// a go.mod of their own are other modules, which may do as they like.
func goFiles(t *testing.T) []string {
	t.Helper()
	other := map[string]bool{}
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.Name() == "go.mod" && name != "go.mod":
			other[filepath.Dir(name)] = true
		case strings.HasSuffix(name, ".go"):
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, f := range files {
		if !below(f, other) {
			own = append(own, filepath.ToSlash(f))
		}
	}
	if len(own) == 0 {
		t.Fatal("no Go files found")
	}
	return own
}

func below(file string, dirs map[string]bool) bool {
	for dir := filepath.Dir(file); dir != "."; dir = filepath.Dir(dir) {
		if dirs[dir] {
			return true
		}
	}
	return false
}
