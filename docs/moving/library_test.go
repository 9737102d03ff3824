package moving

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
)

// A library is one that a guide leads away from.
type library struct {
	page    string
	sources []source
}

// A source is a package of a library.
type source struct {
	module, folder string
	// prefix stands before the package's names in the guide, which has the
	// names only that the sources before it lack.
	prefix string
}

var libraries = []library{
	{"pebbe.md", []source{
		{module: "github.com/pebbe/zmq4"},
		{module: "github.com/pebbe/zmq4", folder: "draft", prefix: "draft."},
	}},
}

// read reads the names of all sources.
func (l library) read(t *testing.T) api {
	t.Helper()
	names := api{}
	for _, s := range l.sources {
		dir, err := moduleDir(s.module)
		if err != nil {
			t.Fatal(err)
		}
		a, err := readAPI(filepath.Join(dir, s.folder))
		if err != nil {
			t.Fatal(err)
		}
		names.addPackage(s.prefix, a)
	}
	return names
}

// moduleDir is the folder of a module's files, which are fetched if need be.
func moduleDir(path string) (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", path).Output()
	var module struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &module); jsonErr != nil && err == nil {
		err = jsonErr
	}
	if module.Error != "" {
		err = fmt.Errorf("%s", module.Error)
	}
	if err != nil {
		return "", fmt.Errorf("fetching %s: %w", path, err)
	}
	return module.Dir, nil
}
