package opt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// threads are the folders in /proc of the threads whose names begin so.
func threads(t testing.TB, prefix string) (dirs []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/self/task/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range all {
		if name, err := os.ReadFile(dir + "/comm"); err == nil && strings.HasPrefix(string(name), prefix) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// A context with its threads' names: as many as asked for, and the reaper.
func TestThreads(t *testing.T) {
	prefix := "4711"
	if libzmq.Has("draft") {
		prefix = "mine"
	}
	zctx := testlib.Context(t, opt.IOThreads.To(3), opt.ThreadNamePrefix.To(prefix))
	testkit.Socket(t, zctx, zmq.PULL)
	testkit.Eventually(t, "four threads have the name", func() bool { return len(threads(t, prefix+"/ZMQbg/")) == 4 })
}

func TestThreadAffinity(t *testing.T) {
	allowed := status(t, "/proc/self", "Cpus_allowed_list")
	cpu := allowed[strings.LastIndexAny(allowed, ",-")+1:] // the last one
	n, err := strconv.Atoi(cpu)
	if err != nil {
		t.Fatalf("CPUs are %q", allowed)
	}
	zctx := testlib.Context(t, opt.ThreadNamePrefix.To("4712"), opt.ThreadAffinityCPUAdd.To(n))
	testkit.Socket(t, zctx, zmq.PULL)
	testkit.Eventually(t, "the threads keep to CPU "+cpu, func() bool {
		dirs := threads(t, "4712/ZMQbg/")
		for _, dir := range dirs {
			if status(t, dir, "Cpus_allowed_list") != cpu {
				return false
			}
		}
		return len(dirs) == 2
	})
}

// What sockets exchange costs the I/O thread that they were given, and not the
// other.
func TestAffinity(t *testing.T) {
	zctx := testlib.Context(t, opt.IOThreads.To(2), opt.ThreadNamePrefix.To("4714"))
	for mine := range 2 {
		only := opt.Affinity.To(1 << mine)
		rep, endpoint := testkit.Bound(t, zctx, zmq.REP, "tcp", only)
		req := testkit.Connected(t, zctx, zmq.REQ, endpoint, only)
		var before [2]int
		for i := range 201 {
			testkit.Send(t, req, "question")
			testkit.Expect(t, rep, "question")
			testkit.Send(t, rep, "answer")
			testkit.Expect(t, req, "answer")
			if i == 0 { // what it takes to connect does not count
				before = [2]int{waits(t, "4714/ZMQbg/IO/0"), waits(t, "4714/ZMQbg/IO/1")}
			}
		}
		busy := waits(t, fmt.Sprintf("4714/ZMQbg/IO/%d", mine)) - before[mine]
		idle := waits(t, fmt.Sprintf("4714/ZMQbg/IO/%d", 1-mine)) - before[1-mine]
		if busy < 20 || idle > busy/2 {
			t.Errorf("thread %d has worked %d times, the other %d times", mine, busy, idle)
		}
	}
}

// waits is how often a thread has waited for something so far.
func waits(t testing.TB, name string) int {
	t.Helper()
	var found []string
	// A thread gives itself its name, when it comes to run.
	testkit.Eventually(t, "one thread is called "+name, func() bool {
		found = threads(t, name)
		return len(found) == 1
	})
	n, err := strconv.Atoi(status(t, found[0], "voluntary_ctxt_switches"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func status(t testing.TB, dir, field string) string {
	t.Helper()
	b, err := os.ReadFile(dir + "/status")
	if err != nil {
		t.Fatal(err)
	}
	_, value, _ := strings.Cut(string(b), field+":")
	value, _, _ = strings.Cut(value, "\n")
	return strings.TrimSpace(value)
}

// Threads that the system does not allow are an error of the first socket:
// libzmq would abort the process.
func TestThreadsThatCannotBe(t *testing.T) {
	for name, set := range map[string][]zmq.ContextSetting{
		"CPU that is not there":   {opt.ThreadAffinityCPUAdd.To(1023)},
		"CPU that cannot be":      {opt.ThreadAffinityCPUAdd.To(1 << 20)},
		"no such policy":          {opt.ThreadSchedPolicy.To(77)},
		"no such priority":        {opt.ThreadSchedPolicy.To(1), opt.ThreadPriority.To(1000)},
		"SCHED_FIFO, no priority": {opt.ThreadSchedPolicy.To(1)},
	} {
		t.Run(name, func(t *testing.T) {
			zctx := testlib.Context(t, set...)
			for range 2 {
				_, err := zctx.NewSocket(zmq.PULL)
				testkit.WantError(t, err, zmq.ErrInvalid)
				if !strings.Contains(fmt.Sprint(err), "libzmq's threads") {
					t.Errorf("no reason in %v", err)
				}
			}
		})
	}
}

// What the system allows, the threads have.
func TestThreadPriority(t *testing.T) {
	zctx := testlib.Context(t, opt.ThreadNamePrefix.To("4713"), opt.ThreadSchedPolicy.To(1), opt.ThreadPriority.To(7))
	s, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		if !strings.Contains(err.Error(), "operation not permitted") {
			t.Fatal(err)
		}
		t.Skipf("the system does not allow SCHED_FIFO here: %v", err)
	}
	defer testkit.Drop(s)
	testkit.Eventually(t, "the threads have the priority", func() bool {
		dirs := threads(t, "4713/ZMQbg/")
		for _, dir := range dirs {
			b, err := os.ReadFile(dir + "/stat")
			if err != nil {
				return false
			}
			// Fields 40 and 41 are priority and policy; the rest begins with 3.
			_, rest, _ := strings.Cut(string(b), ") ")
			if f := strings.Fields(rest); f[37] != "7" || f[38] != "1" {
				return false
			}
		}
		return len(dirs) == 2
	})
}
