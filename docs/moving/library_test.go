package moving

import (
	"encoding/json"
	"fmt"
	"maps"
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
	prefix         string // stands before its names in the guide
	// extends says that the package has the names of the one before it and
	// some more, of which alone the guide has rows.
	extends bool
}

var libraries = []library{
	{"pebbe.md", []source{
		{module: "github.com/pebbe/zmq4"},
		{module: "github.com/pebbe/zmq4", folder: "draft", prefix: "draft.", extends: true},
	}},
	{"go-zeromq.md", []source{
		{module: "github.com/go-zeromq/zmq4"},
		{module: "github.com/go-zeromq/zmq4", folder: "security/null", prefix: "null."},
		{module: "github.com/go-zeromq/zmq4", folder: "security/plain", prefix: "plain."},
		{module: "github.com/go-zeromq/zmq4", folder: "transport", prefix: "transport."},
	}},
	{"goczmq.md", []source{
		{module: "github.com/zeromq/goczmq/v4"},
		{module: "gopkg.in/zeromq/goczmq.v4"},
	}},
	{"alecthomas.md", []source{
		{module: "github.com/alecthomas/gozmq"},
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
		if s.extends {
			maps.DeleteFunc(a, func(name string, _ bool) bool { return names[name] })
		}
		for name := range a {
			names[s.prefix+name] = true
		}
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
