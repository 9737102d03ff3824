package testkit

import (
	"os"
	"os/exec"
	"sync"
	"testing"
)

var findPython = sync.OnceValue(func() string {
	for _, python := range []string{"/usr/bin/python3", "python3", "python"} {
		if exec.Command(python, "-c", "import zmq").Run() == nil {
			return python
		}
	}
	return ""
})

// Python is a Python that has pyzmq. Without one the test is skipped, or
// fails where its absence would go unnoticed: with CI set, or with
// GOZMQ_REQUIRE_PYZMQ=1.
func Python(t testing.TB) string {
	t.Helper()
	python := findPython()
	if python != "" {
		return python
	}
	const why = "no Python with pyzmq is found; Debian's package is python3-zmq"
	if os.Getenv("CI") != "" || os.Getenv("GOZMQ_REQUIRE_PYZMQ") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
	return ""
}
