package testlib

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"gozmq/internal/testkit"
	"gozmq/libzmq"
	"gozmq/libzmq/capi"
)

// Main is TestMain: it fails the run when the tests leave goroutines,
// descriptors or messages of C behind.
//
//	func TestMain(m *testing.M) { testlib.Main(m) }
func Main(m *testing.M) {
	before := warm()
	code := m.Run()
	if code == 0 && !testkit.LeavesBehind() {
		if left := leftovers(before); left != "" {
			fmt.Fprintln(os.Stderr, "FAIL: the tests left behind:", left)
			code = 1
		}
	}
	os.Exit(code)
}

// warm lets everything be made that is made once, then counts descriptors.
func warm() int {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return testkit.Descriptors() // the tests will say what is wrong
	}
	if s, err := zctx.NewSocket(0); err == nil {
		_ = s.Bind("tcp://127.0.0.1:*")
	}
	_ = zctx.Close()
	return testkit.Descriptors()
}

// settle is how long things may take to go away after the last test.
const settle = 10 * time.Second

func leftovers(descriptors int) string {
	var left []string
	if !testkit.Within(settle, func() bool { return len(strangers()) == 0 }) {
		left = append(left, "goroutines:\n"+strings.Join(strangers(), "\n\n"))
	}
	descriptors += testkit.Leaked()
	if !testkit.Within(settle, func() bool { runtime.GC(); return testkit.Descriptors() <= descriptors }) {
		left = append(left, fmt.Sprintf("%d descriptors, where %d were before", testkit.Descriptors(), descriptors))
	}
	if !testkit.Within(settle, func() bool { runtime.GC(); return capi.Lent() == 0 }) {
		left = append(left, fmt.Sprintf("%d messages of C", capi.Lent()))
	}
	return strings.Join(left, "; ")
}

// strangers are the stacks of goroutines that belong neither to the test
// binary nor to the standard library for good.
func strangers() []string {
	var found []string
	for _, g := range strings.Split(testkit.Stacks(), "\n\n") {
		switch {
		case strings.Contains(g, "testing.(*M).Run"), strings.Contains(g, "gozmq/internal/testlib.Main("):
		case strings.Contains(g, "os/signal.loop"), strings.Contains(g, "os/signal.signal_recv"):
		case strings.Contains(g, "runtime.ensureSigM"), strings.Contains(g, "runtime.runCleanups"):
		default:
			found = append(found, g)
		}
	}
	return found
}
