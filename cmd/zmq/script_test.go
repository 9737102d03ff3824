package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gozmq/internal/testkit"
	"gozmq/libzmq"
)

// TestMain makes the test binary the tool when it is run by the name of zmq.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zmq": func() { os.Exit(run(os.Args[1:])) }})
}

// params are those of all scripts. The sockets of a script are files in its
// folder, whose path has to be short: about 100 bytes is the longest of ipc.
func params(t *testing.T, dir string) testscript.Params {
	t.Helper()
	root, err := os.MkdirTemp("/tmp", "zmq")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	return testscript.Params{
		Dir:                dir,
		WorkdirRoot:        root,
		RequireUniqueNames: true,
		Deadline:           time.Now().Add(4 * testkit.Hang), // a script that hangs says where
		Setup: func(e *testscript.Env) error {
			e.Setenv("ZMQ_LIBRARY", os.Getenv("ZMQ_LIBRARY"))
			// The race detector waits a second at the end of each process.
			e.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE"))
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":  exitsWith,
			"await": await,
		},
	}
}

// condition knows [drafts], a libzmq that has them.
func condition(name string) (bool, error) {
	if name == "drafts" {
		return libzmq.Has("draft"), nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

// exitsWith runs a command that exits with a code: code 2 zmq push
func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil {
		ts.Fatalf("usage: code number command...")
	}
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// await waits until a file has a line that matches: await file regexp
func await(ts *testscript.TestScript, _ bool, args []string) {
	path, pattern := ts.MkAbs(args[0]), regexp.MustCompile("(?m)"+args[1])
	for deadline := time.Now().Add(testkit.Hang); ; time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(path); err == nil && pattern.Match(b) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s has no %q", args[0], args[1])
		}
	}
}

func TestScripts(t *testing.T) { testscript.Run(t, params(t, "testdata/script")) }

// TestPyzmq is the scripts with pyzmq at the other end.
func TestPyzmq(t *testing.T) {
	python := testkit.Python(t)
	p := params(t, "testdata/pyzmq")
	set := p.Setup
	p.Setup = func(e *testscript.Env) error {
		err := set(e)
		e.Setenv("PYTHON", python)
		return err
	}
	testscript.Run(t, p)
}
