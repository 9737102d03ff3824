package testkit

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

const isolatedVariable = "GOZMQ_TEST_ISOLATED"

// Isolated runs the calling test again in a process of its own, and is true
// there. An abort of that process, or its failure, fails the calling test and
// nothing else.
//
//	if !testkit.Isolated(t) {
//		return
//	}
func Isolated(t *testing.T, environment ...string) bool {
	t.Helper()
	return IsolatedIn(t, nil, environment...)
}

// IsolatedIn is Isolated with attributes of the process. Where the system does
// not allow these, the test is skipped; so it is where it skips itself in that
// process.
func IsolatedIn(t *testing.T, attributes *syscall.SysProcAttr, environment ...string) bool {
	t.Helper()
	if os.Getenv(isolatedVariable) == t.Name() {
		return true
	}
	var pattern []string
	for _, part := range strings.Split(t.Name(), "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(part)+"$")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*Hang)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run="+strings.Join(pattern, "/"), "-test.v", "-test.count=1")
	cmd.Env = append(append(os.Environ(), isolatedVariable+"="+t.Name()), environment...)
	cmd.SysProcAttr = attributes
	out, err := cmd.CombinedOutput()
	switch {
	case cmd.Process == nil && attributes != nil:
		t.Skipf("the system does not allow such a process: %v", err)
	case ctx.Err() != nil:
		t.Errorf("the process hangs:\n%s", out)
	case err != nil:
		t.Errorf("the process failed: %v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP: "+t.Name()+" ("):
		t.Skipf("skipped in a process of its own:\n%s", out)
	case !strings.Contains(string(out), "--- PASS: "+t.Name()+" ("):
		err = errors.New("it did not run the test")
		t.Errorf("%v:\n%s", err, out)
	}
	return false
}

var leavesBehind atomic.Bool

// LeaveBehind says that the process of an isolated test leaves goroutines and
// descriptors behind on purpose.
func LeaveBehind() { leavesBehind.Store(true) }

// LeavesBehind reports whether LeaveBehind was called.
func LeavesBehind() bool { return leavesBehind.Load() && os.Getenv(isolatedVariable) != "" }
