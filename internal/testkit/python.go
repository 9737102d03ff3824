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

// PythonCommand runs a Python that has pyzmq. Its libzmq is the system's, or the
// one in the folder GOZMQ_PEER_LIBRARIES: so two versions talk with each other.
func PythonCommand(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(Python(t), args...)
	if folder := os.Getenv("GOZMQ_PEER_LIBRARIES"); folder != "" {
		cmd.Env = append(os.Environ(), "LD_LIBRARY_PATH="+folder)
	}
	cmd.Stderr = os.Stderr
	return cmd
}
